-- only: postgresql, mariadb
-- detects postgresql: Detected removed grant of SELECT on 'book' to 'pg_monitor'
-- detects mariadb: Detected removed grant of SELECT on 'book' to 'mariadb.sys'@'localhost'
-- before postgresql
create table book (id integer primary key);
create table shelf (id integer primary key);
grant select on book, shelf to pg_monitor;
-- before mariadb
create table book (id integer primary key);
create table shelf (id integer primary key);
grant select on book to 'mariadb.sys'@'localhost';
grant select on shelf to 'mariadb.sys'@'localhost';
-- after postgresql
create table book (id integer primary key);
create table shelf (id integer primary key);
grant select on shelf to pg_monitor;
-- after mariadb
create table book (id integer primary key);
create table shelf (id integer primary key);
grant select on shelf to 'mariadb.sys'@'localhost';
