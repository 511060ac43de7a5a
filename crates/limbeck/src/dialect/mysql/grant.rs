//! `GRANT` and `REVOKE` as MySQL and MariaDB write them.

use super::Mysql;
use crate::{
    dialect::{DdlError, Dialect, ansi::Grammar},
    schema::{Grant, GrantTarget, Grantee, RoutineKind},
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
    let columns: Vec<String> = grant.columns.iter().map(|one| dialect.quote(one)).collect();
    let columns = match columns.is_empty() {
        true => String::new(),
        false => format!(" ({})", columns.join(", ")),
    };
    let all = grant.privileges.iter();
    let all: Vec<String> = all.map(|name| format!("{name}{columns}")).collect();
    let on = match &grant.on {
        GrantTarget::DefaultSchema(_) => "*".to_owned(),
        GrantTarget::Schema(name) => format!("{}.*", dialect.quote(name)),
        GrantTarget::Table(name) | GrantTarget::Sequence(name) => dialect.qualified(name),
        GrantTarget::Routine { kind, name, .. } => {
            let word = match kind {
                RoutineKind::Function => "FUNCTION",
                RoutineKind::Procedure => "PROCEDURE",
            };
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
    Ok(format!("{} ON {on}", all.join(", ")))
}

fn grantee(dialect: &Mysql, grant: &Grant) -> String {
    let text = |text: &str| dialect.quoting().text(text);
    match &grant.to {
        Grantee::Public => "PUBLIC".to_owned(),
        Grantee::Role(role) => dialect.quote(role),
        Grantee::Account { user, host } => format!("{}@{}", text(user), text(host)),
    }
}
