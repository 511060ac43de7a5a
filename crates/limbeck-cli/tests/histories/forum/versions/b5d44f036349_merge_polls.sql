-- Merge polls
--
-- revision: b5d44f036349
-- revises: 18fa3368c77c, afe480538274
-- created: 2022-11-05 17:40:47

-- limbeck: upgrade

-- limbeck: downgrade
