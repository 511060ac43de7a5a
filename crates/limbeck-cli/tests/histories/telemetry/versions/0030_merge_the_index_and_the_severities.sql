-- Merge the index and the severities
--
-- revision: 0030
-- revises: 0028, 0029
-- created: 2024-11-18 15:33:06

-- limbeck: upgrade

-- limbeck: downgrade
