-- Move staged readings into place with a procedure
--
-- revision: 0016
-- revises: 0015
-- created: 2024-06-12 16:19:48

-- limbeck: upgrade (postgresql)
CREATE PROCEDURE ingest_staged(INOUT taken integer DEFAULT 0)
LANGUAGE plpgsql AS $procedure$
DECLARE
    staged record;
    found_device integer;
BEGIN
    FOR staged IN SELECT * FROM staged_reading ORDER BY number LOOP
        SELECT id INTO found_device FROM device WHERE serial = staged.serial;
        IF NOT FOUND THEN
            INSERT INTO rejected_reading VALUES (staged.number, staged.serial, staged.value, 'unknown device');
        ELSE
            BEGIN
                INSERT INTO reading (device_id, metric_code, recorded_at, value)
                VALUES (found_device, staged.metric_code, staged.recorded_at, staged.value::numeric)
                ON CONFLICT DO NOTHING;
                taken := taken + 1;
            EXCEPTION WHEN invalid_text_representation THEN
                INSERT INTO rejected_reading VALUES (staged.number, staged.serial, staged.value, 'not a number');
            END;
        END IF;
    END LOOP;
    DELETE FROM staged_reading;
END;
$procedure$;

-- limbeck: upgrade (mariadb)
CREATE PROCEDURE ingest_staged(INOUT taken INTEGER)
MODIFIES SQL DATA
BEGIN
    DECLARE done BOOLEAN DEFAULT FALSE;
    DECLARE staged_number BIGINT;
    DECLARE staged_serial, staged_value VARCHAR(40);
    DECLARE staged_metric VARCHAR(16);
    DECLARE staged_at DATETIME;
    DECLARE found_device INTEGER;
    DECLARE staged CURSOR FOR SELECT number, serial, metric_code, recorded_at, value FROM staged_reading ORDER BY number;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = TRUE;

    OPEN staged;
    next_reading: LOOP
        SET done = FALSE;
        FETCH staged INTO staged_number, staged_serial, staged_metric, staged_at, staged_value;
        IF done THEN
            LEAVE next_reading;
        END IF;
        SET found_device = (SELECT id FROM device WHERE serial = staged_serial);
        CASE
            WHEN found_device IS NULL THEN
                INSERT INTO rejected_reading VALUES (staged_number, staged_serial, staged_value, 'unknown device');
            WHEN staged_value NOT REGEXP '^-?[0-9]+([.][0-9]+)?$' THEN
                INSERT INTO rejected_reading VALUES (staged_number, staged_serial, staged_value, 'not a number');
            ELSE
                INSERT IGNORE INTO reading (device_id, metric_code, recorded_at, value)
                VALUES (found_device, staged_metric, staged_at, staged_value);
                SET taken = taken + 1;
        END CASE;
    END LOOP next_reading;
    CLOSE staged;
    DELETE FROM staged_reading;
END;

-- limbeck: downgrade
DROP PROCEDURE ingest_staged;
