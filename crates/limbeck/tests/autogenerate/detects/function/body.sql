-- only: postgresql, mariadb
-- detects postgresql: Detected changed function 'f(n integer)'
-- detects mariadb: Detected changed function 'f'
-- before
create function f(n integer) returns integer language sql as 'select n + 1';
-- before mariadb
create function f(n integer) returns integer deterministic return n + 1;
-- after
create function f(n integer) returns integer language sql as 'select n + 2';
-- after mariadb
create function f(n integer) returns integer deterministic return n + 2;
