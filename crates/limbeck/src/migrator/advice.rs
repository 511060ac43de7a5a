//! What to do about an error of the database that no script is to blame for. Must not know what was being done.

use crate::dialect::QueryError;

/// The next step, where the kind of error tells it.
pub(super) fn advice(error: &QueryError) -> Option<&'static str> {
    // SQLite has one text for each of its primary result codes ("Result and Error Codes", `sqlite3_errstr`).
    let by_text = match error.message.as_str() {
        "attempt to write a readonly database" => Some(READ_ONLY_FILE),
        "database or disk is full" => Some(FULL),
        "disk I/O error" => {
            Some("see that the disk works and has room, then run the command again")
        }
        "file is not a database" => Some(
            "check that the address leads to an SQLite file; an encrypted one cannot be opened",
        ),
        "database disk image is malformed" => Some(
            "the file is damaged: restore a copy, or save what can be read with `.recover` of sqlite3",
        ),
        text if text.starts_with("cannot VACUUM") => Some(OUTSIDE),
        _ => None,
    };
    // SQLSTATE of PostgreSQL (appendix A of its manual), error numbers of MySQL and MariaDB.
    by_text.or_else(|| match error.code.as_deref()? {
        "42501" | "1044" | "1142" | "1143" | "1227" => {
            Some("let this user do it with GRANT, or take an address with another user")
        }
        "25006" | "1290" | "1836" => Some(
            "the server only reads; take the address of one that writes, or the main one of a cluster",
        ),
        "25001" => Some(OUTSIDE),
        "3F000" => Some("make the schema first, or name another"),
        "53100" | "1021" | "1114" => Some(FULL),
        "53300" | "1040" | "1203" => {
            Some("all connections are taken; run the command again when some have ended")
        }
        _ => None,
    })
}

const READ_ONLY_FILE: &str = "let this user write the file and its directory, where SQLite puts its journal, \
                              and see that the address does not say mode=ro";
const OUTSIDE: &str = "put the line '-- limbeck: no transaction for next statement' above it";
const FULL: &str = "make room, then run the command again";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_permission_is_no_fault_of_the_script() {
        let refused = |code: &str| QueryError {
            message: "permission denied for schema public".to_owned(),
            code: Some(code.to_owned()),
            position: None,
            connection_lost: false,
        };
        assert!(advice(&refused("42501")).is_some_and(|advice| advice.contains("GRANT")));
        assert_eq!(advice(&refused("42P01")), None);
    }
}
