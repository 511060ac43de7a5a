-- only: mariadb
-- detects: Detected changed index 'ix' on 't': expression (w) to (w(5))
-- before
create table t (id integer primary key, a integer, b integer, w varchar(20));
create index ix on t (w);
-- rows
insert into t values (1, 2, 3, 'x');
-- after
create table t (id integer primary key, a integer, b integer, w varchar(20));
create index ix on t (w(5));
