-- only: mariadb
-- detects: Detected options of table 't'
-- before
create table t (id integer primary key, a varchar(20)) partition by hash (id) partitions 4;
-- rows
insert into t (id, a) values (1, 'x'), (2, 'y');
-- after
create table t (id integer primary key, a varchar(20));
