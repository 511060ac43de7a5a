-- Search visible posts only
--
-- revision: edd18cd24667
-- revises: 867c9f161c66
-- created: 2022-01-24 16:02:06

-- limbeck: upgrade (sqlite)
CREATE VIEW found_post AS
SELECT visible_post.id, visible_post.thread_id, post_search.body AS query, post_search.rank
FROM post_search JOIN visible_post ON visible_post.id = post_search.rowid;

-- limbeck: upgrade (postgresql)
CREATE FUNCTION find_posts(query text, most integer DEFAULT 20)
RETURNS TABLE (id bigint, thread_id bigint, rank real)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT post.id, post.thread_id, ts_rank(post.words, websearch_to_tsquery('english', find_posts.query))
    FROM post
    WHERE post.deleted_at IS NULL AND post.words @@ websearch_to_tsquery('english', find_posts.query)
    ORDER BY 3 DESC, 1
    LIMIT find_posts.most;
END;

-- limbeck: downgrade (sqlite)
DROP VIEW found_post;

-- limbeck: downgrade (postgresql)
DROP FUNCTION find_posts(text, integer);
