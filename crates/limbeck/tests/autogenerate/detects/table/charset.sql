-- only: mariadb
-- detects: Detected options of table 't'
-- detects: Detected type change from VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci to VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci on 't.a'
-- before
create table t (id integer primary key, a varchar(20), c varchar(20) character set latin1) default charset = utf8mb4;
-- rows
insert into t (id, a, c) values (1, 'é', 'é');
-- after
create table t (id integer primary key, a varchar(20), c varchar(20) character set latin1) default charset = latin1;
