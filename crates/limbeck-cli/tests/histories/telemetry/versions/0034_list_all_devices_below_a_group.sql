-- List all devices below a group
--
-- revision: 0034
-- revises: 0033
-- created: 2024-12-19 16:59:28

-- limbeck: upgrade
CREATE VIEW group_device AS
WITH RECURSIVE below (top, name) AS (
    SELECT name, name FROM device_group
    UNION ALL
    SELECT below.top, device_group.name FROM device_group JOIN below ON device_group.parent_name = below.name
)
SELECT below.top AS group_name, device.id AS device_id FROM below JOIN device ON device.group_name = below.name;

-- limbeck: downgrade
DROP VIEW group_device;
