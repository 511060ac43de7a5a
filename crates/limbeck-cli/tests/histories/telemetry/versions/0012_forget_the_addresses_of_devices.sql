-- Forget the addresses of devices
--
-- revision: 0012
-- revises: 0011
-- created: 2024-05-04 09:06:30

-- limbeck: upgrade
ALTER TABLE device_session ADD COLUMN address_hash CHAR(32);
UPDATE device_session SET address_hash = md5(address);
ALTER TABLE device_session DROP COLUMN address;

-- limbeck: irreversible because the addresses are gone; only their hashes are kept
