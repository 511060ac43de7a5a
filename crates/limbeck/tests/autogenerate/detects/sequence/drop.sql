-- only: postgresql, mariadb
-- detects: Detected removed sequence 's'
-- before
create sequence s start with 5 increment by 5;
-- after

