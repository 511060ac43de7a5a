-- Add up the karma of users
--
-- revision: 949d96103417
-- revises: 64c95d88d760
-- created: 2022-05-15 14:33:32

-- limbeck: upgrade
ALTER TABLE "user" ADD COLUMN karma INTEGER NOT NULL DEFAULT 0;
UPDATE "user" SET karma = earned.total
FROM (
    SELECT post.author_id, sum(reaction_kind.weight) AS total
    FROM reaction
    JOIN reaction_kind ON reaction_kind.code = reaction.kind
    JOIN post ON post.id = reaction.post_id
    GROUP BY post.author_id
) AS earned
WHERE earned.author_id = "user".id;

-- limbeck: downgrade
ALTER TABLE "user" DROP COLUMN karma;
