-- Add the metric "light"
--
-- revision: 0008
-- revises: 0007
-- created: 2024-03-16 09:05:58

-- limbeck: upgrade
INSERT INTO metric (code, unit, low, high) VALUES ('light', 'lux', 0, 130000);

-- limbeck: downgrade
DELETE FROM metric WHERE code = 'light';
