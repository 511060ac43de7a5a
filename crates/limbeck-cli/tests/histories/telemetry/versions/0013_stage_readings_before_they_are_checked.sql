-- Stage readings before they are checked
--
-- revision: 0013
-- revises: 0012
-- branch labels: ingest
-- created: 2024-05-10 13:50:04

-- limbeck: upgrade (postgresql)
CREATE UNLOGGED TABLE staged_reading (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    serial VARCHAR(40) NOT NULL,
    metric_code VARCHAR(16) NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    value VARCHAR(40) NOT NULL
);

-- limbeck: upgrade (mariadb)
CREATE TABLE staged_reading (
    number BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    serial VARCHAR(40) NOT NULL,
    metric_code VARCHAR(16) NOT NULL,
    recorded_at DATETIME NOT NULL,
    value VARCHAR(40) NOT NULL
);

-- limbeck: downgrade
DROP TABLE staged_reading;
