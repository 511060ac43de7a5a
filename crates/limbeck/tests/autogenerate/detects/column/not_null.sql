-- detects: Detected NOT NULL on column 't.c'
-- before
create table t (id integer primary key, c integer);
-- rows
insert into t values (1, 2);
-- after
create table t (id integer primary key, c integer not null);
