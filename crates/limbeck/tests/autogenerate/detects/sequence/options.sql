-- only: postgresql, mariadb
-- detects: Detected changed sequence 's': options
-- before
create sequence s start with 10 increment by 2 minvalue 1 maxvalue 1000 cache 3 cycle;
-- after
create sequence s;
