-- only: postgresql
-- detects: Detected removed schema 'shop'
-- before
create schema shop;
-- after

