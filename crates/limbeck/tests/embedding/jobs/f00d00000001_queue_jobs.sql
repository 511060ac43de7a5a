-- queue jobs
--
-- revision: f00d00000001
-- revises: base

-- limbeck: upgrade
CREATE TABLE job (
    id integer PRIMARY KEY,
    payload text NOT NULL
);

-- limbeck: downgrade
DROP TABLE job;
