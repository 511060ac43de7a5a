-- Remember former prices
--
-- revision: 9f5189d12433
-- revises: 0a022f1b26ff
-- created: 2023-10-21 12:00:06

-- limbeck: upgrade
CREATE TABLE price_history (
    variant_id INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    old_minor BIGINT NOT NULL,
    new_minor BIGINT NOT NULL,
    CONSTRAINT fk_price_history_variant FOREIGN KEY (variant_id) REFERENCES variant (id) ON DELETE CASCADE
);

CREATE INDEX ix_price_history_variant_id ON price_history (variant_id, changed_at);

-- limbeck: upgrade (sqlite)
CREATE TRIGGER variant_price_changed AFTER UPDATE OF price_minor ON variant
WHEN OLD.price_minor <> NEW.price_minor
BEGIN
    INSERT INTO price_history (variant_id, old_minor, new_minor)
    VALUES (NEW.id, OLD.price_minor, NEW.price_minor);
END;

-- limbeck: upgrade (postgresql)
CREATE FUNCTION remember_price() RETURNS trigger AS $$
BEGIN
    INSERT INTO price_history (variant_id, old_minor, new_minor)
    VALUES (NEW.id, OLD.price_minor, NEW.price_minor);
    RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER variant_price_changed AFTER UPDATE OF price_minor ON variant
    FOR EACH ROW WHEN (OLD.price_minor IS DISTINCT FROM NEW.price_minor)
    EXECUTE FUNCTION remember_price();

-- limbeck: upgrade (mysql, mariadb)
DELIMITER //
CREATE TRIGGER variant_price_changed AFTER UPDATE ON variant FOR EACH ROW
BEGIN
    IF OLD.price_minor <> NEW.price_minor THEN
        INSERT INTO price_history (variant_id, old_minor, new_minor)
        VALUES (NEW.id, OLD.price_minor, NEW.price_minor);
    END IF;
END//
DELIMITER ;

-- limbeck: downgrade (sqlite, mysql, mariadb)
DROP TRIGGER variant_price_changed;

-- limbeck: downgrade (postgresql)
DROP TRIGGER variant_price_changed ON variant;
DROP FUNCTION remember_price();

-- limbeck: downgrade
DROP TABLE price_history;
