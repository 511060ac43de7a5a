-- only: postgresql, mariadb
-- detects postgresql: Detected added grant of USAGE on sequence 'book_id_seq' to 'pg_monitor'
-- detects postgresql: Detected added grant of SELECT, USAGE on sequence 'number' to 'pg_monitor'
-- detects mariadb: Detected added grant of SELECT on sequence 'number' to 'mariadb.sys'@'localhost'
-- before
create sequence number;
create table book (id serial primary key);
-- after postgresql
create sequence number;
create table book (id serial primary key);
grant usage on all sequences in schema public to pg_monitor;
grant select on sequence number to pg_monitor;
-- after mariadb
create sequence number;
create table book (id serial primary key);
grant select on number to 'mariadb.sys'@'localhost';
