-- Allow several e-mail addresses for an account
--
-- revision: fe7e63c21db4
-- revises: 6c897dec281d
-- created: 2022-12-05 17:41:30

-- limbeck: upgrade
CREATE TABLE email (
    address VARCHAR(160) NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    is_primary BOOLEAN NOT NULL DEFAULT FALSE,
    verified BOOLEAN NOT NULL DEFAULT FALSE
);

INSERT INTO email (address, account_id, is_primary, verified)
SELECT email, id, TRUE, password_hash <> '' FROM account;
CREATE UNIQUE INDEX uq_email_primary ON email (account_id) WHERE is_primary;

ALTER TABLE account DROP CONSTRAINT uq_user_email;
ALTER TABLE account DROP COLUMN email;

-- limbeck: downgrade
ALTER TABLE account ADD COLUMN email VARCHAR(160);
UPDATE account SET email = email.address FROM email WHERE email.account_id = account.id AND email.is_primary;
ALTER TABLE account ALTER COLUMN email SET NOT NULL;
ALTER TABLE account ADD CONSTRAINT uq_user_email UNIQUE (email);
DROP TABLE email;
