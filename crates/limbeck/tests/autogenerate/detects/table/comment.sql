-- only: postgresql
-- detects: Detected table comment 't'
-- before
create table t (id integer primary key, a varchar(20));
comment on table t is 'old';
-- rows
insert into t (id, a) values (1, 'x'), (2, 'y');
-- after
create table t (id integer primary key, a varchar(20));
comment on table t is 'new';
