-- A music store, with what MariaDB has beyond plain tables.

CREATE SEQUENCE ticket START WITH 100 INCREMENT BY 10 CACHE 20;

CREATE TABLE artist (
    artist_id INT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'never used again',
    name VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    founded YEAR,
    active BOOL NOT NULL DEFAULT TRUE,
    PRIMARY KEY (artist_id),
    UNIQUE KEY artist_name (name(50))
) ENGINE=InnoDB COMMENT='Who plays';

CREATE TABLE album (
    album_id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    title VARCHAR(160) NOT NULL,
    artist_id INT UNSIGNED NOT NULL,
    released DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    changed TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    kind ENUM('studio', 'live', 'it''s a best-of') NOT NULL DEFAULT 'studio',
    tags SET('new', 'sale'),
    notes JSON,
    CONSTRAINT album_artist FOREIGN KEY (artist_id) REFERENCES artist (artist_id) ON DELETE CASCADE,
    KEY by_title (title, album_id DESC),
    FULLTEXT KEY title_text (title)
);

CREATE TABLE genre (
    code CHAR(3) NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL DEFAULT ''
) ENGINE=Aria;

CREATE TABLE track (
    track_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    album_id INT,
    milliseconds INT UNSIGNED NOT NULL CHECK (milliseconds > 0),
    seconds INT UNSIGNED AS (milliseconds DIV 1000) PERSISTENT,
    minutes DECIMAL(10, 2) AS (milliseconds / 60000) VIRTUAL,
    bytes BIGINT UNSIGNED ZEROFILL,
    unit_price DECIMAL(10, 2) NOT NULL DEFAULT 0.99,
    cover MEDIUMBLOB,
    lyrics LONGTEXT,
    token BINARY(16),
    flags BIT(8) DEFAULT b'101',
    weight DOUBLE DEFAULT 1.5,
    identifier UUID DEFAULT uuid(),
    number BIGINT DEFAULT nextval(ticket),
    FOREIGN KEY (album_id) REFERENCES album (album_id) ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT track_price CHECK (unit_price >= 0 AND unit_price < 1000),
    UNIQUE (album_id, name)
) ROW_FORMAT=DYNAMIC;

-- Two tables that need each other.
CREATE TABLE employee (
    employee_id INT NOT NULL PRIMARY KEY,
    last_name VARCHAR(20) NOT NULL,
    reports_to INT,
    office_id INT,
    CONSTRAINT employee_reports_to FOREIGN KEY (reports_to) REFERENCES employee (employee_id)
);
CREATE TABLE office (
    office_id INT NOT NULL PRIMARY KEY,
    head_id INT NOT NULL,
    place POINT,
    CONSTRAINT office_head FOREIGN KEY (head_id) REFERENCES employee (employee_id)
);
ALTER TABLE employee ADD CONSTRAINT employee_office FOREIGN KEY (office_id) REFERENCES office (office_id);

CREATE TABLE invoice (
    invoice_id INT NOT NULL AUTO_INCREMENT,
    invoice_date DATE NOT NULL,
    total DECIMAL(10, 2) NOT NULL DEFAULT 0.00,
    PRIMARY KEY (invoice_id, invoice_date)
) PARTITION BY RANGE (YEAR(invoice_date)) (
    PARTITION p2024 VALUES LESS THAN (2025),
    PARTITION rest VALUES LESS THAN MAXVALUE
);

CREATE VIEW long_track AS
    SELECT t.name, a.title FROM track AS t JOIN album AS a ON a.album_id = t.album_id WHERE t.milliseconds > 600000;
CREATE VIEW cheap_track AS SELECT track_id, name, unit_price FROM track WHERE unit_price < 1 WITH CASCADED CHECK OPTION;
CREATE VIEW long_title (title) AS SELECT title FROM long_track;

CREATE FUNCTION cents(price DECIMAL(10, 2)) RETURNS BIGINT DETERMINISTIC NO SQL RETURN price * 100;

DELIMITER //
CREATE PROCEDURE discount(percentage INT)
BEGIN
    UPDATE track SET unit_price = unit_price * (100 - percentage) / 100;
END //
CREATE TRIGGER track_name BEFORE INSERT ON track FOR EACH ROW
BEGIN
    SET NEW.name = TRIM(NEW.name);
END //
DELIMITER ;
