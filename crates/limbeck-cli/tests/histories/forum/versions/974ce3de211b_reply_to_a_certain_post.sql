-- Reply to a certain post
--
-- revision: 974ce3de211b
-- revises: 9f2abeefb42f
-- created: 2021-07-15 14:56:10

-- limbeck: upgrade
ALTER TABLE post ADD COLUMN reply_to BIGINT;
ALTER TABLE post ADD CONSTRAINT fk_post_reply_to FOREIGN KEY (reply_to) REFERENCES post (id) ON DELETE SET NULL;
ALTER TABLE post ADD CONSTRAINT ck_post_reply_to CHECK (reply_to < id);
UPDATE post SET reply_to = 3 WHERE id = 4;
UPDATE post SET reply_to = 4 WHERE id = 5;

-- limbeck: downgrade
ALTER TABLE post DROP CONSTRAINT ck_post_reply_to;
ALTER TABLE post DROP CONSTRAINT fk_post_reply_to;
ALTER TABLE post DROP COLUMN reply_to;
