-- Ask the members in polls
--
-- revision: 5c4668433ff6
-- revises: f1aca0d2237c
-- branch labels: polls
-- created: 2022-09-13 16:56:52

-- limbeck: upgrade
CREATE TABLE poll (
    thread_id BIGINT NOT NULL PRIMARY KEY REFERENCES thread (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    votes_each SMALLINT NOT NULL DEFAULT 1
);

CREATE TABLE poll_option (
    thread_id BIGINT NOT NULL REFERENCES poll (thread_id) ON DELETE CASCADE,
    number SMALLINT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (thread_id, number)
);

CREATE TABLE poll_vote (
    thread_id BIGINT NOT NULL,
    number SMALLINT NOT NULL,
    voter_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    PRIMARY KEY (thread_id, number, voter_id),
    CONSTRAINT fk_poll_vote_option FOREIGN KEY (thread_id, number)
        REFERENCES poll_option (thread_id, number) ON DELETE CASCADE ON UPDATE CASCADE
);

INSERT INTO poll (thread_id, question, votes_each) VALUES (1, 'Which board do you read?', 2);
INSERT INTO poll_option (thread_id, number, label) VALUES (1, 1, 'Talk'), (1, 2, 'Gardening'), (1, 3, 'Bees');
INSERT INTO poll_vote (thread_id, number, voter_id) VALUES (1, 2, 2), (1, 3, 3), (1, 1, 3);

-- limbeck: downgrade
DROP TABLE poll_vote;
DROP TABLE poll_option;
DROP TABLE poll;
