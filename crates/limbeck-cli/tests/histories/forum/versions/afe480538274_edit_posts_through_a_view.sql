-- Edit posts through a view
--
-- revision: afe480538274
-- revises: 3f4301e387b6
-- created: 2022-10-22 14:23:04

-- limbeck: upgrade
CREATE VIEW post_editor AS SELECT id, body, format FROM post WHERE deleted_at IS NULL;

-- limbeck: upgrade (sqlite)
CREATE TRIGGER post_editor_saves INSTEAD OF UPDATE ON post_editor
BEGIN
    UPDATE post SET body = NEW.body, format = NEW.format WHERE id = NEW.id;
END;

CREATE TRIGGER post_editor_hides INSTEAD OF DELETE ON post_editor
BEGIN
    UPDATE post SET deleted_at = CURRENT_TIMESTAMP WHERE id = OLD.id;
END;

-- limbeck: upgrade (postgresql)
CREATE RULE post_editor_hides AS ON DELETE TO post_editor
    DO INSTEAD UPDATE post SET deleted_at = CURRENT_TIMESTAMP WHERE id = OLD.id;

-- limbeck: upgrade
UPDATE post_editor SET format = 'markdown' WHERE id IN (1, 6);

-- limbeck: downgrade
UPDATE post_editor SET format = 'plain' WHERE id IN (1, 6);
DROP VIEW post_editor;
