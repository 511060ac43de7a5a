-- rename: t.c:d
-- detects: Detected renamed column 't.c' to 'd'
-- before
create table t (id integer primary key, c integer);
-- rows
insert into t (id, c) values (1, NULL);
-- after
create table t (id integer primary key, d integer);
