-- Look up tax rates by country and date
--
-- revision: 3d5b99bb22cb
-- revises: 3a783238a717
-- created: 2023-08-25 13:19:36

-- limbeck: upgrade
CREATE TABLE tax_rate (
    country_code CHAR(2) NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    permille SMALLINT NOT NULL,
    PRIMARY KEY (country_code, valid_from),
    CONSTRAINT fk_tax_rate_country FOREIGN KEY (country_code) REFERENCES country (code),
    CONSTRAINT ck_tax_rate_permille CHECK (permille BETWEEN 0 AND 400),
    CONSTRAINT ck_tax_rate_period CHECK (valid_to IS NULL OR valid_to > valid_from)
);

INSERT INTO tax_rate (country_code, valid_from, valid_to, permille) VALUES
    ('AT', '2016-01-01', NULL, 200),
    ('DE', '2007-01-01', '2020-07-01', 190),
    ('DE', '2020-07-01', '2021-01-01', 160),
    ('DE', '2021-01-01', NULL, 190),
    ('FR', '2014-01-01', NULL, 200);

-- limbeck: downgrade
DROP TABLE tax_rate;
