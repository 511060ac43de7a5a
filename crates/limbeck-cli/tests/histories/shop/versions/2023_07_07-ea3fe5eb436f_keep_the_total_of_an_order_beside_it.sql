-- Keep the total of an order beside it
--
-- revision: ea3fe5eb436f
-- revises: 386ae4a8cc7f
-- created: 2023-07-07 18:27:17

-- limbeck: upgrade
ALTER TABLE customer_order ADD COLUMN total NUMERIC(12, 2) NOT NULL DEFAULT 0;
UPDATE customer_order SET total = (
    SELECT coalesce(sum(quantity * unit_price), 0) FROM order_line WHERE order_id = customer_order.id
);

-- limbeck: upgrade (sqlite)
CREATE TRIGGER order_line_inserted AFTER INSERT ON order_line
BEGIN
    UPDATE customer_order SET total = (
        SELECT coalesce(sum(quantity * unit_price), 0) FROM order_line WHERE order_id = NEW.order_id
    ) WHERE id = NEW.order_id;
END;

CREATE TRIGGER order_line_changed AFTER UPDATE OF quantity, unit_price ON order_line
BEGIN
    UPDATE customer_order SET total = (
        SELECT coalesce(sum(quantity * unit_price), 0) FROM order_line WHERE order_id = NEW.order_id
    ) WHERE id = NEW.order_id;
END;

CREATE TRIGGER order_line_removed AFTER DELETE ON order_line
BEGIN
    UPDATE customer_order SET total = (
        SELECT coalesce(sum(quantity * unit_price), 0) FROM order_line WHERE order_id = OLD.order_id
    ) WHERE id = OLD.order_id;
END;

-- limbeck: upgrade (postgresql)
CREATE FUNCTION refresh_order_total() RETURNS trigger
LANGUAGE plpgsql AS $function$
DECLARE
    touched integer;
BEGIN
    IF TG_OP = 'DELETE' THEN
        touched := OLD.order_id;
    ELSE
        touched := NEW.order_id;
    END IF;
    UPDATE customer_order SET total = (
        SELECT coalesce(sum(quantity * unit_price), 0) FROM order_line WHERE order_id = touched
    ) WHERE id = touched;
    RETURN NULL;
END;
$function$;

CREATE TRIGGER order_line_total AFTER INSERT OR DELETE OR UPDATE OF quantity, unit_price ON order_line
    FOR EACH ROW EXECUTE FUNCTION refresh_order_total();

-- limbeck: upgrade (mysql, mariadb)
CREATE TRIGGER order_line_inserted AFTER INSERT ON order_line FOR EACH ROW
BEGIN
    UPDATE customer_order SET total = (
        SELECT coalesce(sum(quantity * unit_price), 0) FROM order_line WHERE order_id = NEW.order_id
    ) WHERE id = NEW.order_id;
END;

CREATE TRIGGER order_line_changed AFTER UPDATE ON order_line FOR EACH ROW
BEGIN
    IF NEW.quantity <> OLD.quantity OR NEW.unit_price <> OLD.unit_price THEN
        UPDATE customer_order SET total = (
            SELECT coalesce(sum(quantity * unit_price), 0) FROM order_line WHERE order_id = NEW.order_id
        ) WHERE id = NEW.order_id;
    END IF;
END;

CREATE TRIGGER order_line_removed AFTER DELETE ON order_line FOR EACH ROW
BEGIN
    UPDATE customer_order SET total = (
        SELECT coalesce(sum(quantity * unit_price), 0) FROM order_line WHERE order_id = OLD.order_id
    ) WHERE id = OLD.order_id;
END;

-- limbeck: downgrade (sqlite, mysql, mariadb)
DROP TRIGGER order_line_inserted;
DROP TRIGGER order_line_changed;
DROP TRIGGER order_line_removed;

-- limbeck: downgrade (postgresql)
DROP TRIGGER order_line_total ON order_line;
DROP FUNCTION refresh_order_total();

-- limbeck: downgrade
ALTER TABLE customer_order DROP COLUMN total;
