-- Allow each user name once, in whatever case
--
-- revision: 9f2abeefb42f
-- revises: dd972dd71c08
-- created: 2021-07-02 12:16:43

-- limbeck: upgrade (sqlite)
CREATE UNIQUE INDEX uq_user_name ON "user" (name COLLATE NOCASE);

-- limbeck: upgrade (postgresql)
CREATE UNIQUE INDEX uq_user_name ON "user" (lower(name));

-- limbeck: upgrade
ALTER TABLE "user" ADD CONSTRAINT uq_user_email UNIQUE (email);

-- limbeck: downgrade
ALTER TABLE "user" DROP CONSTRAINT uq_user_email;
DROP INDEX uq_user_name;
