use super::*;
use DialectName::{Generic, Mariadb, Mysql, Postgresql, Sqlite};

/// The statements, one per line, with line ends inside them shown as `⏎`.
fn show(text: &str, dialect: DialectName) -> String {
    match split(text, dialect) {
        Ok(statements) => statements
            .iter()
            .map(|statement| {
                format!(
                    "{} {}",
                    statement.position,
                    statement.sql.replace('\n', "⏎")
                )
            })
            .collect::<Vec<_>>()
            .join("\n"),
        Err(error) => format!("error {error}"),
    }
}

fn count(text: &str, dialect: DialectName) -> usize {
    split(text, dialect)
        .unwrap_or_else(|error| panic!("{error}: {text}"))
        .len()
}

#[test]
fn statements_lose_their_terminator_and_the_comments_around_them() {
    insta::assert_snapshot!(show(
        "-- first\r\nSELECT 1 /* kept */ + 1 -- dropped\r\n;; /* x */\r\n  SELECT 2",
        Sqlite
    ), @r#"
    2:1 SELECT 1 /* kept */ + 1
    4:3 SELECT 2
    "#);
}

#[test]
fn quotes_hide_semicolons() {
    assert_eq!(count("SELECT ';', \";\", `;`, [;]; SELECT 1", Sqlite), 2);
    assert_eq!(count("SELECT 'it''s;'; SELECT 1", Generic), 2);
    assert_eq!(count(r"SELECT 'a\';', `;`; SELECT 1", Mysql), 2);
    assert_eq!(count(r#"SELECT "a\";"; SELECT 1"#, Mariadb), 2);
    assert_eq!(
        count(r"SELECT E'a\';', U&'\;', x'00', 'a\'; SELECT 1", Postgresql),
        2
    );
    assert_eq!(count("SELECT E'a'\n  'b\\';'; SELECT 1", Postgresql), 2);
    assert_eq!(count("SELECT 'a\\'; SELECT 1", Sqlite), 2);
}

#[test]
fn dollar_quotes_end_with_their_own_tag() {
    assert_eq!(count("DO $$ BEGIN; $a$ ; $$; SELECT 1", Postgresql), 2);
    assert_eq!(
        count("SELECT $a$ ; $$ ; $b$ $a$; SELECT $1, a$b$c", Postgresql),
        2
    );
    assert_eq!(count("SELECT $é$;$é$; SELECT 1", Postgresql), 2);
}

#[test]
fn comments_nest_on_postgresql_only() {
    assert_eq!(
        count("/* a /* b; */ c; */ SELECT 1; SELECT 2", Postgresql),
        2
    );
    insta::assert_snapshot!(show("/* a /* b; */ SELECT 1; SELECT 2", Sqlite), @r#"
    1:15 SELECT 1
    1:25 SELECT 2
    "#);
    assert_eq!(
        count("SELECT 1 # a;\n; SELECT 5--1; SELECT 2 -- a;", Mysql),
        3
    );
}

#[test]
fn executable_comments_are_statements_of_mysql() {
    insta::assert_snapshot!(show(
        "/*!40101 SET NAMES utf8 */;\n/*!50003 CREATE*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET @x = '*/;' */;\n/* no */;",
        Mysql
    ), @r#"
    1:1 /*!40101 SET NAMES utf8 */
    2:1 /*!50003 CREATE*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET @x = '*/;' */
    "#);
}

#[test]
fn sqlite_triggers_end_with_end() {
    insta::assert_snapshot!(show(
        "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN\n  SELECT CASE WHEN 1 THEN 2 END;\n  DELETE FROM b;\nEND;\nSELECT 1;",
        Sqlite
    ), @r#"
    1:1 CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN⏎  SELECT CASE WHEN 1 THEN 2 END;⏎  DELETE FROM b;⏎END
    5:1 SELECT 1
    "#);
    assert_eq!(
        count(
            "CREATE TABLE trigger_log (a); INSERT INTO b VALUES (1)",
            Sqlite
        ),
        2
    );
    assert_eq!(
        count(
            "EXPLAIN CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END",
            Sqlite
        ),
        1
    );
    assert_eq!(count("BEGIN; SELECT 1; END;", Sqlite), 3);
}

#[test]
fn postgresql_bodies_are_counted_as_psql_counts_them() {
    insta::assert_snapshot!(show(
        "CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE SQL BEGIN ATOMIC\n SELECT CASE WHEN a > 0 THEN 1 ELSE 2 END;\n SELECT 2;\nEND;\nSELECT 1;",
        Postgresql
    ), @r#"
    1:1 CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE SQL BEGIN ATOMIC⏎ SELECT CASE WHEN a > 0 THEN 1 ELSE 2 END;⏎ SELECT 2;⏎END
    5:1 SELECT 1
    "#);
    assert_eq!(
        count(
            "CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); DELETE FROM b); SELECT 1",
            Postgresql
        ),
        2
    );
    assert_eq!(count("BEGIN; SELECT 1; END;", Postgresql), 3);
    assert_eq!(
        count(
            "CREATE TABLE begin_log (begin int, atomic int); SELECT 1",
            Postgresql
        ),
        2
    );
}

#[test]
fn compound_statements_need_no_delimiter() {
    let procedure = "CREATE DEFINER=`root`@`localhost` PROCEDURE IF NOT EXISTS p(IN a INT, OUT b DECIMAL(10,2))\n\
        READS SQL DATA\nBEGIN\n  DECLARE done INT DEFAULT 0;\n  DECLARE c CURSOR FOR SELECT start, end FROM spans;\n\
        DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = 1;\n  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;\n\
        outer_loop: LOOP\n    FETCH c INTO a;\n    IF done THEN LEAVE outer_loop; ELSEIF a > 1 THEN SET b = IF(a, 1, 2); ELSE SET b = 3; END IF;\n\
        CASE a WHEN 1 THEN SELECT CASE WHEN b THEN 1 END; ELSE BEGIN END; END CASE;\n\
        WHILE a > 0 DO SET a = a - 1; END WHILE;\n    REPEAT SET a = REPEAT('x', 2); UNTIL a > 3 END REPEAT;\n  END LOOP outer_loop;\nEND;\n";
    for dialect in [Mysql, Mariadb] {
        assert_eq!(count(&format!("{procedure}SELECT 1;"), dialect), 2);
        assert_eq!(
            count(
                "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW FOLLOWS s BEGIN SET NEW.x = 1; END; SELECT 1",
                dialect
            ),
            2
        );
        assert_eq!(
            count(
                "CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW IF NEW.x IS NULL THEN SET NEW.x = 1; END IF; SELECT 1",
                dialect
            ),
            2
        );
        assert_eq!(
            count(
                "CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW SET NEW.x = IF(NEW.y, 1, 2); SELECT 1",
                dialect
            ),
            2
        );
        assert_eq!(
            count(
                "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM a; DELETE FROM b; END; SELECT 1",
                dialect
            ),
            2
        );
        assert_eq!(
            count(
                "CREATE FUNCTION f(a INT) RETURNS SET('a','b') DETERMINISTIC RETURN a; SELECT 1",
                dialect
            ),
            2
        );
        assert_eq!(
            count(
                "CREATE FUNCTION f() RETURNS INT l: BEGIN RETURN 1; END l; SELECT 1",
                dialect
            ),
            2
        );
        assert_eq!(count("CREATE PROCEDURE p() SELECT 1; SELECT 2", dialect), 2);
        assert_eq!(
            count(
                "BEGIN; INSERT INTO a VALUES (1); COMMIT; CREATE TABLE event (begin INT, end INT); SELECT end FROM event",
                dialect
            ),
            5
        );
    }
    assert_eq!(
        count(
            "BEGIN NOT ATOMIC SELECT 1; FOR i IN 1..3 DO SELECT i; END FOR; END; SELECT 1",
            Mariadb
        ),
        2
    );
}

#[test]
fn delimiter_works_as_in_the_mysql_client() {
    insta::assert_snapshot!(show(
        "DELIMITER $$\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN\n SET @a = '$$';\nEND$$\nSELECT 1; SELECT 2 $$\ndelimiter ;\nSELECT 3;",
        Mariadb
    ), @r#"
    2:1 CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN⏎ SET @a = '$$';⏎END
    5:1 SELECT 1; SELECT 2
    7:1 SELECT 3
    "#);
    insta::assert_snapshot!(show("DELIMITER\nSELECT 1", Mysql), @"error 1:1: DELIMITER needs the new delimiter on the same line, without a backslash");
    insta::assert_snapshot!(show("DELIMITER //\nSELECT 1\nDELIMITER ;\nSELECT 2;", Mysql), @"error 2:1: the statement that begins here is not ended by '//' before the next DELIMITER");
    assert_eq!(
        count(
            "SELECT delimiter FROM t; CREATE TABLE t (\n  delimiter INT)",
            Mysql
        ),
        2
    );
}

#[test]
fn what_never_ends_is_reported_where_it_began() {
    let cases = [
        ("SELECT 1;\n SELECT 'abc", Sqlite),
        ("SELECT [abc", Sqlite),
        ("SELECT \"abc", Postgresql),
        ("SELECT 1; /* abc", Mysql),
        ("/*!50003 abc 'x */'", Mysql),
        ("/* a /* b */", Postgresql),
        ("DO $x$ BEGIN $y$", Postgresql),
        (
            "SELECT 1;\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;",
            Sqlite,
        ),
        ("CREATE PROCEDURE p() BEGIN IF a THEN SELECT 1; END", Mysql),
        (
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;",
            Postgresql,
        ),
        ("SELECT (1;\nSELECT 2", Postgresql),
        ("SELECT 1;\n\0", Sqlite),
    ];
    let all: Vec<String> = cases
        .iter()
        .map(|(text, dialect)| show(text, *dialect))
        .collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    error 2:9: a string begins here and never ends; add the closing quote
    error 1:8: a quoted identifier begins here and never ends; add the closing quote
    error 1:8: a quoted identifier begins here and never ends; add the closing quote
    error 1:11: a comment begins here and never ends; add the closing '*/'
    error 1:1: a comment begins here and never ends; add the closing '*/'
    error 1:1: a comment begins here and never ends; add the closing '*/'
    error 1:4: a dollar-quoted string begins here and never ends; add the closing dollar tag
    error 2:1: the statement that begins here has a body that never ends; '; END;' is missing
    error 1:1: the statement that begins here has a body that never ends; 'END' is missing
    error 1:1: the statement that begins here has a body that never ends; 'END' of BEGIN ATOMIC is missing
    error 1:8: this parenthesis is never closed, so the statement never ends
    error 2:1: NUL byte: databases stop reading here; remove it
    "#);
}

#[test]
fn commands_of_the_clients_are_refused() {
    let cases = [
        ("SELECT 1;\n\\copy t from 'f'\n", Postgresql),
        ("SELECT 1 \\g\n", Postgresql),
        (
            "COPY public.t (a, b) FROM stdin WITH (FORMAT csv);\n1\t'2\n\\.\n",
            Postgresql,
        ),
        ("COPY (SELECT 1) TO STDOUT;", Postgresql),
        (".read other.sql\n", Sqlite),
    ];
    let all: Vec<String> = cases
        .iter()
        .map(|(text, dialect)| show(text, *dialect))
        .collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    error 2:1: '\copy' is a command of psql, not SQL; write the statement itself, or run the command outside the migration
    error 1:10: '\g' is a command of psql, not SQL; write the statement itself, or run the command outside the migration
    error 1:1: COPY FROM STDIN moves rows through psql; write INSERT statements, or COPY to or from a file of the server
    error 1:1: COPY TO STDOUT moves rows through psql; write INSERT statements, or COPY to or from a file of the server
    error 1:1: '.read' is a command of the sqlite3 shell, not SQL; write the statement itself, or run the command outside the migration
    "#);
    assert_eq!(
        count("COPY t FROM '/tmp/stdin'; SELECT '\\copy'", Postgresql),
        2
    );
}

#[test]
fn a_delimiter_of_the_script_hides_semicolons_on_every_database() {
    let text = "CREATE PROCEDURE odd() BEGIN END END; x //\nSELECT '//' //";
    for dialect in DialectName::ALL {
        let options = SplitOptions {
            delimiter: Some("//"),
            ..SplitOptions::new(dialect)
        };
        assert_eq!(split_with(text, &options).unwrap().len(), 2, "{dialect}");
    }
}

mod laws;
