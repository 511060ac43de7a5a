-- detects: Detected added column 't.c'
-- before
create table t (id integer primary key);
-- rows
insert into t values (1);
-- after
create table t (id integer primary key, c integer);
