-- only: mariadb
-- detects: Detected server default on column 't.a'
-- before
create table t (id integer primary key, a datetime default '2026-11-21');
-- rows
insert into t (id, a) values (1, '2026-11-20');
-- after
create table t (id integer primary key, a datetime on update current_timestamp);
