-- Count karma with every reaction
--
-- revision: bd0848e31f88
-- revises: 949d96103417
-- created: 2022-05-23 18:41:01

-- limbeck: upgrade (sqlite)
CREATE TRIGGER reaction_added AFTER INSERT ON reaction
BEGIN
    UPDATE "user" SET karma = karma + (SELECT weight FROM reaction_kind WHERE code = NEW.kind)
    WHERE id = (SELECT author_id FROM post WHERE id = NEW.post_id);
END;

CREATE TRIGGER reaction_changed AFTER UPDATE OF kind ON reaction
BEGIN
    UPDATE "user" SET karma = karma
        + (SELECT weight FROM reaction_kind WHERE code = NEW.kind)
        - (SELECT weight FROM reaction_kind WHERE code = OLD.kind)
    WHERE id = (SELECT author_id FROM post WHERE id = NEW.post_id);
END;

CREATE TRIGGER reaction_withdrawn AFTER DELETE ON reaction
BEGIN
    UPDATE "user" SET karma = karma - (SELECT weight FROM reaction_kind WHERE code = OLD.kind)
    WHERE id = (SELECT author_id FROM post WHERE id = OLD.post_id);
END;

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

CREATE TRIGGER reaction_counts AFTER INSERT OR UPDATE OF kind OR DELETE ON reaction
    FOR EACH ROW EXECUTE FUNCTION count_karma();

-- limbeck: upgrade
UPDATE reaction SET kind = 'thanks' WHERE post_id = 6 AND user_id = 1;
INSERT INTO reaction (post_id, user_id, kind) VALUES (4, 1, 'like');

-- limbeck: downgrade
DELETE FROM reaction WHERE post_id = 4 AND user_id = 1;
UPDATE reaction SET kind = 'like' WHERE post_id = 6 AND user_id = 1;

-- limbeck: downgrade (sqlite)
DROP TRIGGER reaction_withdrawn;
DROP TRIGGER reaction_changed;
DROP TRIGGER reaction_added;

-- limbeck: downgrade (postgresql)
DROP TRIGGER reaction_counts ON reaction;
DROP FUNCTION count_karma();
