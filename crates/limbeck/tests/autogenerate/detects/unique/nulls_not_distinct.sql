-- only: postgresql
-- detects: Detected changed unique constraint 'uq' on 't'
-- before
create table t (id integer not null, a integer not null, b integer, constraint uq unique (b));
-- rows
insert into t (id, a, b) values (1, 2, 3);
-- after
create table t (id integer not null, a integer not null, b integer, constraint uq unique nulls not distinct (b));
