-- Split the place of a user into city and country
--
-- revision: d946996f3fe9
-- revises: fe7e79a0840a
-- created: 2022-04-01 13:36:27

-- limbeck: upgrade
ALTER TABLE profile ADD COLUMN city VARCHAR(60);
ALTER TABLE profile ADD COLUMN country VARCHAR(60);

-- limbeck: upgrade (sqlite)
UPDATE profile SET
    city = CASE WHEN instr(location, ',') > 0 THEN substr(location, 1, instr(location, ',') - 1) ELSE location END,
    country = CASE WHEN instr(location, ',') > 0 THEN trim(substr(location, instr(location, ',') + 1)) END;

-- limbeck: upgrade (postgresql)
UPDATE profile SET
    city = trim(split_part(location, ',', 1)),
    country = nullif(trim(split_part(location, ',', 2)), '')
WHERE location IS NOT NULL;

-- limbeck: upgrade
ALTER TABLE profile DROP COLUMN location;

-- limbeck: downgrade
ALTER TABLE profile ADD COLUMN location VARCHAR(120);
UPDATE profile SET location = city || coalesce(', ' || country, '');
ALTER TABLE profile DROP COLUMN country;
ALTER TABLE profile DROP COLUMN city;
