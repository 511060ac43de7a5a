-- detects sqlite: Detected changed check constraint 'ck_a' on table 't'
-- detects postgresql: Detected renamed check constraint 'ck' on table 't' to 'ck_a'
-- detects mariadb: Detected changed check constraint 'ck_a' on table 't'
-- before
create table t (id integer not null, a integer not null, b integer, constraint ck check (a > 0));
-- rows
insert into t (id, a, b) values (1, 2, 3);
-- after
create table t (id integer not null, a integer not null, b integer, constraint ck_a check (a > 0));
