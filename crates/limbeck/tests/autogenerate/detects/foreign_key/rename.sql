-- detects sqlite: Detected changed foreign key (p_id)(id) on table t
-- detects postgresql: Detected renamed foreign key (p_id)(id) on table t to 'fk_p'
-- detects mariadb: Detected changed foreign key (p_id)(id) on table t
-- before
create table p (id integer not null primary key);
create table t (id integer primary key, p_id integer, constraint fk foreign key (p_id) references p (id));
-- rows
insert into p values (1);
insert into t values (1, 1);
-- after
create table p (id integer not null primary key);
create table t (id integer primary key, p_id integer, constraint fk_p foreign key (p_id) references p (id));
