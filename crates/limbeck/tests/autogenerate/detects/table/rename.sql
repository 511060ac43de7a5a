-- rename: t:people
-- detects: Detected renamed table 't' to 'people'
-- before
create table t (id integer primary key, a varchar(20));
-- rows
insert into t (id, a) values (1, 'x'), (2, 'y');
-- after
create table people (id integer primary key, a varchar(20));
