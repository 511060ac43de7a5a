-- only: postgresql
-- detects: Detected added enum 'mood'
-- before

-- after
create type mood as enum ('low', 'high');
