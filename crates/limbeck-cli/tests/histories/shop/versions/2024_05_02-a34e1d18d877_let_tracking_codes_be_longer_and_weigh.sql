-- Let tracking codes be longer and weigh every parcel
--
-- revision: a34e1d18d877
-- revises: bbb4286c1108
-- created: 2024-05-02 17:01:51

-- limbeck: upgrade
UPDATE shipment SET weight_grams = 0 WHERE weight_grams IS NULL;

-- limbeck: upgrade (sqlite, postgresql)
ALTER TABLE shipment ALTER COLUMN tracking_code TYPE VARCHAR(80);
ALTER TABLE shipment ALTER COLUMN weight_grams SET DEFAULT 0;
ALTER TABLE shipment ALTER COLUMN weight_grams SET NOT NULL;

-- limbeck: upgrade (mysql, mariadb)
ALTER TABLE shipment MODIFY tracking_code VARCHAR(80) NOT NULL, MODIFY weight_grams INTEGER NOT NULL DEFAULT 0;

-- limbeck: downgrade (sqlite, postgresql)
ALTER TABLE shipment ALTER COLUMN weight_grams DROP NOT NULL;
ALTER TABLE shipment ALTER COLUMN weight_grams DROP DEFAULT;
ALTER TABLE shipment ALTER COLUMN tracking_code TYPE VARCHAR(40);

-- limbeck: downgrade (mysql, mariadb)
ALTER TABLE shipment MODIFY tracking_code VARCHAR(40) NOT NULL, MODIFY weight_grams INTEGER;
