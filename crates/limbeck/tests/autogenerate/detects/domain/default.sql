-- only: postgresql
-- detects: Detected changed domain 'posint': default
-- before
create domain posint as integer check (value > 0);
-- after
create domain posint as integer default 5 check (value > 0);
