-- Ban users for a time
--
-- revision: e68df3f0b7fe
-- revises: 6a7123efe924
-- created: 2021-10-18 15:31:01

-- limbeck: upgrade
CREATE TABLE ban (
    id INTEGER NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    CONSTRAINT ck_ban_period CHECK (ends_on > starts_on)
);

-- limbeck: upgrade (sqlite)
CREATE TRIGGER ban_overlaps BEFORE INSERT ON ban
WHEN EXISTS (
    SELECT 1 FROM ban
    WHERE user_id = NEW.user_id AND starts_on < NEW.ends_on AND ends_on > NEW.starts_on
)
BEGIN
    SELECT RAISE(ABORT, 'this user is banned in that time already; end the other ban first');
END;

-- limbeck: upgrade (postgresql)
ALTER TABLE ban ADD CONSTRAINT ex_ban_overlap EXCLUDE USING gist (
    int8range(user_id, user_id, '[]') WITH &&, daterange(starts_on, ends_on) WITH &&
);

-- limbeck: upgrade
INSERT INTO ban (id, user_id, starts_on, ends_on, reason) VALUES
    (1, 4, '2021-06-03', '2021-07-03', 'spam'), (2, 4, '2021-07-03', '2031-07-03', 'spam; again');

-- limbeck: downgrade
DROP TABLE ban;
