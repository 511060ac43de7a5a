-- only: postgresql, mariadb
-- detects postgresql: Detected removed grant of INSERT, REFERENCES, TRIGGER, TRUNCATE, UPDATE on 'book' to 'pg_read_all_stats'
-- detects mariadb: Detected removed grant of ALTER, CREATE, CREATE VIEW, DELETE HISTORY, DROP, INDEX, INSERT, REFERENCES, SHOW VIEW, TRIGGER, UPDATE on 'book' to 'mariadb.sys'@'localhost'
-- before postgresql
create table book (id integer primary key);
revoke all on book from public;
grant all on book to pg_read_all_stats;
-- before mariadb
create table book (id integer primary key);
grant all privileges on book to 'mariadb.sys'@'localhost';
-- after postgresql
create table book (id integer primary key);
grant select, delete on all tables in schema public to pg_read_all_stats;
-- after mariadb
create table book (id integer primary key);
grant all on table book to 'mariadb.sys'@'localhost';
revoke all on book from 'mariadb.sys'@'localhost';
grant select, delete on book to 'mariadb.sys'@'localhost';
