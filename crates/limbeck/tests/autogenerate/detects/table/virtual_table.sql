-- only: sqlite
-- detects: Detected added table 'words'
-- before
create table t (id integer primary key, a varchar(20));
-- rows
insert into t (id, a) values (1, 'x'), (2, 'y');
-- after
create table t (id integer primary key, a varchar(20));
create virtual table words using fts5(a);
