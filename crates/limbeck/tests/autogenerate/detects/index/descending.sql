-- detects: Detected changed index 'ix' on 't': expression (a) to (a DESC)
-- before
create table t (id integer primary key, a integer, b integer, w varchar(20));
create index ix on t (a);
-- rows
insert into t values (1, 2, 3, 'x');
-- after
create table t (id integer primary key, a integer, b integer, w varchar(20));
create index ix on t (a desc);
