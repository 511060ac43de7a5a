-- only: postgresql
-- detects: Detected removed materialized view 'v'
-- before
create table t (id integer primary key, a varchar(20));
create materialized view v as select id from t;
-- rows
insert into t (id, a) values (1, 'x'), (2, 'y');
-- after
create table t (id integer primary key, a varchar(20));
