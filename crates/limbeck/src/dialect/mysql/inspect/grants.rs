//! Privileges. Only an account that may read the server's own tables sees those of others; for any other account nothing is
//! known.

use std::collections::HashMap;

use super::Scope;
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, read},
        mysql::normalize::lacks_right,
    },
    schema::{
        Database, Grant, GrantTarget, Grantee, Grants, Identifier, QualifiedName, RoutineKind,
        SinglePrivilege, Value,
    },
};

/// What is granted on the database and on what is in it; `None` where the account may not know.
pub(super) async fn read_all(
    query: &mut dyn Query,
    scope: &Scope<'_>,
    database: &Database,
) -> Result<Option<Grants>, InspectError> {
    let what = "the privileges";
    let of_routines = "SELECT User, Host, Routine_type, Routine_name, Proc_priv FROM mysql.procs_priv WHERE Db = ?";
    let parameters = [Value::Text(scope.schema().to_owned())];
    let of_routines = match read(query, what, of_routines, &parameters).await {
        Err(InspectError::Refused { source, .. }) if lacks_right(&source) => return Ok(None),
        found => found?,
    };
    let mut found = Vec::new();
    let owners = match of_routines.is_empty() {
        true => HashMap::new(),
        false => definers(query, scope).await?,
    };
    for row in of_routines {
        let mut cells = Cells::from(row);
        let (user, host) = (cells.text(), cells.text());
        let (kind, name) = (cells.text(), cells.text());
        // The server itself grants them to whoever creates the routine.
        let key = (kind.clone(), name.to_lowercase());
        if owners.get(&key) == Some(&format!("{user}@{host}")) {
            continue;
        }
        let on = routine(database, &kind, &name);
        let on = on.unwrap_or_else(|| GrantTarget::Table(scope.own(&name)));
        for privilege in cells.text().split(',') {
            let privilege = match privilege.to_uppercase().as_str() {
                "GRANT" => "GRANT OPTION".to_owned(),
                other => other.to_owned(),
            };
            found.push(single(&on, None, &grantee(&user, &host), &privilege));
        }
    }
    let of_columns = "SELECT GRANTEE, TABLE_NAME, PRIVILEGE_TYPE, 'NO', COLUMN_NAME FROM information_schema.COLUMN_PRIVILEGES WHERE {filter}";
    let of_tables = "SELECT GRANTEE, TABLE_NAME, PRIVILEGE_TYPE, IS_GRANTABLE FROM information_schema.TABLE_PRIVILEGES WHERE {filter}";
    let of_schema = "SELECT GRANTEE, NULL, PRIVILEGE_TYPE, IS_GRANTABLE FROM information_schema.SCHEMA_PRIVILEGES WHERE {filter}";
    for sql in [of_columns, of_tables, of_schema] {
        let rows = scope.rows(query, what, sql, ("TABLE_SCHEMA", None)).await?;
        for mut cells in rows {
            let Some(to) = quoted(&cells.text()) else {
                continue;
            };
            let on = match cells.maybe() {
                Some(name) => relation(database, scope.own(&name)),
                None => match &scope.request.schema {
                    Some(schema) => GrantTarget::Schema(Identifier::new(schema.as_str())),
                    None => GrantTarget::DefaultSchema(None),
                },
            };
            let privilege = cells.text();
            let option = cells.flag();
            let column = cells.maybe();
            // It is shown where there is nothing but the option.
            if privilege != "USAGE" {
                found.push(single(&on, column.as_deref(), &to, &privilege));
            }
            if option {
                found.push(single(&on, None, &to, "GRANT OPTION"));
            }
        }
    }
    Ok(Some(Grants {
        given: Grant::grouped(found),
        ..Grants::default()
    }))
}

fn single(
    on: &GrantTarget,
    column: Option<&str>,
    to: &Grantee,
    privilege: &str,
) -> (SinglePrivilege, bool) {
    let single = SinglePrivilege {
        on: on.clone(),
        to: to.clone(),
        column: column.map(Identifier::new),
        privilege: privilege.to_owned(),
    };
    (single, false)
}

/// Who has defined each function and procedure.
async fn definers(
    query: &mut dyn Query,
    scope: &Scope<'_>,
) -> Result<HashMap<(String, String), String>, InspectError> {
    let sql = "SELECT ROUTINE_TYPE, ROUTINE_NAME, DEFINER FROM information_schema.ROUTINES WHERE {filter}";
    let filter = ("ROUTINE_SCHEMA", None);
    let rows = scope.rows(query, "the functions", sql, filter).await?;
    let owners = rows.into_iter().map(|mut cells| {
        let key = (cells.text(), cells.text().to_lowercase());
        (key, cells.text())
    });
    Ok(owners.collect())
}

/// A table, view or sequence of this name.
pub(in crate::dialect::mysql) fn relation(database: &Database, name: QualifiedName) -> GrantTarget {
    let mut sequences = database.sequences.iter();
    match sequences.any(|sequence| sequence.name == name) {
        true => GrantTarget::Sequence(name),
        false => GrantTarget::Table(name),
    }
}

/// The routine of this name, which counts in any case.
pub(in crate::dialect::mysql) fn routine(
    database: &Database,
    kind: &str,
    name: &str,
) -> Option<GrantTarget> {
    let kind = match kind.to_uppercase().as_str() {
        "PROCEDURE" => RoutineKind::Procedure,
        "FUNCTION" => RoutineKind::Function,
        _ => return None,
    };
    let mut routines = database.routines.iter();
    let found = routines.find(|one| {
        one.kind == kind && one.name.name.as_str().to_lowercase() == name.to_lowercase()
    })?;
    Some(GrantTarget::Routine {
        kind,
        name: found.name.clone(),
        signature: None,
    })
}

/// `'user'@'host'`; a role has no host.
fn quoted(text: &str) -> Option<Grantee> {
    let (user, host) = text
        .strip_prefix('\'')?
        .strip_suffix('\'')?
        .rsplit_once("'@'")?;
    Some(grantee(user, host))
}

fn grantee(user: &str, host: &str) -> Grantee {
    match (user, host) {
        ("PUBLIC", "") => Grantee::Public,
        (role, "") => Grantee::Role(Identifier::new(role)),
        _ => Grantee::Account {
            user: user.to_owned(),
            host: host.to_owned(),
        },
    }
}
