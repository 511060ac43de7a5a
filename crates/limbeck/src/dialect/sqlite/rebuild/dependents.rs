//! Views and triggers that use a table must work after a change if they did before.
//!
//! SQLite compiles a view or trigger only when it is used, so that a rebuild would leave a broken one behind without a word.
//! `EXPLAIN` compiles without running. What was broken before the change is nobody's fault here.

use super::{
    super::table_sql::{mentions, quote, same_name},
    catalogue::{rows, text_at},
    error::RebuildError,
    stored::{Event, Stored},
};
use crate::{dialect::Query, schema::Value};

/// Views and triggers that worked before the change.
pub(crate) struct Dependents {
    table: String,
    working: Vec<Unit>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Unit {
    View {
        name: String,
        schema: String,
    },
    Triggers {
        table: String,
        schema: Option<String>,
        event: Event,
    },
}

impl Dependents {
    /// Finds what uses the table, through views also, and works.
    pub(crate) async fn before(
        query: &mut dyn Query,
        schema: &str,
        table: &str,
    ) -> Result<Dependents, RebuildError> {
        let mut objects = Vec::new();
        let mut schemas = vec![schema];
        if !same_name(schema, "temp") {
            schemas.push("temp");
        }
        for holder in schemas {
            let sql = format!(
                "SELECT name, sql, type FROM {}.sqlite_master WHERE type IN ('view', 'trigger') AND sql IS NOT NULL",
                quote(holder)
            );
            for row in rows(query, table, &sql, &[]).await? {
                let stored = Stored {
                    name: text_at(&row, 0).to_owned(),
                    sql: text_at(&row, 1).to_owned(),
                };
                objects.push((holder.to_owned(), text_at(&row, 2) == "view", stored));
            }
        }
        let mut dependents = Dependents {
            table: table.to_owned(),
            working: Vec::new(),
        };
        for unit in units(&objects, table) {
            if compiles(query, table, &unit).await?.is_ok() {
                dependents.working.push(unit);
            }
        }
        Ok(dependents)
    }

    /// Refuses a change after which one of them no longer works.
    pub(crate) async fn check(&self, query: &mut dyn Query) -> Result<(), RebuildError> {
        for unit in &self.working {
            if let Err(message) = compiles(query, &self.table, unit).await? {
                return Err(RebuildError::Dependent {
                    table: self.table.clone(),
                    object: unit.describe(),
                    message,
                });
            }
        }
        Ok(())
    }
}

/// What to compile: every view that reads the table, directly or through views, and the triggers that mention these or are
/// on them, by table and event, because SQLite compiles the triggers of a statement together.
fn units(objects: &[(String, bool, Stored)], table: &str) -> Vec<Unit> {
    let mut names = vec![table.to_owned()];
    let mut found = Vec::new();
    loop {
        let before = names.len();
        for (schema, is_view, stored) in objects {
            let known = names.iter().any(|name| same_name(name, &stored.name));
            if *is_view && !known && names.iter().any(|name| mentions(&stored.sql, name)) {
                names.push(stored.name.clone());
                found.push(Unit::View {
                    name: stored.name.clone(),
                    schema: schema.clone(),
                });
            }
        }
        if names.len() == before {
            break;
        }
    }
    for (schema, is_view, stored) in objects {
        if *is_view || !names.iter().any(|name| mentions(&stored.sql, name)) {
            continue;
        }
        let Some(head) = stored.trigger() else {
            continue;
        };
        let schema = match head.schema {
            Some(schema) => Some(schema),
            None if same_name(schema, "temp") => None,
            None => Some(schema.clone()),
        };
        let unit = Unit::Triggers {
            table: head.table,
            schema,
            event: head.event,
        };
        if !found.contains(&unit) {
            found.push(unit);
        }
    }
    found
}

impl Unit {
    fn describe(&self) -> String {
        match self {
            Unit::View { name, .. } => format!("the view '{name}'"),
            Unit::Triggers { table, event, .. } => {
                let event = match event {
                    Event::Insert => "INSERT",
                    Event::Update => "UPDATE",
                    Event::Delete => "DELETE",
                };
                format!("a trigger for {event} on '{table}'")
            }
        }
    }
}

/// SQLite's words when it cannot compile the unit.
async fn compiles(
    query: &mut dyn Query,
    table: &str,
    unit: &Unit,
) -> Result<Result<(), String>, RebuildError> {
    let sql = match unit {
        Unit::View { name, schema } => {
            format!("EXPLAIN SELECT * FROM {}.{}", quote(schema), quote(name))
        }
        Unit::Triggers {
            table: on,
            schema,
            event,
        } => {
            let target = match schema {
                Some(schema) => format!("{}.{}", quote(schema), quote(on)),
                None => quote(on),
            };
            match event {
                Event::Insert => format!("EXPLAIN INSERT INTO {target} DEFAULT VALUES"),
                Event::Delete => format!("EXPLAIN DELETE FROM {target}"),
                Event::Update => {
                    let columns = columns(query, on, schema.as_deref()).await;
                    match columns {
                        Ok(columns) if columns.is_empty() => return Ok(Ok(())),
                        Ok(columns) => {
                            let set: Vec<String> = columns
                                .iter()
                                .map(|name| format!("{0} = {0}", quote(name)))
                                .collect();
                            format!("EXPLAIN UPDATE {target} SET {}", set.join(", "))
                        }
                        Err(message) => return Ok(Err(message)),
                    }
                }
            }
        }
    };
    match query.query(&sql, &[]).await {
        Ok(_) => Ok(Ok(())),
        Err(error) if error.connection_lost => Err(RebuildError::Refused {
            table: table.to_owned(),
            statement: sql,
            source: error,
        }),
        Err(error) => Ok(Err(error.message)),
    }
}

async fn columns(
    query: &mut dyn Query,
    table: &str,
    schema: Option<&str>,
) -> Result<Vec<String>, String> {
    let schema = schema.map_or(Value::Null, |schema| Value::Text(schema.to_owned()));
    let sql = "SELECT name FROM pragma_table_xinfo(?1, ?2) WHERE hidden = 0";
    query
        .query(sql, &[Value::Text(table.to_owned()), schema])
        .await
        .map(|found| found.iter().map(|row| text_at(row, 0).to_owned()).collect())
        .map_err(|error| error.message)
}
