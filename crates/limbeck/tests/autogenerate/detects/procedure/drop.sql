-- only: postgresql, mariadb
-- detects postgresql: Detected removed procedure 'p()'
-- detects mariadb: Detected removed procedure 'p'
-- before
create procedure p() language sql as 'select 1';
-- before mariadb
create procedure p() select 1;
-- after

-- after mariadb

