//! Functions, procedures and triggers, put together from their parts.

use std::collections::HashMap;

use super::{Scope, Tables};
use crate::{
    dialect::{Dialect, Query, ansi::Grammar, inspect::InspectError},
    schema::{Identifier, Routine, RoutineKind, Trigger},
};

/// Reads the functions and procedures.
pub(super) async fn read_all(
    query: &mut dyn Query,
    scope: &Scope<'_>,
) -> Result<Vec<Routine>, InspectError> {
    let sql = "SELECT ROUTINE_TYPE, ROUTINE_NAME, DTD_IDENTIFIER, ROUTINE_DEFINITION, IS_DETERMINISTIC, SQL_DATA_ACCESS, \
         SECURITY_TYPE, ROUTINE_COMMENT FROM information_schema.ROUTINES \
         WHERE {filter} AND ROUTINE_TYPE IN ('FUNCTION', 'PROCEDURE') ORDER BY ROUTINE_NAME, ROUTINE_TYPE";
    let rows = scope
        .rows(query, "the functions", sql, ("ROUTINE_SCHEMA", None))
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut parameters = parameters(query, scope).await?;
    let mut routines = Vec::new();
    for mut cells in rows {
        let kind = cells.text();
        let name = scope.own(&cells.text());
        let key = (kind.clone(), name.name.to_string());
        let parameters = parameters.remove(&key).unwrap_or_default().join(", ");
        let mut text = format!(
            "CREATE {kind} {}({parameters})",
            scope.dialect.qualified(&name)
        );
        if let Some(returned) = cells.maybe().filter(|_| kind == "FUNCTION") {
            text.push_str(&format!(" RETURNS {returned}"));
        }
        let body = cells.text();
        if cells.flag() {
            text.push_str(" DETERMINISTIC");
        }
        let access = cells.text();
        if access != "CONTAINS SQL" {
            text.push_str(&format!(" {access}"));
        }
        if cells.text() == "INVOKER" {
            text.push_str(" SQL SECURITY INVOKER");
        }
        if let Some(comment) = cells.maybe().filter(|comment| !comment.is_empty()) {
            let comment = scope.dialect.quoting().text(&comment);
            text.push_str(&format!(" COMMENT {comment}"));
        }
        routines.push(Routine {
            kind: match kind.as_str() {
                "PROCEDURE" => RoutineKind::Procedure,
                _ => RoutineKind::Function,
            },
            name,
            signature: None,
            definition: format!("{text} {body}"),
        });
    }
    Ok(routines)
}

/// The parameters by kind and name of the routine, in order.
async fn parameters(
    query: &mut dyn Query,
    scope: &Scope<'_>,
) -> Result<HashMap<(String, String), Vec<String>>, InspectError> {
    let sql = "SELECT ROUTINE_TYPE, SPECIFIC_NAME, PARAMETER_MODE, PARAMETER_NAME, DTD_IDENTIFIER \
         FROM information_schema.PARAMETERS WHERE {filter} AND ORDINAL_POSITION > 0 \
         ORDER BY SPECIFIC_NAME, ROUTINE_TYPE, ORDINAL_POSITION";
    let rows = scope
        .rows(query, "the parameters", sql, ("SPECIFIC_SCHEMA", None))
        .await?;
    let mut found: HashMap<(String, String), Vec<String>> = HashMap::new();
    for mut cells in rows {
        let key = (cells.text(), cells.text());
        let mode = cells.text();
        let name = scope.dialect.quote(&Identifier::new(cells.text()));
        let declared = cells.text();
        let text = match key.0.as_str() {
            "PROCEDURE" => format!("{mode} {name} {declared}"),
            _ => format!("{name} {declared}"),
        };
        found.entry(key).or_default().push(text);
    }
    Ok(found)
}

/// Reads the triggers of the tables.
pub(super) async fn triggers(
    query: &mut dyn Query,
    scope: &Scope<'_>,
    tables: &Tables,
) -> Result<Vec<Trigger>, InspectError> {
    let sql = "SELECT EVENT_OBJECT_TABLE, TRIGGER_NAME, ACTION_TIMING, EVENT_MANIPULATION, ACTION_STATEMENT \
         FROM information_schema.TRIGGERS WHERE {filter} \
         ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER";
    let filter = ("TRIGGER_SCHEMA", Some("EVENT_OBJECT_TABLE"));
    let rows = scope.rows(query, "the triggers", sql, filter).await?;
    let triggers = rows.into_iter().filter_map(|mut cells| {
        let table = tables.name(&cells.text())?.clone();
        let name = Identifier::new(cells.text());
        let (timing, event) = (cells.text(), cells.text());
        let definition = format!(
            "CREATE TRIGGER {} {timing} {event} ON {} FOR EACH ROW {}",
            scope.dialect.qualified(&table.sibling(name.clone())),
            scope.dialect.qualified(&table),
            cells.text()
        );
        Some(Trigger {
            name,
            table,
            definition,
        })
    });
    Ok(triggers.collect())
}
