-- Describe the tables
--
-- revision: 5f3c07a899f1
-- revises: 8dee453c7d8e
-- created: 2023-02-16 18:22:29

-- limbeck: upgrade (postgresql)
CREATE DOMAIN slug AS text CONSTRAINT slug_shape CHECK (VALUE ~ '^[0-9a-z]+(-[0-9a-z]+)*$');
DROP VIEW board_overview;
DROP VIEW thread_overview;
ALTER TABLE thread ALTER COLUMN slug TYPE slug;
CREATE VIEW thread_overview AS
SELECT thread.id, thread.board_id, thread.title, thread.slug, thread.post_count,
       count(visible_post.id) AS visible_posts, min(visible_post.posted_at) AS started_at,
       max(visible_post.posted_at) AS last_posted_at
FROM thread
LEFT JOIN visible_post ON visible_post.thread_id = thread.id
GROUP BY thread.id, thread.board_id, thread.title, thread.slug, thread.post_count;

CREATE VIEW board_overview AS
SELECT board.id, board.name, count(thread_overview.id) AS threads,
       coalesce(sum(thread_overview.visible_posts), 0) AS posts, max(thread_overview.last_posted_at) AS last_posted_at
FROM board
LEFT JOIN thread_overview ON thread_overview.board_id = board.id
GROUP BY board.id, board.name;
COMMENT ON TABLE thread IS 'A thread of posts; its slug begins with its id';
COMMENT ON COLUMN thread.pinned IS E'At most one in a board:\n see uq_thread_pinned';
COMMENT ON VIEW thread_overview IS $$What the front page shows; "started" is the first visible post$$;

-- limbeck: upgrade (sqlite)
-- SQLite has no comments but these.
CREATE TABLE table_comment (table_name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO table_comment (table_name, text) VALUES ('thread', 'A thread of posts; its slug begins with its id');

-- limbeck: downgrade (postgresql)
COMMENT ON COLUMN thread.pinned IS NULL;
COMMENT ON TABLE thread IS NULL;
DROP VIEW board_overview;
DROP VIEW thread_overview;
ALTER TABLE thread ALTER COLUMN slug TYPE VARCHAR(120);
CREATE VIEW thread_overview AS
SELECT thread.id, thread.board_id, thread.title, thread.slug, thread.post_count,
       count(visible_post.id) AS visible_posts, min(visible_post.posted_at) AS started_at,
       max(visible_post.posted_at) AS last_posted_at
FROM thread
LEFT JOIN visible_post ON visible_post.thread_id = thread.id
GROUP BY thread.id, thread.board_id, thread.title, thread.slug, thread.post_count;

CREATE VIEW board_overview AS
SELECT board.id, board.name, count(thread_overview.id) AS threads,
       coalesce(sum(thread_overview.visible_posts), 0) AS posts, max(thread_overview.last_posted_at) AS last_posted_at
FROM board
LEFT JOIN thread_overview ON thread_overview.board_id = board.id
GROUP BY board.id, board.name;
DROP DOMAIN slug;

-- limbeck: downgrade (sqlite)
DROP TABLE table_comment;
