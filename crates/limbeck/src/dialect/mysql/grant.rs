//! `GRANT` and `REVOKE` as MySQL and MariaDB write them.

use super::Mysql;
use crate::{
    dialect::{
        DdlError, Dialect,
        ansi::{self, Grammar, routine_word},
    },
    schema::{Grant, GrantTarget, Grantee},
};

/// `GRANT`.
pub(super) fn give(dialect: &Mysql, grant: &Grant) -> Result<String, DdlError> {
    let option = match grant.with_grant_option {
        true => " WITH GRANT OPTION",
        false => "",
    };
    let to = grantee(dialect, grant);
    Ok(format!(
        "GRANT {} TO {to}{option}",
        privileges(dialect, grant)?
    ))
}

/// `REVOKE`.
pub(super) fn take(dialect: &Mysql, grant: &Grant) -> Result<String, DdlError> {
    let from = grantee(dialect, grant);
    Ok(format!(
        "REVOKE {} FROM {from}",
        privileges(dialect, grant)?
    ))
}

/// What is granted, on what.
fn privileges(dialect: &Mysql, grant: &Grant) -> Result<String, DdlError> {
    let on = match &grant.on {
        GrantTarget::DefaultSchema(_) => "*".to_owned(),
        GrantTarget::Schema(name) => format!("{}.*", dialect.quote(name)),
        GrantTarget::Table(name) | GrantTarget::Sequence(name) => dialect.qualified(name),
        GrantTarget::Routine { kind, name, .. } => {
            let word = routine_word(*kind);
            format!("{word} {}", dialect.qualified(name))
        }
        GrantTarget::Type(_) => {
            return Err(DdlError::Unsupported {
                dialect: dialect.name(),
                subject: grant.to_string(),
                feature: "privileges on types",
                advice: "limit the operation to databases that have it",
            });
        }
    };
    Ok(format!("{} ON {on}", ansi::privileges(dialect, grant)))
}

fn grantee(dialect: &Mysql, grant: &Grant) -> String {
    let text = |text: &str| dialect.quoting().text(text);
    match &grant.to {
        Grantee::Public => "PUBLIC".to_owned(),
        Grantee::Role(role) => dialect.quote(role),
        Grantee::Account { user, host } => format!("{}@{}", text(user), text(host)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Identifier, RoutineKind};

    fn written(on: GrantTarget, columns: &[&str], to: Grantee) -> String {
        let grant = Grant {
            on,
            columns: columns.iter().map(|name| Identifier::new(*name)).collect(),
            privileges: vec!["DELETE HISTORY".to_owned(), "GRANT OPTION".to_owned()],
            to,
            with_grant_option: false,
        };
        let dialect = Mysql::mariadb(None);
        let give = give(&dialect, &grant).unwrap();
        let take = take(&dialect, &grant).unwrap();
        assert_eq!(
            give.replace(" TO ", " FROM "),
            take.replace("REVOKE ", "GRANT ")
        );
        give
    }

    #[test]
    fn accounts_roles_and_databases_are_written_their_own_way() {
        let account = Grantee::Account {
            user: "o'neill".to_owned(),
            host: "%".to_owned(),
        };
        let table = || GrantTarget::Table("book".into());
        assert_eq!(
            written(table(), &["id", "key"], account),
            "GRANT DELETE HISTORY (id, `key`), GRANT OPTION (id, `key`) ON book TO 'o''neill'@'%'"
        );
        assert_eq!(
            written(GrantTarget::DefaultSchema(None), &[], Grantee::Public),
            "GRANT DELETE HISTORY, GRANT OPTION ON * TO PUBLIC"
        );
        let role = || Grantee::Role("reader".into());
        assert_eq!(
            written(GrantTarget::Schema("Shop".into()), &[], role()),
            "GRANT DELETE HISTORY, GRANT OPTION ON `Shop`.* TO reader"
        );
        let routine = GrantTarget::Routine {
            kind: RoutineKind::Function,
            name: "f".into(),
            signature: None,
        };
        assert_eq!(
            written(routine, &[], role()),
            "GRANT DELETE HISTORY, GRANT OPTION ON FUNCTION f TO reader"
        );
    }
}
