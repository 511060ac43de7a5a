//! Foreign keys and checks.

use std::collections::HashMap;

use super::{Scope, Tables};
use crate::{
    dialect::{Query, inspect::InspectError},
    schema::{Check, Constraint, ForeignKey, Identifier},
};

/// Reads the checks and foreign keys of all tables.
pub(super) async fn read_all(
    query: &mut dyn Query,
    scope: &Scope<'_>,
    tables: &mut Tables,
) -> Result<(), InspectError> {
    if scope.is_mariadb() {
        mariadb_checks(query, scope, tables).await?;
    } else if scope.dialect.capabilities.not_enforced {
        mysql_checks(query, scope, tables).await?;
    }
    foreign_keys(query, scope, tables).await
}

async fn mariadb_checks(
    query: &mut dyn Query,
    scope: &Scope<'_>,
    tables: &mut Tables,
) -> Result<(), InspectError> {
    let sql = "SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE, LEVEL FROM information_schema.CHECK_CONSTRAINTS \
         WHERE {filter} ORDER BY TABLE_NAME, CONSTRAINT_NAME";
    let filter = ("CONSTRAINT_SCHEMA", Some("TABLE_NAME"));
    for mut cells in scope.rows(query, "the checks", sql, filter).await? {
        let Some(table) = tables.get(&cells.text()) else {
            continue;
        };
        let name = cells.text();
        let check = Check::new(cells.text());
        if cells.text() == "Column" {
            // It has the column's name, belongs to the column's definition and goes with it.
            let column = table
                .columns
                .iter_mut()
                .find(|column| column.name.as_str() == name);
            if let Some(column) = column {
                column.checks.push(check);
                continue;
            }
        } else {
            table.constraints.push(Constraint::Check(check.named(name)));
        }
    }
    Ok(())
}

/// MySQL has the conditions in one view, and in another one what table they belong to.
async fn mysql_checks(
    query: &mut dyn Query,
    scope: &Scope<'_>,
    tables: &mut Tables,
) -> Result<(), InspectError> {
    let sql = "SELECT CONSTRAINT_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS WHERE {filter}";
    let filter = ("CONSTRAINT_SCHEMA", None);
    let rows = scope.rows(query, "the checks", sql, filter).await?;
    let conditions: HashMap<String, String> = rows
        .into_iter()
        .map(|mut cells| (cells.text(), cells.text()))
        .collect();
    let sql = "SELECT TABLE_NAME, CONSTRAINT_NAME, ENFORCED FROM information_schema.TABLE_CONSTRAINTS \
         WHERE {filter} AND CONSTRAINT_TYPE = 'CHECK' ORDER BY TABLE_NAME, CONSTRAINT_NAME";
    let filter = ("TABLE_SCHEMA", Some("TABLE_NAME"));
    for mut cells in scope.rows(query, "the checks", sql, filter).await? {
        let Some(table) = tables.get(&cells.text()) else {
            continue;
        };
        let name = cells.text();
        let Some(condition) = conditions.get(&name) else {
            continue;
        };
        let condition = condition.replace("\\'", "'");
        let bare = condition
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'));
        table.constraints.push(Constraint::Check(Check {
            not_enforced: !cells.flag(),
            ..Check::new(bare.unwrap_or(&condition)).named(name)
        }));
    }
    Ok(())
}

async fn foreign_keys(
    query: &mut dyn Query,
    scope: &Scope<'_>,
    tables: &mut Tables,
) -> Result<(), InspectError> {
    let sql = "SELECT TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, \
         REFERENCED_COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE \
         WHERE {filter} AND REFERENCED_TABLE_NAME IS NOT NULL ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION";
    let filter = ("TABLE_SCHEMA", Some("TABLE_NAME"));
    let rows = scope.rows(query, "the foreign keys", sql, filter).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let actions = actions(query, scope).await?;
    for mut cells in rows {
        let table_name = cells.text();
        let name = Identifier::new(cells.text());
        let column = Identifier::new(cells.text());
        let schema = cells.text();
        let target = scope.qualified(&schema, &cells.text());
        let target_column = Identifier::new(cells.text());
        let Some(table) = tables.get(&table_name) else {
            continue;
        };
        if let Some(Constraint::ForeignKey(key)) = table.constraints.last_mut()
            && key.name.as_ref() == Some(&name)
        {
            key.columns.push(column);
            key.target_columns.push(target_column);
            continue;
        }
        let mut key = ForeignKey::new([column], target, [target_column]);
        let rules = actions.get(&(table_name, name.to_string()));
        key.name = Some(name);
        if let Some((delete, update)) = rules {
            key.on_delete = said(scope, delete);
            key.on_update = said(scope, update);
        }
        table.constraints.push(Constraint::ForeignKey(key));
    }
    Ok(())
}

/// What happens on delete and on update, by table and name.
async fn actions(
    query: &mut dyn Query,
    scope: &Scope<'_>,
) -> Result<HashMap<(String, String), (String, String)>, InspectError> {
    let sql = "SELECT TABLE_NAME, CONSTRAINT_NAME, DELETE_RULE, UPDATE_RULE \
         FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE {filter}";
    let filter = ("CONSTRAINT_SCHEMA", Some("TABLE_NAME"));
    let rows = scope
        .rows(query, "the foreign keys' actions", sql, filter)
        .await?;
    Ok(rows
        .into_iter()
        .map(|mut cells| ((cells.text(), cells.text()), (cells.text(), cells.text())))
        .collect())
}

/// The action, unless it is the one that goes without saying.
fn said(scope: &Scope<'_>, rule: &str) -> Option<String> {
    let usual = match scope.is_mariadb() {
        true => "RESTRICT",
        false => "NO ACTION",
    };
    (rule != usual).then(|| rule.to_owned())
}
