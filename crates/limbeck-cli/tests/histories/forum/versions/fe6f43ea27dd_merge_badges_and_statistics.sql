-- Merge badges and statistics
--
-- revision: fe6f43ea27dd
-- revises: 07fb87731e89, ed4a03d5b58f
-- created: 2023-01-05 10:58:04

-- limbeck: upgrade

-- limbeck: downgrade
