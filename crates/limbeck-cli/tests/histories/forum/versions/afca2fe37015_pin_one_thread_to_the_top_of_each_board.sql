-- Pin one thread to the top of each board
--
-- revision: afca2fe37015
-- revises: fe6f43ea27dd
-- created: 2023-01-08 13:54:37

-- limbeck: upgrade
ALTER TABLE thread ADD COLUMN pinned BOOLEAN NOT NULL DEFAULT FALSE;
CREATE UNIQUE INDEX uq_thread_pinned ON thread (board_id) WHERE pinned;
UPDATE thread SET pinned = TRUE WHERE id = 1;

-- limbeck: downgrade
DROP INDEX uq_thread_pinned;
ALTER TABLE thread DROP COLUMN pinned;
