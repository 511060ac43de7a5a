-- Define when to raise an alert
--
-- revision: 0026
-- revises: 0025
-- created: 2024-10-04 15:47:33

-- limbeck: upgrade (postgresql)
CREATE TYPE severity AS ENUM ('info', 'warn', 'critical');
CREATE TABLE alert_rule (
    metric_code VARCHAR(16) NOT NULL REFERENCES metric (code) ON DELETE CASCADE,
    severity severity NOT NULL,
    above NUMERIC(10, 3) NOT NULL,
    PRIMARY KEY (metric_code, severity)
);

-- limbeck: upgrade (mariadb)
CREATE TABLE alert_rule (
    metric_code VARCHAR(16) NOT NULL,
    severity ENUM ('info', 'warn', 'critical') NOT NULL,
    above NUMERIC(10, 3) NOT NULL,
    PRIMARY KEY (metric_code, severity),
    CONSTRAINT fk_alert_rule_metric FOREIGN KEY (metric_code) REFERENCES metric (code) ON DELETE CASCADE
);

-- limbeck: upgrade
INSERT INTO alert_rule (metric_code, severity, above) VALUES
    ('air', 'info', 30), ('air', 'warn', 40), ('air', 'critical', 55), ('humidity', 'warn', 98);

-- limbeck: downgrade
DROP TABLE alert_rule;

-- limbeck: downgrade (postgresql)
DROP TYPE severity;
