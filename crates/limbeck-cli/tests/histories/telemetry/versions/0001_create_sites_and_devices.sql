-- Create sites and devices
--
-- revision: 0001
-- revises: base
-- created: 2024-01-12 15:01:39

-- limbeck: upgrade
CREATE TABLE site (
    code VARCHAR(8) NOT NULL PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    latitude NUMERIC(8, 5),
    longitude NUMERIC(8, 5),
    CONSTRAINT ck_site_place CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)
);

CREATE TABLE device (
    id INTEGER NOT NULL PRIMARY KEY,
    site_code VARCHAR(8) NOT NULL,
    serial VARCHAR(40) NOT NULL,
    installed_on DATE NOT NULL,
    CONSTRAINT uq_device_serial UNIQUE (serial),
    CONSTRAINT fk_device_site FOREIGN KEY (site_code) REFERENCES site (code) ON UPDATE CASCADE
);

-- limbeck: downgrade
DROP TABLE device;
DROP TABLE site;
