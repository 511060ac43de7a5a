-- Find boards and accounts by a part of their name
--
-- revision: 6c897dec281d
-- revises: b5d44f036349
-- created: 2022-11-23 16:08:14

-- limbeck: upgrade (postgresql)
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX ix_account_name_trgm ON account USING gin (name gin_trgm_ops);

-- limbeck: upgrade (sqlite)
CREATE VIRTUAL TABLE account_search USING fts5 (name, tokenize = "trigram");
INSERT INTO account_search (rowid, name) SELECT id, name FROM account;

-- limbeck: downgrade (postgresql)
DROP INDEX ix_account_name_trgm;
DROP EXTENSION pg_trgm;

-- limbeck: downgrade (sqlite)
DROP TABLE account_search;
