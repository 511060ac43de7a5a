-- only: postgresql, mariadb
-- detects postgresql: Detected added function 'f(n integer)'
-- detects mariadb: Detected added function 'f'
-- before

-- before mariadb

-- after
create function f(n integer) returns integer language sql as 'select n + 1';
-- after mariadb
create function f(n integer) returns integer deterministic return n + 1;
