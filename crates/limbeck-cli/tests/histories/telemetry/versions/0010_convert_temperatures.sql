-- Convert temperatures
--
-- revision: 0010
-- revises: 0009
-- created: 2024-04-12 13:13:44

-- limbeck: upgrade (postgresql)
CREATE FUNCTION fahrenheit(celsius numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN round(celsius * 9 / 5 + 32, 2);

-- limbeck: upgrade (mariadb)
CREATE FUNCTION fahrenheit(celsius NUMERIC(10, 3)) RETURNS NUMERIC(10, 2) DETERMINISTIC
    RETURN round(celsius * 9 / 5 + 32, 2);

-- limbeck: downgrade
DROP FUNCTION fahrenheit;
