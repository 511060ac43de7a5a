-- Redeem coupons on orders
--
-- revision: e3318ff0f9d1
-- revises: 08ef3108ec97
-- created: 2023-11-21 12:41:07

-- limbeck: upgrade
CREATE TABLE coupon_redemption (
    order_id INTEGER NOT NULL PRIMARY KEY,
    coupon_code VARCHAR(24) NOT NULL,
    discount_minor BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT fk_coupon_redemption_order FOREIGN KEY (order_id) REFERENCES customer_order (id) ON DELETE CASCADE,
    CONSTRAINT fk_coupon_redemption_coupon FOREIGN KEY (coupon_code) REFERENCES coupon (code) ON UPDATE CASCADE
);

INSERT INTO coupon_redemption (order_id, coupon_code, discount_minor) VALUES (1, 'spring10', 710), (3, 'Welcome', 500);

-- limbeck: downgrade
DROP TABLE coupon_redemption;
