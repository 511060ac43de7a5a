-- Move what users say about themselves into a profile
--
-- revision: fe7e79a0840a
-- revises: ae68972f0c14
-- created: 2022-03-15 17:27:45

-- limbeck: upgrade
CREATE TABLE profile (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
    display_name VARCHAR(80) NOT NULL,
    location VARCHAR(120),
    settings TEXT NOT NULL DEFAULT '{}'
);

INSERT INTO profile (user_id, display_name, location, settings)
SELECT id, name, NULL, '{}' FROM "user" WHERE password_hash <> '';

UPDATE profile SET location = 'Graz, Austria', settings = '{"theme": "dark", "mails": "weekly"}' WHERE user_id = 2;
UPDATE profile SET location = 'Lyon', settings = '{"theme": "light; warm"}' WHERE user_id = 3;

-- limbeck: downgrade
DROP TABLE profile;
