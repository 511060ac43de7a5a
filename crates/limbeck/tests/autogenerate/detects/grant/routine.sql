-- only: postgresql, mariadb
-- detects postgresql: Detected changed procedure 'p()'
-- detects mariadb: Detected changed procedure 'p'
-- before postgresql
create procedure p() language sql as 'select 1';
grant execute on procedure p to pg_monitor;
-- before mariadb
create procedure p() select 1;
grant execute on procedure p to 'mariadb.sys'@'localhost';
-- after postgresql
create procedure p() language sql as 'select 2';
grant execute on procedure p to pg_monitor;
-- after mariadb
create procedure p() select 2;
grant execute on procedure p to 'mariadb.sys'@'localhost';
