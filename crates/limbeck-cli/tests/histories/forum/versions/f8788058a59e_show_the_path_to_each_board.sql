-- Show the path to each board
--
-- revision: f8788058a59e
-- revises: c462fb5475b5
-- created: 2022-07-23 16:31:21

-- limbeck: upgrade
CREATE VIEW board_path AS
WITH RECURSIVE path (id, depth, path) AS (
    SELECT id, 0, CAST(name AS TEXT) FROM board WHERE parent_id IS NULL
    UNION ALL
    SELECT board.id, path.depth + 1, path.path || ' / ' || board.name
    FROM board JOIN path ON path.id = board.parent_id
)
SELECT id, depth, path FROM path;

-- limbeck: downgrade
DROP VIEW board_path;
