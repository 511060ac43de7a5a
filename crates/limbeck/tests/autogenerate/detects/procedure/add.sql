-- only: postgresql, mariadb
-- detects postgresql: Detected added procedure 'p()'
-- detects mariadb: Detected added procedure 'p'
-- before

-- before mariadb

-- after
create procedure p() language sql as 'select 1';
-- after mariadb
create procedure p() select 1;
