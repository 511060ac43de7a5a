-- only: postgresql, mariadb
-- detects postgresql: Detected removed grant option for INSERT on 'book' to 'pg_monitor'
-- detects postgresql: Detected added grant option for SELECT on 'book' to 'pg_monitor'
-- detects mariadb: Detected added grant of GRANT OPTION on 'book' to 'mariadb.sys'@'localhost'
-- before postgresql
create table book (id integer primary key);
grant select on book to pg_monitor;
grant insert on book to pg_monitor with grant option;
-- before mariadb
create table book (id integer primary key);
grant select on book to 'mariadb.sys'@'localhost';
-- after postgresql
create table book (id integer primary key);
grant select on book to pg_monitor with grant option;
grant insert on book to pg_monitor;
-- after mariadb
create table book (id integer primary key);
grant select on book to 'mariadb.sys'@'localhost' with grant option;
