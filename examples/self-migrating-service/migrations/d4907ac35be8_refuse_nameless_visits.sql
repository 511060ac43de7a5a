-- refuse nameless visits
--
-- SQLite itself cannot change a column; Limbeck does it.
--
-- revision: d4907ac35be8
-- revises: 8b2e6d40f117

-- limbeck: upgrade
DELETE FROM visit WHERE visitor_id IS NULL;
ALTER TABLE visit ALTER COLUMN visitor_id SET NOT NULL;
CREATE INDEX ix_visit_visitor_id ON visit (visitor_id);

-- limbeck: downgrade
DROP INDEX ix_visit_visitor_id;
ALTER TABLE visit ALTER COLUMN visitor_id DROP NOT NULL;
