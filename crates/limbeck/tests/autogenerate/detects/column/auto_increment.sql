-- only: mariadb
-- detects: Detected autoincrement on column 't.id'
-- before
create table t (id integer primary key);
-- rows
insert into t values (1);
-- after
create table t (id integer auto_increment primary key);
