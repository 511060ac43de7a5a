-- only: postgresql
-- detects: Detected forced row security on table 't'
-- before
create table t (id integer primary key, a varchar(20));
alter table t enable row level security;
-- rows
insert into t (id, a) values (1, 'x'), (2, 'y');
-- after
create table t (id integer primary key, a varchar(20));
alter table t enable row level security;
alter table t force row level security;
