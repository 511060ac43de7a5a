-- Keep the search index up to date
--
-- revision: 867c9f161c66
-- revises: 4a43623c90ba
-- created: 2022-01-12 09:58:50

-- limbeck: upgrade (sqlite)
CREATE TRIGGER post_search_insert AFTER INSERT ON post BEGIN
    INSERT INTO post_search (rowid, body) VALUES (NEW.id, NEW.body);
END;

CREATE TRIGGER post_search_delete AFTER DELETE ON post BEGIN
    INSERT INTO post_search (post_search, rowid, body) VALUES ('delete', OLD.id, OLD.body);
END;

CREATE TRIGGER post_search_update AFTER UPDATE OF body ON post BEGIN
    INSERT INTO post_search (post_search, rowid, body) VALUES ('delete', OLD.id, OLD.body);
    INSERT INTO post_search (rowid, body) VALUES (NEW.id, NEW.body);
END;

-- PostgreSQL computes the column itself.
-- limbeck: upgrade
UPDATE post SET body = 'It''s not: cut above an outward bud, in dry weather.' WHERE id = 4;

-- limbeck: downgrade
UPDATE post SET body = 'It''s not: cut above an outward bud.' WHERE id = 4;
DELETE FROM post_edit WHERE post_id = 4;

-- limbeck: downgrade (sqlite)
DROP TRIGGER post_search_update;
DROP TRIGGER post_search_delete;
DROP TRIGGER post_search_insert;
