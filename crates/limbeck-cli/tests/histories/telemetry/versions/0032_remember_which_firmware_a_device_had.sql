-- Remember which firmware a device had when
--
-- revision: 0032
-- revises: 0031
-- created: 2024-11-28 16:12:05

-- limbeck: upgrade (postgresql)
CREATE TABLE firmware (
    device_id INTEGER NOT NULL PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
    version VARCHAR(20) NOT NULL CHECK (version ~ '^[0-9]+\.[0-9]+$')
);
CREATE TABLE firmware_history (LIKE firmware, replaced_after INTEGER NOT NULL);
CREATE FUNCTION remember_firmware() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
    INSERT INTO firmware_history SELECT OLD.*, (SELECT count(*) FROM firmware_history WHERE device_id = OLD.device_id);
    RETURN NULL;
END $f$;
CREATE TRIGGER firmware_changes AFTER UPDATE OR DELETE ON firmware FOR EACH ROW EXECUTE FUNCTION remember_firmware();

-- limbeck: upgrade (mariadb)
CREATE TABLE firmware (
    device_id INTEGER NOT NULL PRIMARY KEY,
    version VARCHAR(20) NOT NULL,
    CONSTRAINT fk_firmware_device FOREIGN KEY (device_id) REFERENCES device (id) ON DELETE CASCADE,
    CONSTRAINT ck_firmware_version CHECK (version REGEXP '^[0-9]+\\.[0-9]+$')
) WITH SYSTEM VERSIONING;

-- limbeck: upgrade
INSERT INTO firmware (device_id, version) VALUES (1, '1.0'), (2, '1.0'), (3, '2.1');
UPDATE firmware SET version = '1.1' WHERE device_id = 1;

-- limbeck: downgrade
DROP TABLE firmware;

-- limbeck: downgrade (postgresql)
DROP TABLE firmware_history;
DROP FUNCTION remember_firmware();
