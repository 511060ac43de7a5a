-- Turn lists of tags into rows
--
-- revision: c723542e5720
-- revises: 0e66e1fcb0f6
-- created: 2022-04-17 17:48:08

-- limbeck: upgrade
CREATE TABLE thread_tag (
    thread_id BIGINT NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
    tag VARCHAR(40) NOT NULL,
    PRIMARY KEY (thread_id, tag)
);

-- limbeck: upgrade (sqlite)
INSERT INTO thread_tag (thread_id, tag)
WITH RECURSIVE split (thread_id, tag, rest) AS (
    SELECT id, '', tags || ',' FROM thread
    UNION ALL
    SELECT thread_id, trim(substr(rest, 1, instr(rest, ',') - 1)), substr(rest, instr(rest, ',') + 1)
    FROM split WHERE rest <> ''
)
SELECT thread_id, tag FROM split WHERE tag <> '';

-- limbeck: upgrade (postgresql)
INSERT INTO thread_tag (thread_id, tag)
SELECT thread.id, trim(tag) FROM thread, unnest(string_to_array(thread.tags, ',')) AS tag WHERE trim(tag) <> '';

-- limbeck: upgrade
ALTER TABLE thread DROP COLUMN tags;

-- limbeck: downgrade
ALTER TABLE thread ADD COLUMN tags VARCHAR(200) NOT NULL DEFAULT '';

-- limbeck: downgrade (sqlite)
UPDATE thread SET tags = coalesce((SELECT group_concat(tag, ',') FROM thread_tag WHERE thread_id = thread.id), '');

-- limbeck: downgrade (postgresql)
UPDATE thread SET tags = coalesce((SELECT string_agg(tag, ',' ORDER BY tag) FROM thread_tag WHERE thread_id = thread.id), '');

-- limbeck: downgrade
DROP TABLE thread_tag;
