-- detects sqlite: Detected changed unique constraint 'uq' on 't'
-- detects postgresql: Detected changed unique constraint 'uq' on 't'
-- detects mariadb: Detected changed index 'uq' on 't': expression (a) to (a, b)
-- before
create table t (id integer not null, a integer not null, b integer, constraint uq unique (a));
-- rows
insert into t (id, a, b) values (1, 2, 3);
-- after
create table t (id integer not null, a integer not null, b integer, constraint uq unique (a, b));
