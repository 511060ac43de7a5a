-- detects sqlite: Detected added unique constraint 'uq' on '('a',)'
-- detects postgresql: Detected added unique constraint 'uq' on '('a',)'
-- detects mariadb: Detected added index 'uq' on '('a',)'
-- before
create table t (id integer not null, a integer not null, b integer);
-- rows
insert into t (id, a, b) values (1, 2, 3);
-- after
create table t (id integer not null, a integer not null, b integer, constraint uq unique (a));
