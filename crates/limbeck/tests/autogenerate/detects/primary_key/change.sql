-- detects sqlite: Detected changed primary key None on 't'
-- detects postgresql: Detected changed primary key 't_pkey' on 't'
-- detects mariadb: Detected changed primary key None on 't'
-- before
create table t (id integer not null, a integer not null, b integer, primary key (id));
-- rows
insert into t (id, a, b) values (1, 2, 3);
-- after
create table t (id integer not null, a integer not null, b integer, primary key (id, a));
