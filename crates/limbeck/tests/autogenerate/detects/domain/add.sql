-- only: postgresql
-- detects: Detected added domain 'posint'
-- before

-- after
create domain posint as integer check (value > 0);
