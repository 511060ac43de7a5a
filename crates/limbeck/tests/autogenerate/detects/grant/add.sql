-- only: postgresql, mariadb
-- detects postgresql: Detected added grant of SELECT on 'book' to PUBLIC
-- detects postgresql: Detected added grant of INSERT, SELECT on 'book' to 'pg_monitor'
-- detects mariadb: Detected added grant of INSERT, SELECT on 'book' to 'mariadb.sys'@'localhost'
-- before
create table book (id integer primary key, title varchar(20));
-- rows
insert into book (id, title) values (1, 'x'), (2, 'y');
-- after postgresql
create table book (id integer primary key, title varchar(20));
grant select, insert on book to pg_monitor;
grant select on book to public;
-- after mariadb
create table book (id integer primary key, title varchar(20));
grant select, insert on book to 'mariadb.sys'@localhost;
