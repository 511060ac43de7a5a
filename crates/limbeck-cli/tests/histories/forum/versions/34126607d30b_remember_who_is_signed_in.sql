-- Remember who is signed in
--
-- revision: 34126607d30b
-- revises: f1aca0d2237c
-- created: 2022-10-11 11:20:06

-- limbeck: upgrade (sqlite)
CREATE TABLE session (
    token TEXT PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    address TEXT,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- limbeck: upgrade (postgresql)
CREATE UNLOGGED TABLE session (
    token TEXT PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    address INET,
    expires_at TIMESTAMPTZ NOT NULL
);

-- limbeck: upgrade
CREATE INDEX ix_session_expires_at ON session (expires_at);

-- limbeck: downgrade
DROP TABLE session;
