-- detects sqlite: Detected removed foreign key (p_id)(id) on table t
-- detects postgresql: Detected removed foreign key (p_id)(id) on table t
-- detects mariadb: Detected removed foreign key (p_id)(id) on table t
-- detects mariadb: Detected removed index 'fk' on 't'
-- before
create table p (id integer not null primary key);
create table t (id integer primary key, p_id integer, constraint fk foreign key (p_id) references p (id));
-- rows
insert into p values (1);
insert into t values (1, 1);
-- after
create table p (id integer not null primary key);
create table t (id integer primary key, p_id integer);
