-- detects: Detected computed expression on column 't.c'
-- before
create table t (id integer primary key, a integer, c integer generated always as (a + 1) stored);
-- rows
insert into t (id, a) values (1, 1);
-- after
create table t (id integer primary key, a integer, c integer generated always as (a + 2) stored);
