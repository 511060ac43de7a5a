-- only: mariadb
-- detects: Detected column comment 't.c'
-- before
create table t (id integer primary key, c integer comment 'old');
-- rows
insert into t (id, c) values (1, NULL);
-- after
create table t (id integer primary key, c integer comment 'new');
