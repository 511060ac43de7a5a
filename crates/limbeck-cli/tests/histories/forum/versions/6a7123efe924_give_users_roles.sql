-- Give users roles
--
-- revision: 6a7123efe924
-- revises: 974ce3de211b
-- branch labels: moderation
-- created: 2021-10-11 10:17:34

-- limbeck: upgrade (sqlite)
ALTER TABLE "user" ADD COLUMN role VARCHAR(10) NOT NULL DEFAULT 'member';
ALTER TABLE "user" ADD CONSTRAINT ck_user_role CHECK (role IN ('member', 'moderator', 'admin'));

-- limbeck: upgrade (postgresql)
CREATE TYPE user_role AS ENUM ('member', 'moderator', 'admin');
ALTER TABLE "user" ADD COLUMN role user_role NOT NULL DEFAULT 'member';

-- limbeck: upgrade
UPDATE "user" SET role = 'admin' WHERE name = 'admin';

-- limbeck: downgrade (sqlite)
ALTER TABLE "user" DROP CONSTRAINT ck_user_role;

-- limbeck: downgrade
ALTER TABLE "user" DROP COLUMN role;

-- limbeck: downgrade (postgresql)
DROP TYPE user_role;
