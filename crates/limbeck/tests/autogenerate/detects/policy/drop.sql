-- only: postgresql
-- detects: Detected removed policy 'own' on 't'
-- before
create table t (id integer primary key, a varchar(20));
create policy own on t using (id > 0);
-- rows
insert into t (id, a) values (1, 'x'), (2, 'y');
-- after
create table t (id integer primary key, a varchar(20));
