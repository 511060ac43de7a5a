//! Views and triggers that use a table must work after a change if they did before.
//!
//! SQLite compiles a view or trigger only when it is used, so that a rebuild would leave a broken one behind without a word.
//! `EXPLAIN` compiles without running. What was broken before the change is nobody's fault here.
//!
//! A dropped column that a view or trigger has in double quotes would compile all the same, as a string. Those are compiled
//! once more with quotes that only names have.

use super::{
    super::table_sql::{names, quote, same_name},
    catalogue::{Catalogue, text_at},
    error::RebuildError,
    stored::{Event, Stored},
};
use crate::{
    dialect::{Query, QueryError},
    schema::Value,
};

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
    /// A view's query, in which no name can be a string.
    Query {
        view: String,
        query: String,
    },
    Triggers(Target),
    /// A trigger made again for the test, in which no name can be a string.
    Trigger {
        name: String,
        create: String,
        target: Target,
    },
}

/// A statement that fires triggers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Target {
    table: String,
    schema: Option<String>,
    event: Event,
}

/// The trigger that is made for a test and dropped at once.
const TEST_TRIGGER: &str = "_limbeck_tmp_trigger";

impl Dependents {
    /// Finds what uses the table, through views also, and works. `dropped` are the columns that will go.
    pub(crate) async fn before(
        query: &mut dyn Query,
        catalogue: &Catalogue,
        dropped: &[&str],
    ) -> Result<Dependents, RebuildError> {
        let table = &catalogue.table.name;
        let mut dependents = Dependents {
            table: table.clone(),
            working: Vec::new(),
        };
        for unit in units(&catalogue.views_and_triggers, table, dropped) {
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
fn units(objects: &[(String, bool, Stored)], table: &str, dropped: &[&str]) -> Vec<Unit> {
    let mut known = vec![table.to_owned()];
    let mut found = Vec::new();
    loop {
        let before = known.len();
        for (schema, is_view, stored) in objects {
            let seen = known.iter().any(|name| same_name(name, &stored.name));
            if *is_view && !seen && known.iter().any(|name| names(&stored.sql, name)) {
                known.push(stored.name.clone());
                found.push(Unit::View {
                    name: stored.name.clone(),
                    schema: schema.clone(),
                });
                if stored.double_quotes(dropped) {
                    found.extend(stored.strict_query().map(|query| Unit::Query {
                        view: stored.name.clone(),
                        query,
                    }));
                }
            }
        }
        if known.len() == before {
            break;
        }
    }
    for (schema, is_view, stored) in objects {
        if *is_view || !known.iter().any(|name| names(&stored.sql, name)) {
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
        let target = Target {
            table: head.table,
            schema,
            event: head.event,
        };
        if stored.double_quotes(dropped)
            && let Some(create) = stored.strict_trigger(TEST_TRIGGER, &target.name())
        {
            found.push(Unit::Trigger {
                name: stored.name.clone(),
                create,
                target: target.clone(),
            });
        }
        let unit = Unit::Triggers(target);
        if !found.contains(&unit) {
            found.push(unit);
        }
    }
    found
}

impl Target {
    fn name(&self) -> String {
        match &self.schema {
            Some(schema) => format!("{}.{}", quote(schema), quote(&self.table)),
            None => quote(&self.table),
        }
    }

    /// The statement that compiles the triggers; `None` when there is nothing to update.
    async fn explain(&self, query: &mut dyn Query) -> Result<Option<String>, QueryError> {
        let name = self.name();
        Ok(Some(match self.event {
            Event::Insert => format!("EXPLAIN INSERT INTO {name} DEFAULT VALUES"),
            Event::Delete => format!("EXPLAIN DELETE FROM {name}"),
            Event::Update => {
                let schema = match &self.schema {
                    Some(schema) => Value::Text(schema.clone()),
                    None => Value::Null,
                };
                let sql = "SELECT name FROM pragma_table_xinfo(?1, ?2) WHERE hidden = 0";
                let found = query
                    .query(sql, &[Value::Text(self.table.clone()), schema])
                    .await?;
                let set: Vec<String> = found
                    .iter()
                    .map(|row| format!("{0} = {0}", quote(text_at(row, 0))))
                    .collect();
                if set.is_empty() {
                    return Ok(None);
                }
                format!("EXPLAIN UPDATE {name} SET {}", set.join(", "))
            }
        }))
    }

    async fn compile(&self, query: &mut dyn Query) -> Result<(), QueryError> {
        match self.explain(query).await? {
            Some(sql) => query.query(&sql, &[]).await.map(|_| ()),
            None => Ok(()),
        }
    }
}

impl Unit {
    fn describe(&self) -> String {
        match self {
            Unit::View { name, .. } | Unit::Query { view: name, .. } => {
                format!("the view '{name}'")
            }
            Unit::Trigger { name, .. } => format!("the trigger '{name}'"),
            Unit::Triggers(target) => {
                let event = match target.event {
                    Event::Insert => "INSERT",
                    Event::Update => "UPDATE",
                    Event::Delete => "DELETE",
                };
                format!("a trigger for {event} on '{}'", target.table)
            }
        }
    }

    async fn compile(&self, query: &mut dyn Query) -> Result<(), QueryError> {
        match self {
            Unit::View { name, schema } => {
                let sql = format!("EXPLAIN SELECT * FROM {}.{}", quote(schema), quote(name));
                query.query(&sql, &[]).await.map(|_| ())
            }
            Unit::Query { query: text, .. } => query
                .query(&format!("EXPLAIN{text}"), &[])
                .await
                .map(|_| ()),
            Unit::Triggers(target) => target.compile(query).await,
            Unit::Trigger { create, target, .. } => {
                query.execute(create, &[]).await?;
                let result = target.compile(query).await;
                let drop = format!("DROP TRIGGER temp.{}", quote(TEST_TRIGGER));
                query.execute(&drop, &[]).await?;
                result
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
    match unit.compile(query).await {
        Ok(()) => Ok(Ok(())),
        Err(source) if source.connection_lost => Err(RebuildError::Refused {
            table: table.to_owned(),
            statement: format!("compiling {}", unit.describe()),
            source,
        }),
        Err(error) => Ok(Err(error.message)),
    }
}
