-- only: sqlite
-- detects: Detected changed column 't.c': what NOT NULL does on a conflict
-- before
create table t (id integer primary key, c integer not null default 1);
-- rows
insert into t values (1, 2);
-- after
create table t (id integer primary key, c integer not null on conflict replace default 1);
