-- find visits by visitor
--
-- Visits without a name are of no use to anybody.
--
-- revision: d4907ac35be8
-- revises: 8b2e6d40f117

-- limbeck: upgrade
DELETE FROM visit WHERE visitor_id IS NULL;
CREATE INDEX ix_visit_visitor_id ON visit (visitor_id);

-- limbeck: downgrade
DROP INDEX ix_visit_visitor_id;
