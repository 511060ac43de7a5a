-- only: mariadb
-- detects: Detected type change from VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci to VARCHAR(20) CHARACTER SET latin2 COLLATE latin2_general_ci on 't.a'
-- before
create table t (id integer primary key, a varchar(20) character set latin1) default charset = utf8mb4;
-- rows
insert into t (id, a) values (1, 'é');
-- after
create table t (id integer primary key, a varchar(20) character set latin2) default charset = utf8mb4;
