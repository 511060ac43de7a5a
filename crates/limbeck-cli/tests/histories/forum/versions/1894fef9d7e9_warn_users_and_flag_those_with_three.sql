-- Warn users, and flag those with three warnings
--
-- revision: 1894fef9d7e9
-- revises: e6213a571fba
-- created: 2021-11-24 18:16:29

-- limbeck: upgrade
ALTER TABLE "user" ADD COLUMN warnings SMALLINT NOT NULL DEFAULT 0;

-- limbeck: upgrade (sqlite)
ALTER TABLE "user" ADD COLUMN flagged BOOLEAN GENERATED ALWAYS AS (warnings >= 3) VIRTUAL;

-- limbeck: upgrade (postgresql)
ALTER TABLE "user" ADD COLUMN flagged BOOLEAN GENERATED ALWAYS AS (warnings >= 3) STORED;

-- limbeck: upgrade
UPDATE "user" SET warnings = (
    SELECT count(*) FROM report JOIN post ON post.id = report.post_id WHERE post.author_id = "user".id
);
CREATE INDEX ix_user_flagged ON "user" (flagged) WHERE flagged;

-- limbeck: downgrade
DROP INDEX ix_user_flagged;
ALTER TABLE "user" DROP COLUMN flagged;
ALTER TABLE "user" DROP COLUMN warnings;
