-- only: postgresql
-- detects: Detected changed function 'f(n integer)'
-- detects: Detected removed grant of USAGE on type 'mood' to PUBLIC
-- detects: Detected removed grant of EXECUTE on function 'g()' to PUBLIC
-- detects: Detected added grant of EXECUTE on function 'f(n integer)' to 'pg_monitor'
-- before
create type mood as enum ('sad');
create function f(n integer) returns integer language sql as 'select 1';
create function g() returns integer language sql as 'select 1';
revoke execute on function f from public;
-- after
create type mood as enum ('sad');
create function f(n integer) returns text language sql as 'select ''a''';
create function g() returns integer language sql as 'select 1';
revoke execute on all functions in schema public from public;
revoke usage on type mood from public;
grant execute on function f to pg_monitor;
