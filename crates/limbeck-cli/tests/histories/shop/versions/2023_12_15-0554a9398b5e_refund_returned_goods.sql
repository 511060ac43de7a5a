-- Refund returned goods
--
-- revision: 0554a9398b5e
-- revises: e76fe61b088f
-- created: 2023-12-15 15:32:02

-- limbeck: upgrade
ALTER TABLE payment ADD COLUMN refund_of INTEGER;
ALTER TABLE payment ADD CONSTRAINT fk_payment_refund_of
    FOREIGN KEY (refund_of) REFERENCES payment (id);
ALTER TABLE payment ADD CONSTRAINT ck_payment_sign CHECK (refund_of IS NULL OR amount_minor < 0);

INSERT INTO payment (id, order_id, method, received_at, amount_minor, refund_of) VALUES
    (4, 1, 'card', '2023-03-10 10:00:00', -1400, 1);

-- limbeck: downgrade
DELETE FROM payment WHERE refund_of IS NOT NULL;
ALTER TABLE payment DROP CONSTRAINT ck_payment_sign;
ALTER TABLE payment DROP CONSTRAINT fk_payment_refund_of;
ALTER TABLE payment DROP COLUMN refund_of;
