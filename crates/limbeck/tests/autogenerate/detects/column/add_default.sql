-- detects: Detected server default on column 't.c'
-- before
create table t (id integer primary key, c integer);
-- rows
insert into t (id, c) values (1, NULL);
-- after
create table t (id integer primary key, c integer default 5);
