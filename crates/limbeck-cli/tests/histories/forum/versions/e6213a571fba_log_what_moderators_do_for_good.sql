-- Log what moderators do, for good
--
-- revision: e6213a571fba
-- revises: 85a5c3f10417
-- created: 2021-11-17 14:26:55

-- limbeck: upgrade
CREATE TABLE moderation_log (
    id INTEGER NOT NULL PRIMARY KEY,
    moderator_id BIGINT NOT NULL REFERENCES "user" (id),
    action VARCHAR(20) NOT NULL,
    detail TEXT
);

-- limbeck: upgrade (sqlite)
CREATE TRIGGER moderation_log_stays_put BEFORE UPDATE ON moderation_log
BEGIN
    SELECT RAISE(ABORT, 'the moderation log is not changed');
END;

CREATE TRIGGER moderation_log_stays BEFORE DELETE ON moderation_log
BEGIN
    SELECT RAISE(ABORT, 'the moderation log is not shortened');
END;

-- limbeck: upgrade (postgresql)
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    RAISE EXCEPTION ''the table % only grows'', TG_TABLE_NAME;
END;
';

CREATE TRIGGER moderation_log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON moderation_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();

-- limbeck: upgrade
INSERT INTO moderation_log (id, moderator_id, action, detail) VALUES
    (1, 1, 'ban', 'user 4; two times'), (2, 1, 'hide', 'posts 7 and 8');

-- limbeck: downgrade
DROP TABLE moderation_log;

-- limbeck: downgrade (postgresql)
DROP FUNCTION refuse();
