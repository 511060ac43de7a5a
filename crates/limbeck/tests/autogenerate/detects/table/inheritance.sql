-- only: postgresql
-- detects: Detected added table 'v'
-- before
create table t (id integer primary key, a varchar(20));
create table u (b integer);
-- rows
insert into t (id, a) values (1, 'x'), (2, 'y');
-- after
create table t (id integer primary key, a varchar(20));
create table u (b integer);
create table v (d integer) inherits (t);
