-- rename: t.c:d
-- detects: Detected renamed column 't.c' to 'd'
-- before
create table t (id integer primary key, c integer, constraint positive check (c > 0));
-- rows
insert into t (id, c) values (1, 2);
-- after
create table t (id integer primary key, d integer, constraint positive check (d > 0));
