-- detects sqlite: Detected added primary key 'pk' on 't'
-- detects postgresql: Detected added primary key 'pk' on 't'
-- detects mariadb: Detected added primary key None on 't'
-- before
create table t (id integer not null, a integer not null, b integer);
-- rows
insert into t (id, a, b) values (1, 2, 3);
-- after
create table t (id integer not null, a integer not null, b integer, constraint pk primary key (id));
