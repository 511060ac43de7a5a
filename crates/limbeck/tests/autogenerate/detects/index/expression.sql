-- only: sqlite, postgresql
-- detects sqlite: Detected changed index 'ix' on 't': expression (lower(w)) to (upper(w))
-- detects postgresql: Detected changed index 'ix' on 't': expression (lower(w::text)) to (upper(w::text))
-- before
create table t (id integer primary key, a integer, b integer, w varchar(20));
create index ix on t (lower(w));
-- rows
insert into t values (1, 2, 3, 'x');
-- after
create table t (id integer primary key, a integer, b integer, w varchar(20));
create index ix on t (upper(w));
