-- only: postgresql
-- detects: Detected column comment 't.a'
-- before
create table t (id integer primary key, a varchar(20));
-- rows
insert into t (id, a) values (1, 'x'), (2, 'y');
-- after
create table t (id integer primary key, a varchar(20));
comment on column t.a is 'what';
