-- Merge firmware and groups
--
-- revision: 0035
-- revises: 0032, 0034
-- created: 2024-12-24 17:04:32

-- limbeck: upgrade

-- limbeck: downgrade
