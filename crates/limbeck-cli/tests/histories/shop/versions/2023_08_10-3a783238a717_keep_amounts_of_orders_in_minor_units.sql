-- Keep amounts of orders in minor units
--
-- revision: 3a783238a717
-- revises: e46292260393
-- created: 2023-08-10 14:15:14

-- limbeck: upgrade (sqlite, mysql, mariadb)
DROP TRIGGER order_line_inserted;
DROP TRIGGER order_line_changed;
DROP TRIGGER order_line_removed;

-- limbeck: upgrade (postgresql)
DROP TRIGGER order_line_total ON order_line;
DROP FUNCTION refresh_order_total();

-- limbeck: upgrade
ALTER TABLE order_line ADD COLUMN unit_minor BIGINT;
ALTER TABLE customer_order ADD COLUMN total_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payment ADD COLUMN amount_minor BIGINT;

UPDATE order_line SET unit_minor = round(unit_price * (
    SELECT CASE currency.exponent WHEN 0 THEN 1 WHEN 2 THEN 100 ELSE 1000 END
    FROM customer_order JOIN currency ON currency.code = customer_order.currency
    WHERE customer_order.id = order_line.order_id
));
UPDATE customer_order SET total_minor = (
    SELECT coalesce(sum(quantity * unit_minor), 0) FROM order_line WHERE order_id = customer_order.id
);
UPDATE payment SET amount_minor = round(amount * (
    SELECT CASE currency.exponent WHEN 0 THEN 1 WHEN 2 THEN 100 ELSE 1000 END
    FROM customer_order JOIN currency ON currency.code = customer_order.currency
    WHERE customer_order.id = payment.order_id
));

ALTER TABLE order_line DROP COLUMN unit_price;
ALTER TABLE customer_order DROP COLUMN total;
ALTER TABLE payment DROP COLUMN amount;

-- limbeck: upgrade (sqlite, postgresql)
ALTER TABLE order_line ALTER COLUMN unit_minor SET NOT NULL;
ALTER TABLE payment ALTER COLUMN amount_minor SET NOT NULL;

-- limbeck: upgrade (mysql, mariadb)
ALTER TABLE order_line MODIFY unit_minor BIGINT NOT NULL;
ALTER TABLE payment MODIFY amount_minor BIGINT NOT NULL;

-- limbeck: upgrade (sqlite)
CREATE TRIGGER order_line_inserted AFTER INSERT ON order_line
BEGIN
    UPDATE customer_order SET total_minor = (
        SELECT coalesce(sum(quantity * unit_minor), 0) FROM order_line WHERE order_id = NEW.order_id
    ) WHERE id = NEW.order_id;
END;

CREATE TRIGGER order_line_changed AFTER UPDATE OF quantity, unit_minor ON order_line
BEGIN
    UPDATE customer_order SET total_minor = (
        SELECT coalesce(sum(quantity * unit_minor), 0) FROM order_line WHERE order_id = NEW.order_id
    ) WHERE id = NEW.order_id;
END;

CREATE TRIGGER order_line_removed AFTER DELETE ON order_line
BEGIN
    UPDATE customer_order SET total_minor = (
        SELECT coalesce(sum(quantity * unit_minor), 0) FROM order_line WHERE order_id = OLD.order_id
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
    UPDATE customer_order SET total_minor = (
        SELECT coalesce(sum(quantity * unit_minor), 0) FROM order_line WHERE order_id = touched
    ) WHERE id = touched;
    RETURN NULL;
END;
$function$;

CREATE TRIGGER order_line_total AFTER INSERT OR DELETE OR UPDATE OF quantity, unit_minor ON order_line
    FOR EACH ROW EXECUTE FUNCTION refresh_order_total();

-- limbeck: upgrade (mysql, mariadb)
CREATE TRIGGER order_line_inserted AFTER INSERT ON order_line FOR EACH ROW
BEGIN
    UPDATE customer_order SET total_minor = (
        SELECT coalesce(sum(quantity * unit_minor), 0) FROM order_line WHERE order_id = NEW.order_id
    ) WHERE id = NEW.order_id;
END;

CREATE TRIGGER order_line_changed AFTER UPDATE ON order_line FOR EACH ROW
BEGIN
    IF NEW.quantity <> OLD.quantity OR NEW.unit_minor <> OLD.unit_minor THEN
        UPDATE customer_order SET total_minor = (
            SELECT coalesce(sum(quantity * unit_minor), 0) FROM order_line WHERE order_id = NEW.order_id
        ) WHERE id = NEW.order_id;
    END IF;
END;

CREATE TRIGGER order_line_removed AFTER DELETE ON order_line FOR EACH ROW
BEGIN
    UPDATE customer_order SET total_minor = (
        SELECT coalesce(sum(quantity * unit_minor), 0) FROM order_line WHERE order_id = OLD.order_id
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
ALTER TABLE order_line ADD COLUMN unit_price NUMERIC(10, 2);
ALTER TABLE customer_order ADD COLUMN total NUMERIC(12, 2) NOT NULL DEFAULT 0;
ALTER TABLE payment ADD COLUMN amount NUMERIC(12, 2);

UPDATE order_line SET unit_price = unit_minor / (
    SELECT CASE currency.exponent WHEN 0 THEN 1.0 WHEN 2 THEN 100.0 ELSE 1000.0 END
    FROM customer_order JOIN currency ON currency.code = customer_order.currency
    WHERE customer_order.id = order_line.order_id
);
UPDATE customer_order SET total = (
    SELECT coalesce(sum(quantity * unit_price), 0) FROM order_line WHERE order_id = customer_order.id
);
UPDATE payment SET amount = amount_minor / (
    SELECT CASE currency.exponent WHEN 0 THEN 1.0 WHEN 2 THEN 100.0 ELSE 1000.0 END
    FROM customer_order JOIN currency ON currency.code = customer_order.currency
    WHERE customer_order.id = payment.order_id
);

ALTER TABLE order_line DROP COLUMN unit_minor;
ALTER TABLE customer_order DROP COLUMN total_minor;
ALTER TABLE payment DROP COLUMN amount_minor;

-- limbeck: downgrade (sqlite, postgresql)
ALTER TABLE order_line ALTER COLUMN unit_price SET NOT NULL;
ALTER TABLE payment ALTER COLUMN amount SET NOT NULL;

-- limbeck: downgrade (mysql, mariadb)
ALTER TABLE order_line MODIFY unit_price NUMERIC(10, 2) NOT NULL;
ALTER TABLE payment MODIFY amount NUMERIC(12, 2) NOT NULL;

-- limbeck: downgrade (sqlite)
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

-- limbeck: downgrade (postgresql)
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

-- limbeck: downgrade (mysql, mariadb)
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
