-- Keep posts of accounts that are deleted
--
-- revision: 8dee453c7d8e
-- revises: 2ba8b3c06a71
-- created: 2023-01-30 17:01:12

-- limbeck: upgrade
DROP VIEW board_overview;
DROP VIEW thread_overview;
ALTER TABLE thread ALTER COLUMN author_id DROP NOT NULL;
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
UPDATE thread SET author_id = 1 WHERE author_id IS NULL;
ALTER TABLE thread ALTER COLUMN author_id SET NOT NULL;
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
