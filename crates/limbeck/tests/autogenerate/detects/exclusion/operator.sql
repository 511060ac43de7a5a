-- only: postgresql
-- detects: Detected changed exclusion constraint 'ex' on 't'
-- before
create table t (id integer not null, a integer not null, b integer, constraint ex exclude using gist (int4range(a, a + 1) with &&));
-- rows
insert into t (id, a, b) values (1, 2, 3);
-- after
create table t (id integer not null, a integer not null, b integer, constraint ex exclude using gist (int4range(a, a + 1) with =));
