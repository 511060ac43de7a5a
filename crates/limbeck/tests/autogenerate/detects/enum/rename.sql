-- only: postgresql
-- rename: mood:feeling
-- detects: Detected renamed enum 'mood' to 'feeling'
-- before
create type mood as enum ('low', 'high');
create table t (id integer primary key, m mood);
-- rows
insert into t values (1, 'low');
-- after
create type feeling as enum ('low', 'high');
create table t (id integer primary key, m feeling);
