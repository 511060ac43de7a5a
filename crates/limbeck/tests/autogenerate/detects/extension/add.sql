-- only: postgresql
-- detects: Detected added extension 'citext'
-- before

-- after
create extension citext;
