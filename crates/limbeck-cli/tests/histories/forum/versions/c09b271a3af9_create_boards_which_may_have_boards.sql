-- Create boards, which may have boards below them
--
-- revision: c09b271a3af9
-- revises: 7f144d9c7828
-- created: 2021-05-29 16:19:55

-- limbeck: upgrade
CREATE TABLE board (
    id INTEGER NOT NULL PRIMARY KEY,
    parent_id INTEGER REFERENCES board (id) ON DELETE CASCADE,
    name VARCHAR(80) NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    CHECK (parent_id <> id),
    UNIQUE (parent_id, name)
);

-- limbeck: downgrade
DROP TABLE board;
