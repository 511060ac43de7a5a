-- detects: Detected changed trigger 'tr' on 't'
-- before
create table t (id integer primary key, a varchar(20));
create function g() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before insert on t for each row execute function g();
-- before mariadb
create table t (id integer primary key, a varchar(20));
create trigger tr before insert on t for each row set new.a = 'x';
-- before sqlite
create table t (id integer primary key, a varchar(20));
create trigger tr after insert on t begin update t set a = 'x'; end;
-- rows
insert into t (id, a) values (1, 'x'), (2, 'y');
-- after
create table t (id integer primary key, a varchar(20));
create function g() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before update on t for each row execute function g();
-- after mariadb
create table t (id integer primary key, a varchar(20));
create trigger tr before insert on t for each row set new.a = 'y';
-- after sqlite
create table t (id integer primary key, a varchar(20));
create trigger tr after insert on t begin update t set a = 'y'; end;
