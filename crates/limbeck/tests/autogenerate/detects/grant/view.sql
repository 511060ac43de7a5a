-- only: postgresql, mariadb
-- detects: Detected type change from VARCHAR(20) to VARCHAR(40) on 'book.title'
-- detects: Detected changed view 'titles'
-- before postgresql
create table book (id integer primary key, title varchar(20));
create view titles as select title from book;
create materialized view all_titles as select title from titles;
grant select on titles to pg_monitor with grant option;
grant select (title) on all_titles to pg_monitor;
-- before mariadb
create table book (id integer primary key, title varchar(20));
create view titles as select title from book;
grant select on titles to 'mariadb.sys'@'localhost';
-- rows
insert into book (id, title) values (1, 'x'), (2, 'y');
-- after postgresql
create table book (id integer primary key, title varchar(40));
create view titles as select title from book where id > 0;
create materialized view all_titles as select title from titles;
grant select on titles to pg_monitor with grant option;
grant select (title) on all_titles to pg_monitor;
-- after mariadb
create table book (id integer primary key, title varchar(40));
create view titles as select title from book where id > 0;
grant select on titles to 'mariadb.sys'@'localhost';
