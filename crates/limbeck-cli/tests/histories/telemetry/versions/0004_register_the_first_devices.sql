-- Register the first devices
--
-- revision: 0004
-- revises: 0003
-- created: 2024-02-22 11:31:17

-- limbeck: upgrade
INSERT INTO site (code, name, latitude, longitude) VALUES
    ('HAM', 'Hamburg; harbour', 53.54, 9.98), ('OSL', 'Oslo', 59.91, 10.75), ('LAB', 'Laboratory', NULL, NULL);
INSERT INTO device (id, site_code, serial, installed_on) VALUES
    (1, 'HAM', 'T-1000-01', '2023-12-01'), (2, 'HAM', 'T-1000-02', '2023-12-01'), (3, 'OSL', 'H-0007', '2024-02-15'),
    (4, 'LAB', 'X-0001', '2024-03-01');
INSERT INTO metric (code, unit, low, high) VALUES
    ('air', 'celsius', -60, 60), ('humidity', 'percent', 0, 100), ('pressure', 'pascal', 80000, 110000);

-- limbeck: downgrade
DELETE FROM metric;
DELETE FROM device;
DELETE FROM site;
