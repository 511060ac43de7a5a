//! MariaDB.

use limbeck::migrate::Session;
use limbeck_testing::TestDatabase;
use sqlx::mysql::MySqlConnectOptions;

use crate::build::{reads_the_same, run, sql};

pub(crate) async fn session(database: &TestDatabase) -> Session<'static> {
    let options: MySqlConnectOptions = database.url.parse().unwrap();
    Session::connect(options).await.unwrap()
}

const RICH: &[&str] = &[
    "CREATE SEQUENCE counter START WITH 5 INCREMENT BY 5 MINVALUE 5 MAXVALUE 500 CACHE 10 CYCLE",
    "CREATE FUNCTION add_one(a int(11), b varchar(10)) RETURNS int(11) DETERMINISTIC SQL SECURITY INVOKER COMMENT 'it''s' RETURN a + 1",
    "CREATE PROCEDURE nothing(IN a int, OUT b decimal(10,2)) READS SQL DATA BEGIN SET b = a; END",
    "CREATE TABLE author (id integer NOT NULL AUTO_INCREMENT, name varchar(40) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s', \
     born date, mood enum('sad', 'it''s ok') DEFAULT 'sad', flags set('a', 'b'), doc json, small tinyint(1) unsigned zerofill, \
     made timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(), stamp timestamp(6) NULL, day datetime(3) DEFAULT NULL, \
     u uuid DEFAULT uuid(), b bit(3) DEFAULT b'101', raw varbinary(16), bl longblob, text_ mediumtext COMMENT 'long ''one''', n double(10,2), \
     f float, price decimal(10,2) DEFAULT -1.50, twice decimal(12,2) GENERATED ALWAYS AS (price * 2) VIRTUAL, \
     kept int GENERATED ALWAYS AS (id_2 + 1) STORED, id_2 int CHECK (id_2 > 0), place point NOT NULL, year_ year, t time, \
     PRIMARY KEY (id), UNIQUE KEY uq_name (name, born), KEY by_text (text_(10)), FULLTEXT KEY full_text (text_), SPATIAL KEY sp (place), \
     KEY down (price DESC) COMMENT 'down', CONSTRAINT ck CHECK (price < 100)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci \
     ROW_FORMAT=DYNAMIC COMMENT='who''s who'",
    "CREATE TABLE book (id bigint unsigned NOT NULL, no int NOT NULL, author_id int, other int, PRIMARY KEY (id, no), \
     CONSTRAINT fk_author FOREIGN KEY (author_id) REFERENCES author (id) ON DELETE SET NULL ON UPDATE CASCADE, \
     CONSTRAINT fk_book FOREIGN KEY (id, no) REFERENCES book (id, no) ON DELETE NO ACTION)",
    "CREATE TABLE parts (id int NOT NULL, PRIMARY KEY (id)) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE)",
    "CREATE VIEW cheap AS SELECT id, name, 'author' AS kind FROM author WHERE price < 10 WITH CASCADED CHECK OPTION",
    "CREATE SQL SECURITY INVOKER VIEW dearer AS SELECT a.id FROM author a JOIN book b ON b.author_id = a.id",
    "CREATE TRIGGER touched BEFORE UPDATE ON author FOR EACH ROW SET NEW.born = NULL",
];

#[tokio::test]
async fn a_rich_schema_is_read_and_built_again() {
    let (Some(first), Some(second)) = (
        limbeck_testing::mariadb().await,
        limbeck_testing::mariadb().await,
    ) else {
        return;
    };
    let mut full = session(&first).await;
    run(&mut full, RICH).await;
    let mut empty = session(&second).await;
    let database = reads_the_same(&mut full, &mut empty).await;
    insta::assert_snapshot!(sql(&empty, &database), @r"
    CREATE SEQUENCE counter INCREMENT BY 5 MINVALUE 5 MAXVALUE 500 CACHE 10 CYCLE;
    CREATE TABLE author (
        id INTEGER(11) NOT NULL AUTO_INCREMENT,
        name VARCHAR(40) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s',
        born DATE,
        mood ENUM('sad','it''s ok') DEFAULT 'sad',
        flags SET('a','b'),
        doc LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin CHECK (json_valid(`doc`)),
        small TINYINT(1) UNSIGNED ZEROFILL,
        made TIMESTAMP NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
        stamp TIMESTAMP(6) NULL,
        day DATETIME(3),
        u UUID DEFAULT (uuid()),
        b BIT(3) DEFAULT (b'101'),
        raw VARBINARY(16),
        bl LONGBLOB,
        text_ MEDIUMTEXT COMMENT 'long ''one''',
        n DOUBLE(10, 2),
        f FLOAT,
        price DECIMAL(10, 2) DEFAULT (-1.50),
        twice DECIMAL(12, 2) GENERATED ALWAYS AS (`price` * 2) VIRTUAL,
        kept INTEGER(11) GENERATED ALWAYS AS (`id_2` + 1) STORED,
        id_2 INTEGER(11) CHECK (`id_2` > 0),
        place POINT NOT NULL,
        year_ YEAR(4),
        t TIME,
        PRIMARY KEY (id),
        CONSTRAINT ck CHECK (`price` < 100)
    )ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 ROW_FORMAT=DYNAMIC COMMENT='who''s who' COLLATE utf8mb4_general_ci;
    CREATE INDEX by_text ON author (text_(10));
    CREATE INDEX down ON author (price DESC) COMMENT 'down';
    CREATE FULLTEXT INDEX full_text ON author (text_);
    CREATE SPATIAL INDEX sp ON author (place);
    CREATE UNIQUE INDEX uq_name ON author (name, born);
    CREATE TABLE book (
        id BIGINT(20) UNSIGNED NOT NULL,
        no INTEGER(11) NOT NULL,
        author_id INTEGER(11),
        other INTEGER(11),
        PRIMARY KEY (id, no),
        CONSTRAINT fk_author FOREIGN KEY(author_id) REFERENCES author (id) ON DELETE SET NULL ON UPDATE CASCADE,
        CONSTRAINT fk_book FOREIGN KEY(id, no) REFERENCES book (id, no) ON DELETE NO ACTION
    )ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_general_ci;
    CREATE TABLE parts (
        id INTEGER(11) NOT NULL,
        PRIMARY KEY (id)
    )ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_general_ci PARTITION BY RANGE (`id`)
    (PARTITION `p0` VALUES LESS THAN (10) ENGINE = InnoDB,
     PARTITION `p1` VALUES LESS THAN MAXVALUE ENGINE = InnoDB);
    CREATE FUNCTION add_one(a int(11), b varchar(10)) RETURNS int(11) DETERMINISTIC SQL SECURITY INVOKER COMMENT 'it''s' RETURN a + 1;
    CREATE PROCEDURE nothing(IN a int(11), OUT b decimal(10,2)) READS SQL DATA BEGIN SET b = a; END;
    CREATE VIEW cheap AS select `author`.`id` AS `id`,`author`.`name` AS `name`,'author' AS `kind` from `author` where `author`.`price` < 10 WITH CASCADED CHECK OPTION;
    CREATE SQL SECURITY INVOKER VIEW dearer AS select `a`.`id` AS `id` from (`author` `a` join `book` `b` on(`b`.`author_id` = `a`.`id`));
    CREATE TRIGGER touched BEFORE UPDATE ON author FOR EACH ROW SET NEW.born = NULL
    ");
}
