-- Keep former texts of edited posts
--
-- revision: 93d95a5407d9
-- revises: 974ce3de211b
-- branch labels: content
-- created: 2021-07-22 17:20:36

-- limbeck: upgrade
CREATE TABLE post_edit (
    post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (post_id, revision)
);

-- limbeck: upgrade (sqlite)
CREATE TRIGGER post_keeps_edits AFTER UPDATE OF body ON post
WHEN OLD.body <> NEW.body
BEGIN
    INSERT INTO post_edit (post_id, revision, body)
    SELECT OLD.id, coalesce(max(revision), 0) + 1, OLD.body FROM post_edit WHERE post_id = OLD.id;
END;

-- limbeck: upgrade (postgresql)
CREATE FUNCTION keep_edit() RETURNS trigger AS $body$
BEGIN
    INSERT INTO post_edit (post_id, revision, body)
    SELECT OLD.id, coalesce(max(revision), 0) + 1, OLD.body FROM post_edit WHERE post_id = OLD.id;
    RETURN NULL;
END;
$body$ LANGUAGE plpgsql;

CREATE TRIGGER post_keeps_edits AFTER UPDATE OF body ON post
    FOR EACH ROW WHEN (OLD.body <> NEW.body) EXECUTE FUNCTION keep_edit();

-- limbeck: upgrade
UPDATE post SET body = 'Thanks, that worked.' WHERE id = 5;

-- limbeck: downgrade
-- The trigger would keep this as one more edit: it goes first.
-- limbeck: downgrade (sqlite)
DROP TRIGGER post_keeps_edits;

-- limbeck: downgrade (postgresql)
DROP TRIGGER post_keeps_edits ON post;
DROP FUNCTION keep_edit();

-- limbeck: downgrade
UPDATE post SET body = post_edit.body FROM post_edit WHERE post_edit.post_id = post.id AND post_edit.revision = 1;
DROP TABLE post_edit;
