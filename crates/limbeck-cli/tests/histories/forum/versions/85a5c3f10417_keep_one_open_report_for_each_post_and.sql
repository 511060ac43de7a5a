-- Keep one open report for each post and reporter
--
-- revision: 85a5c3f10417
-- revises: 4a6463ed2b1a
-- created: 2021-11-10 17:53:24

-- limbeck: upgrade
-- Of several open reports the first one stays.
DELETE FROM report
WHERE NOT closed AND EXISTS (
    SELECT 1 FROM report earlier
    WHERE earlier.post_id = report.post_id AND earlier.reporter_id = report.reporter_id
      AND NOT earlier.closed AND earlier.id < report.id
);
CREATE UNIQUE INDEX uq_report_open ON report (post_id, reporter_id) WHERE NOT closed;

-- limbeck: downgrade
DROP INDEX uq_report_open;
