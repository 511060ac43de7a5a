-- Number the batches of readings
--
-- revision: 0031
-- revises: 0030
-- created: 2024-11-26 16:56:45

-- limbeck: upgrade
CREATE SEQUENCE batch_number START WITH 1000 INCREMENT BY 10;

-- limbeck: upgrade (postgresql)
CREATE TABLE batch (
    number BIGINT NOT NULL DEFAULT nextval('batch_number') PRIMARY KEY,
    site_code VARCHAR(8) NOT NULL REFERENCES site (code) ON UPDATE CASCADE,
    detail JSONB NOT NULL DEFAULT '{}',
    tags TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[]
);
ALTER SEQUENCE batch_number OWNED BY batch.number;
CREATE INDEX ix_batch_tags ON batch USING gin (tags);
INSERT INTO batch (site_code, detail, tags) VALUES
    ('HAM', '{"operator": "k''m", "files": ["a;b.csv"]}', '{"night","re-run"}'), ('OSL', '{}', '{}');

-- limbeck: upgrade (mariadb)
CREATE TABLE batch (
    number BIGINT NOT NULL DEFAULT nextval(batch_number) PRIMARY KEY,
    site_code VARCHAR(8) NOT NULL,
    detail JSON NOT NULL DEFAULT '{}',
    tags VARCHAR(200) NOT NULL DEFAULT '',
    CONSTRAINT fk_batch_site FOREIGN KEY (site_code) REFERENCES site (code) ON UPDATE CASCADE
);
INSERT INTO batch (site_code, detail, tags) VALUES
    ('HAM', '{"operator": "k\'m", "files": ["a;b.csv"]}', 'night,re-run'), ('OSL', '{}', '');

-- limbeck: downgrade
DROP TABLE batch;

-- The sequence belongs to the table on PostgreSQL and went with it.
-- limbeck: downgrade (mariadb)
DROP SEQUENCE batch_number;
