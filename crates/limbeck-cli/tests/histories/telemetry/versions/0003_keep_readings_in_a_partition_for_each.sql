-- Keep readings in a partition for each quarter
--
-- revision: 0003
-- revises: 0002
-- created: 2024-02-07 17:52:23

-- limbeck: upgrade (postgresql)
CREATE TABLE reading (
    device_id INTEGER NOT NULL REFERENCES device (id),
    metric_code VARCHAR(16) NOT NULL REFERENCES metric (code),
    recorded_at TIMESTAMP NOT NULL,
    value NUMERIC(10, 3) NOT NULL,
    PRIMARY KEY (device_id, metric_code, recorded_at)
) PARTITION BY RANGE (recorded_at);

CREATE TABLE reading_2024q1 PARTITION OF reading FOR VALUES FROM ('2024-01-01') TO ('2024-04-01');
CREATE TABLE reading_2024q2 PARTITION OF reading FOR VALUES FROM ('2024-04-01') TO ('2024-07-01');
CREATE TABLE reading_later PARTITION OF reading DEFAULT;

-- MariaDB has no foreign keys on partitioned tables.
-- limbeck: upgrade (mariadb)
CREATE TABLE reading (
    device_id INTEGER NOT NULL,
    metric_code VARCHAR(16) NOT NULL,
    recorded_at DATETIME NOT NULL,
    value NUMERIC(10, 3) NOT NULL,
    PRIMARY KEY (device_id, metric_code, recorded_at)
)
PARTITION BY RANGE COLUMNS (recorded_at) (
    PARTITION reading_2024q1 VALUES LESS THAN ('2024-04-01'),
    PARTITION reading_2024q2 VALUES LESS THAN ('2024-07-01'),
    PARTITION reading_later VALUES LESS THAN (MAXVALUE)
);

-- limbeck: downgrade
DROP TABLE reading;
