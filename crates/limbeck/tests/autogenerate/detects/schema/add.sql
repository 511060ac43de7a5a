-- only: postgresql
-- detects: Detected added schema 'shop'
-- detects: Detected added table 'shop.t'
-- before

-- after
create schema shop;
create table shop.t (id integer);
