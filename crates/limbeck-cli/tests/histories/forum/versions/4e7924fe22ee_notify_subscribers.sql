-- Notify subscribers
--
-- revision: 4e7924fe22ee
-- revises: 07bc7799f6b0
-- created: 2022-07-07 17:03:45

-- limbeck: upgrade (sqlite)
CREATE TABLE notification (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    seen INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TRIGGER post_notifies AFTER INSERT ON post
BEGIN
    INSERT INTO notification (user_id, post_id)
    SELECT DISTINCT subscription.user_id, NEW.id
    FROM subscription
    JOIN thread ON thread.id = NEW.thread_id
    WHERE (subscription.thread_id = thread.id OR subscription.board_id = thread.board_id)
      AND subscription.user_id <> NEW.author_id
    ORDER BY subscription.user_id;
END;

-- limbeck: upgrade (postgresql)
CREATE TABLE notification (
    id BIGSERIAL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    seen INTEGER NOT NULL DEFAULT 0
);

CREATE FUNCTION notify_subscribers() RETURNS trigger AS $function$
#variable_conflict use_column
BEGIN
    INSERT INTO notification (user_id, post_id)
    SELECT DISTINCT subscription.user_id, NEW.id
    FROM subscription
    JOIN thread ON thread.id = NEW.thread_id
    WHERE (subscription.thread_id = thread.id OR subscription.board_id = thread.board_id)
      AND subscription.user_id <> NEW.author_id
    ORDER BY subscription.user_id;
    PERFORM pg_notify('posts', format($json${"post": %s}$json$, NEW.id));
    RETURN NULL;
END;
$function$ LANGUAGE plpgsql;

CREATE TRIGGER post_notifies AFTER INSERT ON post FOR EACH ROW EXECUTE FUNCTION notify_subscribers();

-- limbeck: upgrade
INSERT INTO post (id, thread_id, author_id, body, posted_at, reply_to) VALUES
    (9, 2, 1, 'Closing this; ask again next spring.', '2021-09-01 12:00:00', NULL);

-- limbeck: downgrade
DELETE FROM post WHERE id = 9;

-- limbeck: downgrade (sqlite)
DROP TRIGGER post_notifies;

-- limbeck: downgrade (postgresql)
DROP TRIGGER post_notifies ON post;
DROP FUNCTION notify_subscribers();

-- limbeck: downgrade
DROP TABLE notification;
