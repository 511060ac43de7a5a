-- Allow titles of any length
--
-- revision: a24c58af287c
-- revises: f8788058a59e
-- created: 2022-07-27 17:13:31

-- limbeck: upgrade
DROP VIEW board_overview;
DROP VIEW thread_overview;
ALTER TABLE thread ALTER COLUMN title TYPE TEXT;
ALTER TABLE thread ADD CONSTRAINT ck_thread_title CHECK (length(title) BETWEEN 1 AND 400);
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

-- limbeck: downgrade
DROP VIEW board_overview;
DROP VIEW thread_overview;
ALTER TABLE thread DROP CONSTRAINT ck_thread_title;
UPDATE thread SET title = substr(title, 1, 120) WHERE length(title) > 120;
ALTER TABLE thread ALTER COLUMN title TYPE VARCHAR(120);
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
