-- Take in what the laboratory has measured
--
-- revision: 0017
-- revises: 0016
-- created: 2024-06-20 15:33:49

-- limbeck: upgrade
INSERT INTO staged_reading (serial, metric_code, recorded_at, value) VALUES
    ('X-0001', 'air', '2024-06-30 12:00:00', '21.5'),
    ('X-0001', 'air', '2024-07-01 00:00:00', '21.25'),
    ('X-0001', 'air', '2024-07-01 00:00:00', '99'),
    ('X-0001', 'air', '2024-07-02 00:00:00', 'n/a; see log'),
    ('Y-0002', 'air', '2024-07-02 00:00:00', '3');

-- limbeck: upgrade (postgresql)
CALL ingest_staged();

-- limbeck: upgrade (mariadb)
SET @taken = 0;
CALL ingest_staged(@taken);

-- limbeck: downgrade
DELETE FROM rejected_reading;
DELETE FROM reading WHERE device_id = 4;
