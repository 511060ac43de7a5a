//! What becomes of a statement of a model: most build the schema, some have nothing to do with it, and a few would reach
//! beyond the scratch place.

use crate::{dialect::DialectName, migrate::session::literal::words};

/// What becomes of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is run.
    Run,
    /// It is left out: it is about rows, locks or transactions.
    Skip,
    /// It would change more than the scratch place, for the reason given.
    Refuse(&'static str),
}

/// Looks at the words that a statement begins with.
pub(super) fn of(sql: &str, dialect: DialectName) -> Fate {
    let mysql = matches!(dialect, DialectName::Mysql | DialectName::Mariadb);
    let run = sql.trim_start();
    let run = run
        .strip_prefix("/*!")
        .or_else(|| run.strip_prefix("/*M!"))
        .map_or(run, |inside| {
            inside.trim_start_matches(|one: char| one.is_ascii_digit())
        });
    let mut words = words(run).map(str::to_ascii_uppercase);
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    match (first.as_str(), second.as_str()) {
        (
            "BEGIN" | "START" | "COMMIT" | "END" | "ROLLBACK" | "ABORT" | "SAVEPOINT" | "RELEASE"
            | "INSERT" | "UPDATE" | "DELETE" | "REPLACE" | "MERGE" | "TRUNCATE" | "COPY" | "LOCK"
            | "UNLOCK" | "VACUUM" | "ANALYZE" | "REINDEX" | "OPTIMIZE",
            _,
        ) => Fate::Skip,
        ("ATTACH" | "DETACH", _) if dialect == DialectName::Sqlite => {
            Fate::Refuse("a model creates the objects of one database")
        }
        ("GRANT" | "REVOKE" | "FLUSH", _) if mysql => Fate::Skip,
        ("CREATE" | "ALTER" | "DROP" | "RENAME", "USER" | "ROLE" | "SERVER" | "TABLESPACE")
        | ("INSTALL" | "UNINSTALL" | "SHUTDOWN" | "KILL" | "PURGE" | "RESET" | "CHANGE", _)
        | ("SET", "GLOBAL" | "PASSWORD" | "PERSIST")
            if mysql =>
        {
            Fate::Refuse("it changes the whole server, and cannot be taken back")
        }
        ("ALTER" | "DROP", "DATABASE" | "SCHEMA") if mysql => {
            Fate::Refuse("it changes a whole database, and cannot be taken back")
        }
        _ => Fate::Run,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_left_out_and_what_reaches_further_is_refused() {
        let mysql = |sql| of(sql, DialectName::Mariadb);
        assert_eq!(mysql("LOCK TABLES `t` WRITE"), Fate::Skip);
        assert_eq!(mysql("DROP TABLE IF EXISTS `t`"), Fate::Run);
        assert!(matches!(
            mysql("/*!40000 DROP DATABASE IF EXISTS `shop`*/"),
            Fate::Refuse(_)
        ));
        assert!(matches!(mysql("SET GLOBAL x = 1"), Fate::Refuse(_)));
        assert_eq!(
            of("-- rows\nINSERT INTO t VALUES (1)", DialectName::Sqlite),
            Fate::Skip
        );
        assert_eq!(of("COMMIT", DialectName::Postgresql), Fate::Skip);
        assert_eq!(of("CREATE TABLE t (x)", DialectName::Sqlite), Fate::Run);
        assert!(matches!(
            of("ATTACH 'x' AS y", DialectName::Sqlite),
            Fate::Refuse(_)
        ));
    }
}
