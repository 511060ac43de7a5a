-- detects sqlite: Detected removed primary key 'pk' on 't'
-- detects postgresql: Detected removed primary key 'pk' on 't'
-- detects mariadb: Detected removed primary key None on 't'
-- before
create table t (id integer not null, a integer not null, b integer, constraint pk primary key (id));
-- rows
insert into t (id, a, b) values (1, 2, 3);
-- after
create table t (id integer not null, a integer not null, b integer);
