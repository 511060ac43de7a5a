-- Write posts in plain text or Markdown
--
-- revision: d3dc389b8f43
-- revises: 69c8f844fb24
-- created: 2021-09-25 18:55:36

-- limbeck: upgrade
ALTER TABLE post ADD COLUMN format VARCHAR(10) NOT NULL DEFAULT 'plain';
ALTER TABLE post ADD CONSTRAINT ck_post_format CHECK (format IN ('plain', 'markdown'));

-- limbeck: downgrade
ALTER TABLE post DROP CONSTRAINT ck_post_format;
ALTER TABLE post DROP COLUMN format;
