-- Let accounts read their own messages only
--
-- revision: 3f4301e387b6
-- revises: 34126607d30b
-- created: 2022-10-17 13:59:54

-- limbeck: upgrade (postgresql)
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
CREATE POLICY message_of_participants ON message
    USING (EXISTS (
        SELECT 1 FROM participant
        WHERE participant.conversation_id = message.conversation_id
          AND participant.user_id = nullif(current_setting('forum.account', true), '')::bigint
    ));

-- SQLite has no users of its own: the application reads through this view.
-- limbeck: upgrade (sqlite)
CREATE VIEW readable_message AS
SELECT participant.user_id AS reader_id, message.* FROM message
JOIN participant ON participant.conversation_id = message.conversation_id;

-- limbeck: downgrade (postgresql)
DROP POLICY message_of_participants ON message;
ALTER TABLE message DISABLE ROW LEVEL SECURITY;

-- limbeck: downgrade (sqlite)
DROP VIEW readable_message;
