-- Name the metrics and their units
--
-- revision: 0002
-- revises: 0001
-- created: 2024-01-23 11:52:16

-- limbeck: upgrade (postgresql)
CREATE TYPE unit AS ENUM ('celsius', 'percent', 'pascal');
CREATE TABLE metric (
    code VARCHAR(16) NOT NULL PRIMARY KEY,
    unit unit NOT NULL,
    low NUMERIC(10, 3),
    high NUMERIC(10, 3),
    CONSTRAINT ck_metric_range CHECK (low < high)
);

-- limbeck: upgrade (mariadb)
CREATE TABLE metric (
    code VARCHAR(16) NOT NULL PRIMARY KEY,
    unit ENUM ('celsius', 'percent', 'pascal') NOT NULL,
    low NUMERIC(10, 3),
    high NUMERIC(10, 3),
    CONSTRAINT ck_metric_range CHECK (low < high)
);

-- limbeck: downgrade
DROP TABLE metric;

-- limbeck: downgrade (postgresql)
DROP TYPE unit;
