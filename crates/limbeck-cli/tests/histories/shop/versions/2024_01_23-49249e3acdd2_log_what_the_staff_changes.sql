-- Log what the staff changes
--
-- revision: 49249e3acdd2
-- revises: e9c95161299e
-- created: 2024-01-23 15:06:51

-- limbeck: upgrade (sqlite)
CREATE TABLE audit_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    happened_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    actor VARCHAR(60) NOT NULL,
    detail TEXT NOT NULL CHECK (json_valid(detail))
);

-- limbeck: upgrade (postgresql)
CREATE TABLE audit_log (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    happened_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    actor VARCHAR(60) NOT NULL,
    detail JSONB NOT NULL
);
CREATE INDEX ix_audit_log_detail ON audit_log USING gin (detail jsonb_path_ops);

-- limbeck: upgrade (mysql, mariadb)
CREATE TABLE audit_log (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    happened_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    actor VARCHAR(60) NOT NULL,
    detail JSON NOT NULL
);

-- limbeck: upgrade (postgresql)
INSERT INTO audit_log (happened_at, actor, detail) VALUES
    ('2023-06-01 07:00:00+00', 'system', '{"event": "audit started", "note": "it''s on; really"}');

-- limbeck: upgrade (sqlite, mysql, mariadb)
INSERT INTO audit_log (happened_at, actor, detail) VALUES
    ('2023-06-01 07:00:00', 'system', '{"event": "audit started", "note": "it''s on; really"}');

-- limbeck: downgrade
DROP TABLE audit_log;
