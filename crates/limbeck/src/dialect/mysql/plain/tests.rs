//! Statements that are read, and those that are not.

use super::*;
use crate::dialect::Dialect;

fn maria() -> Mysql {
    Mysql::mariadb(None).with_usual(Usual {
        engine: "InnoDB".to_owned(),
        collation: "utf8mb4_general_ci".to_owned(),
    })
}

fn read_table(sql: &str) -> Table {
    match maria().plain(sql) {
        Some(Plain::Table(table)) => *table,
        other => panic!("{other:?} of {sql}"),
    }
}

/// As the server tells the table.
const TABLE: &str = "CREATE TABLE `item` (\n  `id` int(11) NOT NULL AUTO_INCREMENT,\n  `name` varchar(20) NOT NULL DEFAULT 'x' \
     COMMENT 'who',\n  `owner` int(11) DEFAULT NULL,\n  `seen` datetime DEFAULT current_timestamp(),\n  PRIMARY KEY (`id`),\n  \
     UNIQUE KEY `name` (`name`),\n  CONSTRAINT `item_ibfk_1` FOREIGN KEY (`owner`) REFERENCES `owner` (`id`) ON DELETE CASCADE\n) \
     ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci COMMENT='things'";

/// As a person writes it.
const WRITTEN: &str = "create table item (id integer auto_increment primary key, name varchar(20) not null default 'x' comment 'who' unique, \
     owner int, seen datetime default CURRENT_TIMESTAMP, foreign key (owner) references owner (id) on delete cascade) comment 'things'";

#[test]
fn spellings_of_one_table_state_the_same() {
    let mut actual = read_table(TABLE);
    // The server makes it for the foreign key.
    let of_key = Index::new("owner", ["owner"]);
    actual.indexes.push(of_key);
    let stated = read_table(WRITTEN);
    assert!(maria().states(&stated, &actual));
    assert!(maria().states(&read_table(TABLE), &actual));
    for (from, to) in [
        ("varchar(20)", "varchar(21)"),
        ("not null default", "default"),
        ("'x'", "'y'"),
        ("'who'", "'what'"),
        (" unique", ""),
        ("owner int", "owner int unsigned"),
        ("owner int", "owner bigint"),
        ("auto_increment", ""),
        ("on delete cascade", "on delete set null"),
        ("comment 'things'", ""),
        ("comment 'things'", "comment 'things' engine = Aria"),
        ("comment 'things'", "comment 'things' collate utf8mb4_bin"),
        ("foreign key", "unique (owner), foreign key"),
        ("foreign key", "key other (owner), foreign key"),
    ] {
        assert!(WRITTEN.contains(from), "{from}");
        let other = WRITTEN.replacen(from, to, 1);
        assert!(!maria().states(&read_table(&other), &actual), "{other}");
    }
    // What a table has and no statement says.
    actual.indexes.push(Index::new("by_name", ["name"]));
    assert!(!maria().states(&stated, &actual));
    let Some(Plain::Index(of, index)) = maria().plain("CREATE INDEX by_name ON item (name)") else {
        panic!("not read");
    };
    let mut with = stated.clone();
    assert_eq!(of, with.name);
    with.indexes.push(*index);
    assert!(maria().states(&with, &actual));
}

#[test]
fn what_is_not_known_for_certain_is_the_servers() {
    for sql in [
        "CREATE TABLE IF NOT EXISTS t (a int)",
        "CREATE TEMPORARY TABLE t (a int)",
        "CREATE TABLE shop.t (a int)",
        "CREATE TABLE t (a int) DEFAULT CHARSET=latin1",
        "CREATE TABLE t (a int) ROW_FORMAT=COMPRESSED",
        "CREATE TABLE t (a int) AS SELECT 1",
        "CREATE TABLE t LIKE u",
        "CREATE TABLE t (a timestamp)",
        "CREATE TABLE t (a json)",
        "CREATE TABLE t (a serial)",
        "CREATE TABLE t (a varchar(9) collate utf8mb4_bin)",
        "CREATE TABLE t (a text(99))",
        "CREATE TABLE t (a int default -1)",
        "CREATE TABLE t (a varchar(9) default 'it''s')",
        "CREATE TABLE t (a varchar(9) default \"x\")",
        "CREATE TABLE t (a int, check (a > 0))",
        "CREATE TABLE t (a int references u (a))",
        "CREATE TABLE t (a int, foreign key (a) references u (a) on delete restrict)",
        "CREATE TABLE t (a varchar(9), key k (a(3)))",
        "CREATE TABLE t (a int, key k (a desc))",
        "CREATE TABLE t (a int /*!50000 unsigned */)",
        "CREATE INDEX i ON t (a(3))",
        "CREATE FULLTEXT INDEX i ON t (a)",
    ] {
        assert_eq!(maria().plain(sql), None, "{sql}");
    }
    let table = "CREATE TABLE t (a int)";
    assert!(maria().plain(table).is_some());
    assert_eq!(Mysql::mariadb(None).plain(table), None);
}
