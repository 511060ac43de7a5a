-- Merge tags that differ in case only
--
-- revision: 0e4ac9db006f
-- revises: 51aec8548c1b
-- created: 2023-04-24 15:40:41

-- limbeck: upgrade
CREATE TABLE tag_merge AS
SELECT tag.id AS old_id, kept.id AS new_id
FROM tag
JOIN (SELECT lower(label) AS folded, min(id) AS id FROM tag GROUP BY lower(label)) kept
    ON kept.folded = lower(tag.label)
WHERE tag.id <> kept.id;

INSERT INTO product_tag (product_id, tag_id)
SELECT DISTINCT product_tag.product_id, tag_merge.new_id
FROM product_tag
JOIN tag_merge ON tag_merge.old_id = product_tag.tag_id
WHERE NOT EXISTS (
    SELECT 1 FROM product_tag present
    WHERE present.product_id = product_tag.product_id AND present.tag_id = tag_merge.new_id
);

DELETE FROM product_tag WHERE tag_id IN (SELECT old_id FROM tag_merge);
DELETE FROM tag WHERE id IN (SELECT old_id FROM tag_merge);
DROP TABLE tag_merge;
UPDATE tag SET label = lower(label);
ALTER TABLE tag ADD CONSTRAINT uq_tag_label UNIQUE (label);

-- limbeck: downgrade
ALTER TABLE tag DROP CONSTRAINT uq_tag_label;
