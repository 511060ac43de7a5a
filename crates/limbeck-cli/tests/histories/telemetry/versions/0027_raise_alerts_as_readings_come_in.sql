-- Raise alerts as readings come in
--
-- revision: 0027
-- revises: 0026
-- created: 2024-10-09 17:36:34

-- limbeck: upgrade (postgresql)
CREATE TABLE alert (
    device_id INTEGER NOT NULL,
    metric_code VARCHAR(16) NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    severity severity NOT NULL,
    PRIMARY KEY (device_id, metric_code, recorded_at),
    CONSTRAINT fk_alert_reading FOREIGN KEY (device_id, metric_code, recorded_at)
        REFERENCES reading (device_id, metric_code, recorded_at) ON DELETE CASCADE
);

CREATE FUNCTION raise_alert() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
    INSERT INTO alert (device_id, metric_code, recorded_at, severity)
    SELECT NEW.device_id, NEW.metric_code, NEW.recorded_at, severity
    FROM alert_rule WHERE metric_code = NEW.metric_code AND NEW.value > above
    ORDER BY severity DESC LIMIT 1;
    RETURN NULL;
END;
$function$;

CREATE TRIGGER reading_raises_alert AFTER INSERT ON reading FOR EACH ROW EXECUTE FUNCTION raise_alert();

-- limbeck: upgrade (mariadb)
CREATE TABLE alert (
    device_id INTEGER NOT NULL,
    metric_code VARCHAR(16) NOT NULL,
    recorded_at DATETIME NOT NULL,
    severity ENUM ('info', 'warn', 'critical') NOT NULL,
    PRIMARY KEY (device_id, metric_code, recorded_at)
);

CREATE TRIGGER reading_raises_alert AFTER INSERT ON reading FOR EACH ROW
    INSERT INTO alert (device_id, metric_code, recorded_at, severity)
    SELECT NEW.device_id, NEW.metric_code, NEW.recorded_at, severity
    FROM alert_rule WHERE metric_code = NEW.metric_code AND NEW.value > above
    ORDER BY severity DESC LIMIT 1;

CREATE TRIGGER reading_takes_alert_along AFTER DELETE ON reading FOR EACH ROW
BEGIN
    DELETE FROM alert
    WHERE device_id = OLD.device_id AND metric_code = OLD.metric_code AND recorded_at = OLD.recorded_at;
END;

-- limbeck: upgrade
INSERT INTO reading (device_id, metric_code, recorded_at, value) VALUES
    (4, 'air', '2024-08-01 12:00:00', 35), (4, 'air', '2024-08-02 12:00:00', 58.5), (4, 'humidity', '2024-08-01 12:00:00', 50);

-- limbeck: downgrade
DELETE FROM reading WHERE device_id = 4 AND recorded_at >= '2024-08-01 00:00:00';

-- limbeck: downgrade (postgresql)
DROP TRIGGER reading_raises_alert ON reading;
DROP FUNCTION raise_alert();

-- limbeck: downgrade (mariadb)
DROP TRIGGER reading_takes_alert_along;
DROP TRIGGER reading_raises_alert;

-- limbeck: downgrade
DROP TABLE alert;
