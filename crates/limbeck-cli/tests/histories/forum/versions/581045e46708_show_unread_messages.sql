-- Show unread messages
--
-- revision: 581045e46708
-- revises: f6b7d3120ab9
-- created: 2021-12-12 12:42:54

-- limbeck: upgrade
CREATE VIEW unread AS
SELECT participant.user_id, participant.conversation_id, count(*) AS messages
FROM participant
JOIN message ON message.conversation_id = participant.conversation_id
    AND message.id > participant.last_read_id AND message.sender_id <> participant.user_id
GROUP BY participant.user_id, participant.conversation_id;

-- limbeck: downgrade
DROP VIEW unread;
