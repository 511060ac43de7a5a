-- only: postgresql
-- detects: Detected removed enum 'mood'
-- before
create type mood as enum ('low', 'high');
-- after

