-- Give threads a slug
--
-- revision: 27000487fbd2
-- revises: c533941390f0
-- created: 2021-08-02 12:13:37

-- limbeck: upgrade
ALTER TABLE thread ADD COLUMN slug VARCHAR(120);

-- limbeck: upgrade (sqlite)
UPDATE thread SET slug = id || '-' || trim(replace(replace(lower(title), '?', ''), ' ', '-'), '-');

-- limbeck: upgrade (postgresql)
UPDATE thread SET slug = id || '-' || trim(both '-' from regexp_replace(lower(title), '[^a-z0-9]+', '-', 'g'));

-- limbeck: upgrade
ALTER TABLE thread ALTER COLUMN slug SET NOT NULL;
ALTER TABLE thread ADD CONSTRAINT uq_thread_slug UNIQUE (slug);

-- limbeck: downgrade
ALTER TABLE thread DROP CONSTRAINT uq_thread_slug;
ALTER TABLE thread DROP COLUMN slug;
