-- Award badges
--
-- revision: 07fb87731e89
-- revises: fe7e63c21db4
-- created: 2022-12-13 15:40:21

-- limbeck: upgrade
CREATE TABLE badge (
    code VARCHAR(20) NOT NULL PRIMARY KEY,
    label VARCHAR(60) NOT NULL
);

CREATE TABLE account_badge (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    badge_code VARCHAR(20) NOT NULL REFERENCES badge (code) ON UPDATE CASCADE,
    PRIMARY KEY (account_id, badge_code)
);

INSERT INTO badge (code, label) VALUES ('founder', 'Here from the start'), ('helper', 'Was thanked');
INSERT INTO account_badge (account_id, badge_code)
SELECT id, 'founder' FROM account WHERE joined_at < '2021-06-01 00:00:00'
UNION ALL
SELECT DISTINCT post.author_id, 'helper' FROM reaction JOIN post ON post.id = reaction.post_id WHERE reaction.kind = 'thanks';

-- The rows of account_badge follow by themselves where foreign keys are enforced.
UPDATE badge SET code = 'early-bird' WHERE code = 'founder';
UPDATE account_badge SET badge_code = 'early-bird' WHERE badge_code = 'founder';

-- limbeck: downgrade
DROP TABLE account_badge;
DROP TABLE badge;
