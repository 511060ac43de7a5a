-- Arrange devices in groups
--
-- revision: 0033
-- revises: 0031
-- created: 2024-12-12 14:33:33

-- limbeck: upgrade
CREATE TABLE device_group (
    name VARCHAR(40) NOT NULL PRIMARY KEY,
    parent_name VARCHAR(40),
    CONSTRAINT fk_device_group_parent FOREIGN KEY (parent_name) REFERENCES device_group (name) ON DELETE CASCADE
);
ALTER TABLE device ADD COLUMN group_name VARCHAR(40);
ALTER TABLE device ADD CONSTRAINT fk_device_group FOREIGN KEY (group_name) REFERENCES device_group (name) ON DELETE SET NULL;

INSERT INTO device_group (name, parent_name) VALUES ('all', NULL);
INSERT INTO device_group (name, parent_name) VALUES ('coast', 'all'), ('test', 'all');
UPDATE device SET group_name = CASE site_code WHEN 'LAB' THEN 'test' ELSE 'coast' END;

-- limbeck: downgrade
ALTER TABLE device DROP CONSTRAINT fk_device_group;
ALTER TABLE device DROP COLUMN group_name;
DROP TABLE device_group;
