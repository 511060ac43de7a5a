-- Search posts by their words
--
-- revision: 4a43623c90ba
-- revises: 69c8f844fb24
-- branch labels: search
-- created: 2022-01-07 09:03:32

-- limbeck: upgrade (sqlite)
CREATE VIRTUAL TABLE post_search USING fts5 (body, content = 'post', content_rowid = 'id');
INSERT INTO post_search (post_search) VALUES ('rebuild');

-- limbeck: upgrade (postgresql)
ALTER TABLE post ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED;
CREATE INDEX ix_post_words ON post USING gin (words);

-- limbeck: downgrade (sqlite)
DROP TABLE post_search;

-- limbeck: downgrade (postgresql)
ALTER TABLE post DROP COLUMN words;
