-- detects sqlite: Detected changed unique constraint 'uq_t_a' on 't'
-- detects postgresql: Detected renamed unique constraint 'uq' on 't' to 'uq_t_a'
-- detects mariadb: Detected renamed index 'uq' on 't' to 'uq_t_a'
-- before
create table t (id integer not null, a integer not null, b integer, constraint uq unique (a));
-- rows
insert into t (id, a, b) values (1, 2, 3);
-- after
create table t (id integer not null, a integer not null, b integer, constraint uq_t_a unique (a));
