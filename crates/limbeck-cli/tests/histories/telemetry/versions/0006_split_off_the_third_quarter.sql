-- Split off the third quarter
--
-- revision: 0006
-- revises: 0005
-- created: 2024-02-28 09:03:51

-- limbeck: upgrade (postgresql)
CREATE TABLE reading_2024q3 (LIKE reading INCLUDING ALL);
WITH moved AS (
    DELETE FROM reading_later WHERE recorded_at >= '2024-07-01' AND recorded_at < '2024-10-01' RETURNING *
)
INSERT INTO reading_2024q3 SELECT * FROM moved;
ALTER TABLE reading ATTACH PARTITION reading_2024q3 FOR VALUES FROM ('2024-07-01') TO ('2024-10-01');

-- limbeck: upgrade (mariadb)
ALTER TABLE reading REORGANIZE PARTITION reading_later INTO (
    PARTITION reading_2024q3 VALUES LESS THAN ('2024-10-01'),
    PARTITION reading_later VALUES LESS THAN (MAXVALUE)
);

-- limbeck: downgrade (postgresql)
ALTER TABLE reading DETACH PARTITION reading_2024q3;
INSERT INTO reading SELECT * FROM reading_2024q3;
DROP TABLE reading_2024q3;

-- limbeck: downgrade (mariadb)
ALTER TABLE reading REORGANIZE PARTITION reading_2024q3, reading_later INTO (
    PARTITION reading_later VALUES LESS THAN (MAXVALUE)
);
