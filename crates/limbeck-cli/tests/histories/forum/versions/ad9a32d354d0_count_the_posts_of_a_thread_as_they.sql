-- Count the posts of a thread as they come and go
--
-- revision: ad9a32d354d0
-- revises: 27000487fbd2
-- created: 2021-08-16 15:13:03

-- limbeck: upgrade
ALTER TABLE thread ADD COLUMN post_count INTEGER NOT NULL DEFAULT 0;
UPDATE thread SET post_count = counted.posts
FROM (SELECT thread_id, count(*) AS posts FROM post GROUP BY thread_id) AS counted
WHERE counted.thread_id = thread.id;

-- limbeck: upgrade (sqlite)
CREATE TRIGGER post_counts_up AFTER INSERT ON post
BEGIN
    UPDATE thread SET post_count = post_count + 1 WHERE id = NEW.thread_id;
END;

CREATE TRIGGER post_counts_down AFTER DELETE ON post
BEGIN
    UPDATE thread SET post_count = post_count - 1 WHERE id = OLD.thread_id;
END;

CREATE TRIGGER post_moves AFTER UPDATE OF thread_id ON post WHEN NEW.thread_id <> OLD.thread_id
BEGIN
    UPDATE thread SET post_count = post_count + CASE id WHEN NEW.thread_id THEN 1 ELSE -1 END
    WHERE id IN (OLD.thread_id, NEW.thread_id);
END;

-- limbeck: upgrade (postgresql)
CREATE FUNCTION count_posts() RETURNS trigger AS $body$
BEGIN
    CASE TG_OP
        WHEN 'INSERT' THEN
            UPDATE thread SET post_count = post_count + 1 WHERE id = NEW.thread_id;
        WHEN 'DELETE' THEN
            UPDATE thread SET post_count = post_count - 1 WHERE id = OLD.thread_id;
        ELSE
            UPDATE thread SET post_count = post_count + CASE id WHEN NEW.thread_id THEN 1 ELSE -1 END
            WHERE id IN (OLD.thread_id, NEW.thread_id) AND NEW.thread_id <> OLD.thread_id;
    END CASE;
    RETURN NULL;
END;
$body$ LANGUAGE plpgsql;

CREATE TRIGGER post_counts AFTER INSERT OR DELETE OR UPDATE OF thread_id ON post
    FOR EACH ROW EXECUTE FUNCTION count_posts();

-- limbeck: downgrade (sqlite)
DROP TRIGGER post_moves;
DROP TRIGGER post_counts_down;
DROP TRIGGER post_counts_up;

-- limbeck: downgrade (postgresql)
DROP TRIGGER post_counts ON post;
DROP FUNCTION count_posts();

-- limbeck: downgrade
ALTER TABLE thread DROP COLUMN post_count;
