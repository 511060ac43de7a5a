-- only: postgresql
-- detects: Detected added enum value 'middle' of 'mood'
-- before
create type mood as enum ('low', 'high');
create table t (id integer primary key, m mood);
-- rows
insert into t values (1, 'low');
-- after
create type mood as enum ('low', 'middle', 'high');
create table t (id integer primary key, m mood);
