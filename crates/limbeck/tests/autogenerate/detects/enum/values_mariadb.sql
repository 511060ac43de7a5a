-- only: mariadb
-- detects: Detected type change from ENUM('low', 'high') to ENUM('low', 'middle', 'high') on 't.m'
-- before
create table t (id integer primary key, m enum('low', 'high'));
-- rows
insert into t values (1, 'low');
-- after
create table t (id integer primary key, m enum('low', 'middle', 'high'));
