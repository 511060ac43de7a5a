-- Name the currency of every amount
--
-- revision: e46292260393
-- revises: a11848b787c1
-- created: 2023-08-01 18:37:59

-- limbeck: upgrade
CREATE TABLE currency (
    code CHAR(3) NOT NULL PRIMARY KEY,
    exponent SMALLINT NOT NULL,
    CONSTRAINT ck_currency_exponent CHECK (exponent IN (0, 2, 3))
);

INSERT INTO currency (code, exponent) VALUES ('EUR', 2), ('USD', 2), ('JPY', 0);

ALTER TABLE customer_order ADD COLUMN currency CHAR(3) NOT NULL DEFAULT 'EUR';
ALTER TABLE customer_order ADD CONSTRAINT fk_customer_order_currency
    FOREIGN KEY (currency) REFERENCES currency (code);

-- American customers have always paid in dollars.
UPDATE customer_order SET currency = 'USD' WHERE customer_id IN (
    SELECT customer_id FROM address WHERE country_code = 'US'
);

-- limbeck: downgrade
ALTER TABLE customer_order DROP CONSTRAINT fk_customer_order_currency;
ALTER TABLE customer_order DROP COLUMN currency;
DROP TABLE currency;
