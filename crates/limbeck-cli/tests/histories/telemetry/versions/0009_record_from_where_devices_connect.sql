-- Record from where devices connect
--
-- revision: 0009
-- revises: 0008
-- created: 2024-03-27 14:44:55

-- limbeck: upgrade
CREATE TABLE device_session (
    device_id INTEGER NOT NULL,
    connected_at TIMESTAMP NOT NULL,
    address VARCHAR(45) NOT NULL,
    PRIMARY KEY (device_id, connected_at),
    CONSTRAINT fk_device_session_device FOREIGN KEY (device_id) REFERENCES device (id) ON DELETE CASCADE
);

INSERT INTO device_session (device_id, connected_at, address) VALUES
    (1, '2024-01-01 05:59:00', '192.0.2.17'), (1, '2024-02-01 05:59:00', '192.0.2.17'), (3, '2024-02-15 10:00:00', '2001:db8::1');

-- limbeck: downgrade
DROP TABLE device_session;
