-- only: postgresql
-- detects: Detected changed domain 'posint': checks
-- before
create domain posint as integer check (value > 0);
-- after
create domain posint as integer check (value > 1);
