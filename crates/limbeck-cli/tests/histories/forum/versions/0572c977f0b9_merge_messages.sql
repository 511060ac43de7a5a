-- Merge messages
--
-- revision: 0572c977f0b9
-- revises: c3270ab954b9, 0df4a59accff
-- created: 2022-02-21 11:05:33

-- limbeck: upgrade

-- limbeck: downgrade
