-- Accept posts in HTML
--
-- revision: cf2d89d5c1e4
-- revises: a24c58af287c
-- created: 2022-08-07 18:49:19

-- limbeck: upgrade
ALTER TABLE post DROP CONSTRAINT ck_post_format;
ALTER TABLE post ADD CONSTRAINT ck_post_format CHECK (format IN ('plain', 'markdown', 'html'));
ALTER TABLE post ALTER COLUMN format SET DEFAULT 'markdown';

-- limbeck: downgrade
UPDATE post SET format = 'plain' WHERE format = 'html';
ALTER TABLE post ALTER COLUMN format SET DEFAULT 'plain';
ALTER TABLE post DROP CONSTRAINT ck_post_format;
ALTER TABLE post ADD CONSTRAINT ck_post_format CHECK (format IN ('plain', 'markdown'));
