-- only: postgresql, mariadb
-- detects postgresql: Detected changed procedure 'p()'
-- detects mariadb: Detected changed procedure 'p'
-- before
create procedure p() language sql as 'select 1';
-- before mariadb
create procedure p() select 1;
-- after
create procedure p() language sql as 'select 2';
-- after mariadb
create procedure p() select 2;
