-- Keep daily sales for the reports
--
-- revision: 87e5d30f9f23
-- revises: 2f94b4618f91
-- created: 2024-03-19 13:02:32

-- limbeck: upgrade
CREATE TABLE daily_sales (
    sold_on DATE NOT NULL,
    currency CHAR(3) NOT NULL,
    orders INTEGER NOT NULL,
    total_minor BIGINT NOT NULL,
    PRIMARY KEY (sold_on, currency),
    CONSTRAINT fk_daily_sales_currency FOREIGN KEY (currency) REFERENCES currency (code)
);

-- limbeck: upgrade (sqlite)
INSERT INTO daily_sales (sold_on, currency, orders, total_minor)
SELECT date(placed_at), currency, count(*), sum(total_minor)
FROM customer_order WHERE status <> 'cancelled' GROUP BY date(placed_at), currency;

-- limbeck: upgrade (postgresql, mysql, mariadb)
INSERT INTO daily_sales (sold_on, currency, orders, total_minor)
SELECT CAST(placed_at AS DATE), currency, count(*), sum(total_minor)
FROM customer_order WHERE status <> 'cancelled' GROUP BY CAST(placed_at AS DATE), currency;

-- limbeck: downgrade
DROP TABLE daily_sales;
