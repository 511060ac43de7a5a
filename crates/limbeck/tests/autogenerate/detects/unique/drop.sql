-- detects sqlite: Detected removed unique constraint 'uq' on 't'
-- detects postgresql: Detected removed unique constraint 'uq' on 't'
-- detects mariadb: Detected removed index 'uq' on 't'
-- before
create table t (id integer not null, a integer not null, b integer, constraint uq unique (a));
-- rows
insert into t (id, a, b) values (1, 2, 3);
-- after
create table t (id integer not null, a integer not null, b integer);
