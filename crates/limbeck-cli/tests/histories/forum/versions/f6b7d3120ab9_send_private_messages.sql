-- Send private messages
--
-- revision: f6b7d3120ab9
-- revises: 974ce3de211b
-- branch labels: messages
-- created: 2021-11-30 09:12:41

-- limbeck: upgrade
CREATE TABLE conversation (
    id INTEGER NOT NULL PRIMARY KEY,
    subject VARCHAR(120) NOT NULL
);

CREATE TABLE participant (
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    last_read_id INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (conversation_id, user_id)
);

CREATE TABLE message (
    id INTEGER NOT NULL PRIMARY KEY,
    conversation_id INTEGER NOT NULL,
    sender_id BIGINT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT fk_message_participant FOREIGN KEY (conversation_id, sender_id)
        REFERENCES participant (conversation_id, user_id) ON DELETE CASCADE
);

INSERT INTO conversation (id, subject) VALUES (1, 'Roses'), (2, 'roses'), (3, 'Bees');
INSERT INTO participant (conversation_id, user_id) VALUES (1, 2), (1, 3), (2, 2), (2, 3), (3, 1), (3, 3);
INSERT INTO message (id, conversation_id, sender_id, body) VALUES
    (1, 1, 2, 'Which shears?'), (2, 1, 3, 'Sharp ones'), (3, 2, 2, 'Which; really?'), (4, 3, 3, 'Help');

-- limbeck: downgrade
DROP TABLE message;
DROP TABLE participant;
DROP TABLE conversation;
