//! `GRANT` and `REVOKE` as PostgreSQL writes them.

use super::Postgres;
use crate::{
    dialect::{
        DdlError, Dialect,
        ansi::{self, routine_word},
    },
    operation::{GrantPrivileges, RevokePrivileges},
    schema::{Grant, GrantTarget, Grantee, Identifier},
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
            let word = routine_word(*kind);
            let arguments = signature.as_ref().map(|text| format!("({text})"));
            format!("{word} {}{}", name(of), arguments.unwrap_or_default())
        }
    };
    Ok(format!("{} ON {on}", ansi::privileges(dialect, grant)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dialect::Values, operation::Operation, schema::RoutineKind};

    fn written(on: GrantTarget, columns: &[&str], to: Grantee, only_option: bool) -> [String; 2] {
        let give: Operation = GrantPrivileges {
            grant: Grant {
                on,
                columns: columns.iter().map(|name| Identifier::new(*name)).collect(),
                privileges: vec!["SELECT".to_owned(), "UPDATE".to_owned()],
                to,
                with_grant_option: only_option,
            },
            only_option,
        }
        .into();
        let dialect = Postgres::new(None);
        let back = give.reverse().unwrap();
        assert_eq!(back.reverse().unwrap(), give);
        [give, back].map(|one| {
            let statements = dialect.statements(&one, Values::Literal).unwrap();
            statements[0].sql.clone()
        })
    }

    #[test]
    fn each_kind_of_object_has_its_word() {
        let role = || Grantee::Role(Identifier::new("My Role"));
        let table = || GrantTarget::Table("book".into());
        assert_eq!(
            written(table(), &["id", "Price"], role(), false),
            [
                "GRANT SELECT (id, \"Price\"), UPDATE (id, \"Price\") ON book TO \"My Role\"",
                "REVOKE SELECT (id, \"Price\"), UPDATE (id, \"Price\") ON book FROM \"My Role\""
            ]
        );
        assert_eq!(
            written(table(), &[], role(), true),
            [
                "GRANT SELECT, UPDATE ON book TO \"My Role\" WITH GRANT OPTION",
                "REVOKE GRANT OPTION FOR SELECT, UPDATE ON book FROM \"My Role\""
            ]
        );
        let routine = GrantTarget::Routine {
            kind: RoutineKind::Procedure,
            name: crate::schema::QualifiedName::new("p").in_schema("shop"),
            signature: Some("integer, text".to_owned()),
        };
        let words = [
            (routine, "PROCEDURE shop.p(integer, text)"),
            (GrantTarget::Sequence("user".into()), "SEQUENCE \"user\""),
            (GrantTarget::Type("mood".into()), "TYPE mood"),
            (GrantTarget::Schema("shop".into()), "SCHEMA shop"),
            (
                GrantTarget::DefaultSchema(Some("public".into())),
                "SCHEMA public",
            ),
        ];
        for (target, word) in words {
            let [give, _] = written(target, &[], Grantee::Public, false);
            assert_eq!(give, format!("GRANT SELECT, UPDATE ON {word} TO PUBLIC"));
        }
    }
}
