-- Merge coupons and returns
--
-- revision: 670bfe88a1d6
-- revises: fd405daaebc7, 0554a9398b5e
-- created: 2023-12-27 17:12:36

-- limbeck: upgrade

-- limbeck: downgrade
