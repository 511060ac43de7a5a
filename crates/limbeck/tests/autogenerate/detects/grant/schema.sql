-- only: postgresql, mariadb
-- detects postgresql: Detected added grant of CREATE, USAGE on schema 'public' to 'pg_monitor'
-- detects postgresql: Detected added grant of USAGE on schema 'shop' to 'pg_monitor'
-- detects mariadb: Detected added grant of EXECUTE on the database to 'mariadb.sys'@'localhost'
-- before postgresql
create schema shop;
create table shop.book (id integer primary key);
grant select on shop.book to pg_monitor;
-- before mariadb
create table book (id integer primary key);
grant select on * to 'mariadb.sys'@'localhost';
-- after postgresql
create schema shop;
create table shop.book (id integer primary key);
grant select on all tables in schema shop to pg_monitor;
grant usage on schema shop to pg_monitor;
grant all on schema public to pg_monitor;
-- after mariadb
create table book (id integer primary key);
grant select, execute on * to 'mariadb.sys'@'localhost';
