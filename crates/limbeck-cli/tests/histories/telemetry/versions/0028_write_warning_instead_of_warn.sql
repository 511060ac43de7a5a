-- Write "warning" instead of "warn"
--
-- revision: 0028
-- revises: 0027
-- created: 2024-10-20 11:30:42

-- limbeck: upgrade (postgresql)
ALTER TYPE severity RENAME VALUE 'warn' TO 'warning';

-- limbeck: upgrade (mariadb)
ALTER TABLE alert_rule MODIFY severity ENUM ('info', 'warn', 'warning', 'critical') NOT NULL;
UPDATE alert_rule SET severity = 'warning' WHERE severity = 'warn';
ALTER TABLE alert_rule MODIFY severity ENUM ('info', 'warning', 'critical') NOT NULL;
ALTER TABLE alert MODIFY severity ENUM ('info', 'warn', 'warning', 'critical') NOT NULL;
UPDATE alert SET severity = 'warning' WHERE severity = 'warn';
ALTER TABLE alert MODIFY severity ENUM ('info', 'warning', 'critical') NOT NULL;

-- limbeck: downgrade (postgresql)
ALTER TYPE severity RENAME VALUE 'warning' TO 'warn';

-- limbeck: downgrade (mariadb)
ALTER TABLE alert MODIFY severity ENUM ('info', 'warn', 'warning', 'critical') NOT NULL;
UPDATE alert SET severity = 'warn' WHERE severity = 'warning';
ALTER TABLE alert MODIFY severity ENUM ('info', 'warn', 'critical') NOT NULL;
ALTER TABLE alert_rule MODIFY severity ENUM ('info', 'warn', 'warning', 'critical') NOT NULL;
UPDATE alert_rule SET severity = 'warn' WHERE severity = 'warning';
ALTER TABLE alert_rule MODIFY severity ENUM ('info', 'warn', 'critical') NOT NULL;
