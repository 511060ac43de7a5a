-- only: postgresql
-- detects: Detected removed domain 'posint'
-- before
create domain posint as integer check (value > 0);
-- after

