-- detects: Detected type change from VARCHAR(20) to VARCHAR(50) on 't.a'
-- before
create table t (id integer primary key, a varchar(20));
create view v as select a from t;
-- rows
insert into t (id, a) values (1, 'x'), (2, 'y');
-- after
create table t (id integer primary key, a varchar(50));
create view v as select a from t;
