-- write notes
--
-- revision: 6a0e4d11c2f5
-- revises: base

-- limbeck: upgrade
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    text TEXT,
    tags TEXT
);

-- limbeck: downgrade
DROP TABLE note;
