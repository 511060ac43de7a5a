-- React to posts
--
-- revision: 2b6f8b52931a
-- revises: c723542e5720
-- branch labels: reactions
-- created: 2022-04-23 14:41:50

-- limbeck: upgrade
CREATE TABLE reaction (
    post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    kind VARCHAR(10) NOT NULL,
    PRIMARY KEY (post_id, user_id)
);

INSERT INTO reaction (post_id, user_id, kind) VALUES
    (4, 2, 'thanks'), (1, 2, 'Like'), (1, 3, 'like'), (7, 2, 'dislike'), (6, 1, 'LIKE');

-- limbeck: downgrade
DROP TABLE reaction;
