-- only: postgresql, mariadb
-- detects: Detected added sequence 's'
-- before

-- after
create sequence s start with 5 increment by 5;
