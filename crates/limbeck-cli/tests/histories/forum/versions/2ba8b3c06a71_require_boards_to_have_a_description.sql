-- Require boards to have a description
--
-- revision: 2ba8b3c06a71
-- revises: afca2fe37015
-- created: 2023-01-20 11:32:53

-- limbeck: upgrade
ALTER TABLE board ADD COLUMN description TEXT;
UPDATE board SET description = 'About ' || lower(name);
ALTER TABLE board ALTER COLUMN description SET NOT NULL;
ALTER TABLE board ALTER COLUMN position TYPE BIGINT;

-- limbeck: downgrade
ALTER TABLE board ALTER COLUMN position TYPE INTEGER;
ALTER TABLE board DROP COLUMN description;
