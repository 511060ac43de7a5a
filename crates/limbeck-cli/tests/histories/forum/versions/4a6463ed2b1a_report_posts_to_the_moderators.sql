-- Report posts to the moderators
--
-- revision: 4a6463ed2b1a
-- revises: e68df3f0b7fe
-- created: 2021-10-31 16:07:26

-- limbeck: upgrade
CREATE TABLE report (
    id INTEGER NOT NULL PRIMARY KEY,
    post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    reporter_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    reason VARCHAR(200) NOT NULL,
    closed BOOLEAN NOT NULL DEFAULT FALSE
);

INSERT INTO report (id, post_id, reporter_id, reason, closed) VALUES
    (1, 7, 2, 'Spam', TRUE), (2, 7, 3, 'Spam!', FALSE), (3, 7, 3, 'Still there', FALSE), (4, 8, 3, 'And again', FALSE);

-- limbeck: downgrade
DROP TABLE report;
