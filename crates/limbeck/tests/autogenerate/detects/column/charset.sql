-- only: mariadb
-- before
create table t (id integer primary key, c varchar(20));
-- rows
insert into t (id, c) values (1, NULL);
-- after
create table t (id integer primary key, c varchar(20) character set latin1);
