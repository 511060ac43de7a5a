-- Merge search
--
-- revision: ae68972f0c14
-- revises: 0572c977f0b9, edd18cd24667
-- created: 2022-02-28 13:02:01

-- limbeck: upgrade

-- limbeck: downgrade
