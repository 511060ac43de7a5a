-- keep visits
--
-- revision: 5f1d3a7c9e20
-- revises: base

-- limbeck: upgrade
CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    name TEXT,
    at TEXT DEFAULT CURRENT_TIMESTAMP
);

-- limbeck: downgrade
DROP TABLE visit;
