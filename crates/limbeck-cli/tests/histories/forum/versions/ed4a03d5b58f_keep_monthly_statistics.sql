-- Keep monthly statistics
--
-- revision: ed4a03d5b58f
-- revises: fe7e63c21db4
-- created: 2022-12-27 18:12:08

-- limbeck: upgrade
CREATE TABLE monthly_posts (
    month CHAR(7) NOT NULL PRIMARY KEY,
    posts INTEGER NOT NULL,
    running_total INTEGER NOT NULL
);

-- limbeck: upgrade (sqlite)
INSERT INTO monthly_posts (month, posts, running_total)
SELECT month, posts, sum(posts) OVER (ORDER BY month)
FROM (SELECT strftime('%Y-%m', posted_at) AS month, count(*) AS posts FROM post GROUP BY 1) AS months;

-- limbeck: upgrade (postgresql)
INSERT INTO monthly_posts (month, posts, running_total)
SELECT month, posts, sum(posts) OVER (ORDER BY month)
FROM (SELECT to_char(posted_at, 'YYYY-MM') AS month, count(*) AS posts FROM post GROUP BY 1) AS months;

-- limbeck: downgrade
DROP TABLE monthly_posts;
