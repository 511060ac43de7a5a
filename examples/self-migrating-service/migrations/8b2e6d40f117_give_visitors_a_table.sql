-- give visitors a table of their own
--
-- revision: 8b2e6d40f117
-- revises: 5f1d3a7c9e20

-- limbeck: upgrade
CREATE TABLE visitor (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
INSERT INTO visitor (name) SELECT DISTINCT name FROM visit WHERE name IS NOT NULL;
ALTER TABLE visit ADD COLUMN visitor_id INTEGER REFERENCES visitor (id);
UPDATE visit SET visitor_id = (SELECT id FROM visitor WHERE visitor.name = visit.name);
ALTER TABLE visit DROP COLUMN name;

-- limbeck: downgrade
ALTER TABLE visit ADD COLUMN name TEXT;
UPDATE visit SET name = (SELECT name FROM visitor WHERE visitor.id = visit.visitor_id);
ALTER TABLE visit DROP COLUMN visitor_id;
DROP TABLE visitor;
