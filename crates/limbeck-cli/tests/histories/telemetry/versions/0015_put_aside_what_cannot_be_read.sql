-- Put aside what cannot be read
--
-- revision: 0015
-- revises: 0014
-- created: 2024-05-29 11:55:37

-- limbeck: upgrade
CREATE TABLE rejected_reading (
    number BIGINT NOT NULL PRIMARY KEY,
    serial VARCHAR(40) NOT NULL,
    value VARCHAR(40) NOT NULL,
    reason VARCHAR(80) NOT NULL
);

-- limbeck: downgrade
DROP TABLE rejected_reading;
