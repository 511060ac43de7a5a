-- only: postgresql
-- detects: Detected changed index 'ix' on 't': expression (w) to (w varchar_pattern_ops)
-- before
create table t (id integer primary key, a integer, b integer, w varchar(20));
create index ix on t (w);
-- rows
insert into t values (1, 2, 3, 'x');
-- after
create table t (id integer primary key, a integer, b integer, w varchar(20));
create index ix on t (w varchar_pattern_ops);
