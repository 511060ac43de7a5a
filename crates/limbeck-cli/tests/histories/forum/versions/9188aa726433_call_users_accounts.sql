-- Call users accounts
--
-- revision: 9188aa726433
-- revises: cf2d89d5c1e4
-- created: 2022-08-20 14:02:34

-- limbeck: upgrade
ALTER TABLE "user" RENAME TO account;
ALTER TABLE user_setting RENAME TO account_setting;

-- SQLite changes triggers and views with the table; the body of a function is text to PostgreSQL.
-- limbeck: upgrade (postgresql)
CREATE OR REPLACE FUNCTION count_karma() RETURNS trigger
LANGUAGE plpgsql AS $body$
DECLARE
    change integer := 0;
    receiver bigint;
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        SELECT weight INTO STRICT change FROM reaction_kind WHERE code = NEW.kind;
        SELECT author_id INTO receiver FROM post WHERE id = NEW.post_id;
        UPDATE account SET karma = karma + change WHERE id = receiver;
    END IF;
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        SELECT weight INTO STRICT change FROM reaction_kind WHERE code = OLD.kind;
        SELECT author_id INTO receiver FROM post WHERE id = OLD.post_id;
        UPDATE account SET karma = karma - change WHERE id = receiver;
    END IF;
    RETURN NULL; -- the result of an AFTER trigger is not looked at
END;
$body$;

-- limbeck: downgrade
ALTER TABLE account_setting RENAME TO user_setting;
ALTER TABLE account RENAME TO "user";

-- limbeck: downgrade (postgresql)
CREATE OR REPLACE FUNCTION count_karma() RETURNS trigger
LANGUAGE plpgsql AS $body$
DECLARE
    change integer := 0;
    receiver bigint;
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        SELECT weight INTO STRICT change FROM reaction_kind WHERE code = NEW.kind;
        SELECT author_id INTO receiver FROM post WHERE id = NEW.post_id;
        UPDATE "user" SET karma = karma + change WHERE id = receiver;
    END IF;
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        SELECT weight INTO STRICT change FROM reaction_kind WHERE code = OLD.kind;
        SELECT author_id INTO receiver FROM post WHERE id = OLD.post_id;
        UPDATE "user" SET karma = karma - change WHERE id = receiver;
    END IF;
    RETURN NULL; -- the result of an AFTER trigger is not looked at
END;
$body$;
