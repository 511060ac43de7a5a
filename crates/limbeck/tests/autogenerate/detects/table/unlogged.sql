-- only: postgresql
-- before
create table t (id integer primary key, a varchar(20));
-- rows
insert into t (id, a) values (1, 'x'), (2, 'y');
-- after
create unlogged table t (id integer primary key, a varchar(20));
