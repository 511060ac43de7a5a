-- Refresh the sums every night
--
-- revision: 0037
-- revises: 0036
-- created: 2025-01-22 11:33:48

-- limbeck: upgrade (postgresql)
CREATE FUNCTION refresh_sums_if_due(last_run date, today date DEFAULT current_date) RETURNS boolean
LANGUAGE plpgsql AS $outer$
BEGIN
    IF last_run < today THEN
        EXECUTE $inner$CALL refresh_sums();$inner$;
        RETURN true;
    END IF;
    RETURN false;
END;
$outer$;

-- limbeck: upgrade (mariadb)
CREATE EVENT nightly_sums ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 02:00:00' DISABLE
COMMENT 'Switched on by the operators; begins at two' DO
BEGIN
    CALL refresh_sums();
END;

-- limbeck: downgrade (postgresql)
DROP FUNCTION refresh_sums_if_due(date, date);

-- limbeck: downgrade (mariadb)
DROP EVENT nightly_sums;
