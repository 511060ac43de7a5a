-- Rank users by karma
--
-- revision: 5eeb81c72499
-- revises: bd0848e31f88
-- created: 2022-06-08 11:15:38

-- limbeck: upgrade (sqlite)
CREATE VIEW leaderboard AS
SELECT rank() OVER (ORDER BY karma DESC) AS place, id AS user_id, name, karma FROM "user" WHERE karma > 0;

-- limbeck: upgrade (postgresql)
CREATE MATERIALIZED VIEW leaderboard AS
SELECT rank() OVER (ORDER BY karma DESC) AS place, id AS user_id, name, karma FROM "user" WHERE karma > 0;
CREATE UNIQUE INDEX uq_leaderboard_user_id ON leaderboard (user_id);

-- limbeck: downgrade (sqlite)
DROP VIEW leaderboard;

-- limbeck: downgrade (postgresql)
DROP MATERIALIZED VIEW leaderboard;
