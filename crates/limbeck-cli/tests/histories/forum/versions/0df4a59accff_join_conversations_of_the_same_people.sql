-- Join conversations of the same people on the same subject
--
-- revision: 0df4a59accff
-- revises: 581045e46708
-- created: 2021-12-23 17:51:11

-- limbeck: upgrade
CREATE TABLE conversation_merge (old_id INTEGER NOT NULL PRIMARY KEY, new_id INTEGER NOT NULL);

-- limbeck: upgrade (sqlite)
INSERT INTO conversation_merge (old_id, new_id)
WITH people AS (
    SELECT conversation_id, group_concat(user_id, ',') AS members
    FROM (SELECT * FROM participant ORDER BY conversation_id, user_id) GROUP BY conversation_id
), folded AS (
    SELECT id, first_value(id) OVER (PARTITION BY lower(subject), members ORDER BY id) AS kept
    FROM conversation JOIN people ON people.conversation_id = conversation.id
)
SELECT id, kept FROM folded WHERE id <> kept;

-- limbeck: upgrade (postgresql)
INSERT INTO conversation_merge (old_id, new_id)
WITH people AS (
    SELECT conversation_id, array_agg(user_id ORDER BY user_id) AS members FROM participant GROUP BY conversation_id
), folded AS (
    SELECT id, first_value(id) OVER (PARTITION BY lower(subject), members ORDER BY id) AS kept
    FROM conversation JOIN people ON people.conversation_id = conversation.id
)
SELECT id, kept FROM folded WHERE id <> kept;

-- limbeck: upgrade
UPDATE message SET conversation_id = conversation_merge.new_id
FROM conversation_merge WHERE conversation_merge.old_id = message.conversation_id;
DELETE FROM participant WHERE conversation_id IN (SELECT old_id FROM conversation_merge);
DELETE FROM conversation WHERE id IN (SELECT old_id FROM conversation_merge);
DROP TABLE conversation_merge;

-- limbeck: downgrade
-- What was joined stays joined.
