-- only: postgresql, mariadb
-- detects: Detected changed sequence 's': options
-- before
create sequence s start with 5 increment by 5;
-- after
create sequence s start with 5 increment by 10;
