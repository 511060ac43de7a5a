-- Subscribe to threads and boards
--
-- revision: ed4bbf6a1de6
-- revises: c723542e5720
-- branch labels: subscriptions
-- created: 2022-06-20 15:49:53

-- limbeck: upgrade
CREATE TABLE subscription (
    id INTEGER NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    thread_id BIGINT REFERENCES thread (id) ON DELETE CASCADE,
    board_id INTEGER REFERENCES board (id) ON DELETE CASCADE,
    CONSTRAINT ck_subscription_target CHECK ((thread_id IS NULL) <> (board_id IS NULL))
);

-- Who has written in a thread is subscribed to it.
INSERT INTO subscription (id, user_id, thread_id)
SELECT row_number() OVER (ORDER BY thread_id, author_id), author_id, thread_id
FROM (SELECT DISTINCT author_id, thread_id FROM post WHERE deleted_at IS NULL) AS writers;

-- limbeck: downgrade
DROP TABLE subscription;
