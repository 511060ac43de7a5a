-- Write invoices
--
-- revision: 0790957c58c3
-- revises: ea3fe5eb436f
-- created: 2023-07-12 13:56:03

-- limbeck: upgrade
CREATE TABLE invoice (
    number VARCHAR(16) NOT NULL PRIMARY KEY,
    order_id INTEGER NOT NULL,
    issued_on DATE NOT NULL,
    due_on DATE NOT NULL,
    CONSTRAINT fk_invoice_order FOREIGN KEY (order_id) REFERENCES customer_order (id),
    CONSTRAINT uq_invoice_order UNIQUE (order_id),
    CONSTRAINT ck_invoice_due CHECK (due_on >= issued_on)
);

INSERT INTO invoice (number, order_id, issued_on, due_on) VALUES
    ('2023-0001', 1, '2023-03-01', '2023-03-15'),
    ('2023-0002', 2, '2023-03-02', '2023-03-16');

-- limbeck: downgrade
DROP TABLE invoice;
