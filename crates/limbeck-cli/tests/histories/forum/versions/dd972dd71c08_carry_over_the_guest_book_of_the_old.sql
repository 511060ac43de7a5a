-- Carry over the guest book of the old site
--
-- revision: dd972dd71c08
-- revises: defa28eefaa1
-- created: 2021-06-26 10:35:26

-- limbeck: upgrade
INSERT INTO "user" (id, name, email, password_hash, joined_at) VALUES
    (1, 'admin', 'admin@forum.example', '$argon2id$v=19$m=65536$abc', '2021-05-01 08:00:00'),
    (2, 'Böri', 'boeri@forum.example', '$argon2id$v=19$m=65536$def', '2021-05-02 09:00:00'),
    (3, 'carla', 'carla@forum.example', '$argon2id$v=19$m=65536$ghi', '2021-05-03 10:00:00'),
    (4, 'O''Neil', 'oneil@forum.example', '', '2021-06-01 00:00:00');

INSERT INTO board (id, parent_id, name, position) VALUES (1, NULL, 'Talk', 1), (2, NULL, 'Help', 2);
INSERT INTO board (id, parent_id, name, position) VALUES (3, 2, 'Gardening', 1), (4, 2, 'Bees; wasps', 2), (5, 3, 'Roses', 1);

INSERT INTO thread (id, board_id, author_id, title, tags, created_at) VALUES
    (1, 1, 1, 'Welcome to the forum', 'news,rules', '2021-05-01 08:30:00'),
    (2, 3, 2, 'When to cut roses?', 'roses, spring', '2021-05-10 18:00:00'),
    (3, 4, 3, 'A swarm in the tree', '', '2021-06-02 07:15:00'),
    (4, 1, 4, 'Cheap watches', 'spam', '2021-06-03 03:03:03');

INSERT INTO post (id, thread_id, author_id, body, posted_at) VALUES
    (1, 1, 1, 'Be kind; stay on topic. -- The staff', '2021-05-01 08:30:00'),
    (2, 1, 2, 'Hello all!', '2021-05-02 09:05:00'),
    (3, 2, 2, 'Mine start to bud. Is it too late?', '2021-05-10 18:00:00'),
    (4, 2, 3, 'It''s not: cut above an outward bud.', '2021-05-10 19:20:00'),
    (5, 2, 2, 'Thanks, that worked', '2021-05-20 08:00:00'),
    (6, 3, 3, 'What do I do with
a swarm in my tree? /* it hums */', '2021-06-02 07:15:00'),
    (7, 4, 4, 'Buy $$$ now $$$', '2021-06-03 03:03:03'),
    (8, 4, 4, 'Buy $$$ now $$$', '2021-06-03 03:03:04');

-- limbeck: upgrade (postgresql)
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['user', 'thread', 'post'] LOOP
        EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), (SELECT max(id) FROM %I))', quote_ident(name), 'id', name);
    END LOOP;
END
$$;

-- limbeck: downgrade
DELETE FROM post;
DELETE FROM thread;
DELETE FROM board;
DELETE FROM "user" WHERE id <= 4;
