-- only: postgresql
-- detects: Detected removed enum value 'high' of 'mood'
-- before
create type mood as enum ('low', 'high');
create table t (id integer primary key, m mood);
-- rows
insert into t values (1, 'low');
-- after
create type mood as enum ('low');
create table t (id integer primary key, m mood);
