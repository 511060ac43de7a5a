-- detects: Detected changed check constraint 'ck' on table 't'
-- before
create table t (id integer not null, a integer not null, b integer, constraint ck check (a > 0));
-- rows
insert into t (id, a, b) values (1, 2, 3);
-- after
create table t (id integer not null, a integer not null, b integer, constraint ck check (a > 1));
