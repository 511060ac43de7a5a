-- Keep settings as rows instead of JSON
--
-- revision: 0e66e1fcb0f6
-- revises: d946996f3fe9
-- created: 2022-04-04 14:40:34

-- limbeck: upgrade
CREATE TABLE user_setting (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    name VARCHAR(40) NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (user_id, name)
);

-- limbeck: upgrade (sqlite)
INSERT INTO user_setting (user_id, name, value)
SELECT profile.user_id, setting.key, setting.value FROM profile, json_each(profile.settings) AS setting;

-- limbeck: upgrade (postgresql)
INSERT INTO user_setting (user_id, name, value)
SELECT profile.user_id, setting.key, setting.value
FROM profile CROSS JOIN LATERAL jsonb_each_text(profile.settings::jsonb) AS setting (key, value);

-- limbeck: upgrade
ALTER TABLE profile DROP COLUMN settings;

-- limbeck: downgrade
ALTER TABLE profile ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

-- limbeck: downgrade (sqlite)
UPDATE profile SET settings = (
    SELECT json_group_object(name, value) FROM user_setting WHERE user_setting.user_id = profile.user_id
);

-- limbeck: downgrade (postgresql)
UPDATE profile SET settings = coalesce(
    (SELECT jsonb_object_agg(name, value)::text FROM user_setting WHERE user_setting.user_id = profile.user_id), '{}'
);

-- limbeck: downgrade
DROP TABLE user_setting;
