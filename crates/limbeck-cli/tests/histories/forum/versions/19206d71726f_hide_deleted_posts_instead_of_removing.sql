-- Hide deleted posts instead of removing them
--
-- revision: 19206d71726f
-- revises: ad9a32d354d0
-- created: 2021-08-25 16:48:30

-- limbeck: upgrade
ALTER TABLE post ADD COLUMN deleted_at TIMESTAMP;
DROP INDEX ix_post_thread_id;
CREATE INDEX ix_post_visible ON post (thread_id, posted_at) WHERE deleted_at IS NULL;
UPDATE post SET deleted_at = '2021-06-03 06:00:00' WHERE thread_id = 4;

-- limbeck: downgrade
DROP INDEX ix_post_visible;
CREATE INDEX ix_post_thread_id ON post (thread_id, posted_at);
ALTER TABLE post DROP COLUMN deleted_at;
