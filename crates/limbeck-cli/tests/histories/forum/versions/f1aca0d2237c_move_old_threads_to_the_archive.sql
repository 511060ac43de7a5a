-- Move old threads to the archive
--
-- revision: f1aca0d2237c
-- revises: 9188aa726433
-- created: 2022-09-02 14:33:19

-- limbeck: upgrade (sqlite)
CREATE TABLE archived_post (
    id INTEGER PRIMARY KEY,
    board_id INTEGER NOT NULL,
    thread TEXT NOT NULL,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    posted_at TIMESTAMP NOT NULL
);

-- limbeck: upgrade (postgresql)
CREATE SCHEMA archive;
CREATE TABLE archive.post (
    id BIGINT PRIMARY KEY,
    board_id INTEGER NOT NULL,
    thread TEXT NOT NULL,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    posted_at TIMESTAMP NOT NULL
);
CREATE VIEW archived_post AS SELECT * FROM archive.post;

-- limbeck: upgrade
INSERT INTO archived_post (id, board_id, thread, author, body, posted_at)
SELECT post.id, thread.board_id, thread.title, account.name, post.body, post.posted_at
FROM post
JOIN thread ON thread.id = post.thread_id
JOIN account ON account.id = post.author_id
WHERE post.posted_at < '2021-05-03 00:00:00';

-- limbeck: downgrade (sqlite)
DROP TABLE archived_post;

-- limbeck: downgrade (postgresql)
DROP SCHEMA archive CASCADE;
