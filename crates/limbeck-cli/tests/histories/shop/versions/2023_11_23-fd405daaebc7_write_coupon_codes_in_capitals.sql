-- Write coupon codes in capitals
--
-- revision: fd405daaebc7
-- revises: e3318ff0f9d1
-- created: 2023-11-23 17:21:32

-- limbeck: upgrade
-- The second statement finds nothing to do where foreign keys are enforced: the first one has cascaded.
UPDATE coupon SET code = upper(code);
UPDATE coupon_redemption SET coupon_code = upper(coupon_code);
ALTER TABLE coupon ADD CONSTRAINT ck_coupon_code CHECK (code = upper(code));

-- limbeck: downgrade
ALTER TABLE coupon DROP CONSTRAINT ck_coupon_code;
