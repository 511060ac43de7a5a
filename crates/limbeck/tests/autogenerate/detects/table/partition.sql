-- only: postgresql
-- detects: Detected added table 't_2'
-- before
create table t (id integer) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
-- rows
insert into t values (1);
-- after
create table t (id integer) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
create table t_2 partition of t for values from (10) to (20);
