//! `GRANT` and `REVOKE` as PostgreSQL writes them.

use super::Postgres;
use crate::{
    dialect::{DdlError, Dialect},
    operation::{GrantPrivileges, RevokePrivileges},
    schema::{Grant, GrantTarget, Grantee, Identifier, RoutineKind},
};

/// `GRANT`.
pub(super) fn give(dialect: &Postgres, one: &GrantPrivileges) -> Result<String, DdlError> {
    let grant = &one.grant;
    let option = match grant.with_grant_option {
        true => " WITH GRANT OPTION",
        false => "",
    };
    Ok(format!(
        "GRANT {} TO {}{option}",
        privileges(dialect, grant)?,
        role(dialect, grant)?
    ))
}

/// `REVOKE`.
pub(super) fn take(dialect: &Postgres, one: &RevokePrivileges) -> Result<String, DdlError> {
    let only = match one.only_option {
        true => "GRANT OPTION FOR ",
        false => "",
    };
    Ok(format!(
        "REVOKE {only}{} FROM {}",
        privileges(dialect, &one.grant)?,
        role(dialect, &one.grant)?
    ))
}

/// What is granted, on what.
fn privileges(dialect: &Postgres, grant: &Grant) -> Result<String, DdlError> {
    let columns: Vec<String> = grant.columns.iter().map(|one| dialect.quote(one)).collect();
    let columns = match columns.is_empty() {
        true => String::new(),
        false => format!(" ({})", columns.join(", ")),
    };
    let all = grant.privileges.iter();
    let all: Vec<String> = all.map(|name| format!("{name}{columns}")).collect();
    let name = |name| dialect.qualified(name);
    let schema = |name: &Identifier| format!("SCHEMA {}", dialect.quote(name));
    let on = match &grant.on {
        GrantTarget::DefaultSchema(Some(name)) | GrantTarget::Schema(name) => schema(name),
        GrantTarget::DefaultSchema(None) => {
            return Err(unsayable(
                dialect,
                grant,
                "privileges on a schema without a name",
            ));
        }
        GrantTarget::Type(of) => format!("TYPE {}", name(of)),
        GrantTarget::Table(of) => name(of),
        GrantTarget::Sequence(of) => format!("SEQUENCE {}", name(of)),
        GrantTarget::Routine {
            kind,
            name: of,
            signature,
        } => {
            let word = match kind {
                RoutineKind::Function => "FUNCTION",
                RoutineKind::Procedure => "PROCEDURE",
            };
            let arguments = signature.as_ref().map(|text| format!("({text})"));
            format!("{word} {}{}", name(of), arguments.unwrap_or_default())
        }
    };
    Ok(format!("{} ON {on}", all.join(", ")))
}

/// A role; `None` for an account, which is MySQL's.
pub(super) fn grantee(dialect: &Postgres, to: &Grantee) -> Option<String> {
    match to {
        Grantee::Public => Some("PUBLIC".to_owned()),
        Grantee::Role(role) => Some(dialect.quote(role)),
        Grantee::Account { .. } => None,
    }
}

fn role(dialect: &Postgres, grant: &Grant) -> Result<String, DdlError> {
    grantee(dialect, &grant.to).ok_or_else(|| unsayable(dialect, grant, "accounts with a host"))
}

fn unsayable(dialect: &Postgres, grant: &Grant, feature: &'static str) -> DdlError {
    DdlError::Unsupported {
        dialect: dialect.name(),
        subject: format!("{grant} to {}", grant.to),
        feature,
        advice: "grant it to a role by a statement of your own",
    }
}
