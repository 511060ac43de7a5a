-- only: postgresql, mariadb
-- detects postgresql: Detected removed grant of SELECT on 'book' to 'pg_monitor'
-- detects postgresql: Detected added grant of SELECT (id, title) on 'book' to 'pg_monitor'
-- detects mariadb: Detected removed grant of SELECT on 'book' to 'mariadb.sys'@'localhost'
-- detects mariadb: Detected added grant of SELECT (id, title) on 'book' to 'mariadb.sys'@'localhost'
-- before postgresql
create table book (id integer primary key, title varchar(20), price integer);
grant select, update (price) on book to pg_monitor;
-- before mariadb
create table book (id integer primary key, title varchar(20), price integer);
grant select, update (price) on book to 'mariadb.sys'@'localhost';
-- rows
insert into book (id, title) values (1, 'x'), (2, 'y');
-- after postgresql
create table book (id integer primary key, title varchar(20), price integer);
grant select (id, title), update (price) on book to pg_monitor;
-- after mariadb
create table book (id integer primary key, title varchar(20), price integer);
grant select (title, id), update (price) on book to 'mariadb.sys'@'localhost';
