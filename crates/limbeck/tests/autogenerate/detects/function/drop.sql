-- only: postgresql, mariadb
-- detects postgresql: Detected removed function 'f(n integer)'
-- detects mariadb: Detected removed function 'f'
-- before
create function f(n integer) returns integer language sql as 'select n + 1';
-- before mariadb
create function f(n integer) returns integer deterministic return n + 1;
-- after

-- after mariadb

