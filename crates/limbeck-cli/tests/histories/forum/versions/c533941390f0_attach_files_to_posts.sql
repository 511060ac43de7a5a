-- Attach files to posts
--
-- revision: c533941390f0
-- revises: 93d95a5407d9
-- created: 2021-07-26 18:38:14

-- limbeck: upgrade
CREATE TABLE attachment (
    id INTEGER NOT NULL PRIMARY KEY,
    post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    file_name VARCHAR(200) NOT NULL,
    media_type VARCHAR(80) NOT NULL DEFAULT 'application/octet-stream',
    size_bytes BIGINT NOT NULL CHECK (size_bytes BETWEEN 0 AND 10485760)
);

CREATE INDEX ix_attachment_post_id ON attachment (post_id);

INSERT INTO attachment (id, post_id, file_name, media_type, size_bytes) VALUES
    (1, 6, 'swarm.jpg', 'image/jpeg', 482113), (2, 6, 'tree "old".png', 'image/png', 99120);

-- limbeck: downgrade
DROP TABLE attachment;
