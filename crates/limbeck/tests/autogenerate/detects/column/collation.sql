-- only: postgresql
-- detects: Detected type change from VARCHAR(20) to VARCHAR(20) COLLATE C on 't.c'
-- before
create table t (id integer primary key, c varchar(20));
-- rows
insert into t (id, c) values (1, NULL);
-- after
create table t (id integer primary key, c varchar(20) collate "C");
