-- Show boards and threads through views
--
-- revision: 69c8f844fb24
-- revises: 19206d71726f
-- created: 2021-09-11 18:42:11

-- limbeck: upgrade
CREATE VIEW visible_post AS
SELECT id, thread_id, author_id, reply_to, body, posted_at FROM post WHERE deleted_at IS NULL;

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
DROP VIEW visible_post;
