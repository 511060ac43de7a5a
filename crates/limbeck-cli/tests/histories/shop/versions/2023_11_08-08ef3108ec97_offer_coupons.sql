-- Offer coupons
--
-- revision: 08ef3108ec97
-- revises: 9f5189d12433
-- created: 2023-11-08 14:13:22

-- limbeck: upgrade
CREATE TABLE coupon (
    code VARCHAR(24) NOT NULL PRIMARY KEY,
    percent SMALLINT,
    amount_minor BIGINT,
    expires_on DATE,
    CONSTRAINT ck_coupon_kind CHECK ((percent IS NULL) <> (amount_minor IS NULL))
);

INSERT INTO coupon (code, percent, amount_minor, expires_on) VALUES
    ('spring10', 10, NULL, '2024-05-31'), ('Welcome', NULL, 500, NULL), ('VIP', 25, NULL, NULL);

-- limbeck: downgrade
DROP TABLE coupon;
