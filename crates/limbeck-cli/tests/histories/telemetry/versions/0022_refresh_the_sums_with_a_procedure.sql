-- Refresh the sums with a procedure
--
-- revision: 0022
-- revises: 0021
-- created: 2024-08-15 17:24:00

-- limbeck: upgrade (postgresql)
CREATE PROCEDURE refresh_sums()
LANGUAGE plpgsql AS $$
BEGIN
    REFRESH MATERIALIZED VIEW CONCURRENTLY daily_reading;
END
$$;

-- limbeck: upgrade (mariadb)
CREATE PROCEDURE refresh_sums()
BEGIN
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;
    START TRANSACTION;
    DELETE FROM daily_reading;
    INSERT INTO daily_reading (device_id, metric_code, day, readings, low, high, mean)
    SELECT device_id, metric_code, CAST(recorded_at AS DATE), count(*), min(value), max(value), round(avg(value), 3)
    FROM reading
    GROUP BY device_id, metric_code, CAST(recorded_at AS DATE);
    COMMIT;
END;

-- limbeck: upgrade
CALL refresh_sums();

-- limbeck: downgrade
DROP PROCEDURE refresh_sums;
