-- create account
--
-- revision: a1
-- revises: base

-- limbeck: upgrade
CREATE TABLE account (id INTEGER PRIMARY KEY);

-- limbeck: downgrade
DROP TABLE account;
