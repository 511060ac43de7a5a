-- only: postgresql, mariadb
-- detects: Detected renamed table 'book' to 'volume'
-- detects: Detected renamed column 'volume.titel' to 'title'
-- rename: book:volume
-- rename: book.titel:title
-- before postgresql
create table book (id serial primary key, titel varchar(20));
grant select, update (titel) on book to pg_monitor;
grant usage on sequence book_id_seq to pg_monitor;
-- before mariadb
create table book (id integer primary key, titel varchar(20));
grant select, update (titel) on book to 'mariadb.sys'@'localhost';
-- rows
insert into book (id, titel) values (1, 'x'), (2, 'y');
-- after postgresql
create table volume (id serial primary key, title varchar(20));
grant select, update (title) on volume to pg_monitor;
grant usage on sequence volume_id_seq to pg_monitor;
-- after mariadb
create table volume (id integer primary key, title varchar(20));
grant select, update (title) on volume to 'mariadb.sys'@'localhost';
