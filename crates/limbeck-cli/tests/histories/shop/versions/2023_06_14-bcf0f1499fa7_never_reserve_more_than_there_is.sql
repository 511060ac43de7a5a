-- Never reserve more than there is
--
-- revision: bcf0f1499fa7
-- revises: 724728189a99
-- created: 2023-06-14 13:22:16

-- limbeck: upgrade
UPDATE stock SET reserved = quantity WHERE reserved > quantity;
ALTER TABLE stock ADD CONSTRAINT ck_stock_reserved CHECK (reserved BETWEEN 0 AND quantity);

-- limbeck: downgrade
ALTER TABLE stock DROP CONSTRAINT ck_stock_reserved;
