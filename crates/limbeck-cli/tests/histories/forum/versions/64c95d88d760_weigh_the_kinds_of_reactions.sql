-- Weigh the kinds of reactions
--
-- revision: 64c95d88d760
-- revises: 2b6f8b52931a
-- created: 2022-05-03 10:27:12

-- limbeck: upgrade
CREATE TABLE reaction_kind (
    code VARCHAR(10) NOT NULL PRIMARY KEY,
    emoji VARCHAR(8) NOT NULL,
    weight INTEGER NOT NULL
);

INSERT INTO reaction_kind (code, emoji, weight) VALUES ('like', '👍', 1), ('thanks', '🙏', 3), ('dislike', '👎', -1);
UPDATE reaction SET kind = lower(kind);
ALTER TABLE reaction ADD CONSTRAINT fk_reaction_kind FOREIGN KEY (kind) REFERENCES reaction_kind (code);

-- limbeck: downgrade
ALTER TABLE reaction DROP CONSTRAINT fk_reaction_kind;
DROP TABLE reaction_kind;
