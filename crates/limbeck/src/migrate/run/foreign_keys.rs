//! SQLite's foreign keys around a run that may rebuild a table.
//!
//! They have to be off before BEGIN, because SQLite ignores the pragma inside a transaction and dropping the old table would
//! delete its children's rows. While they are off, `ON DELETE` and `ON UPDATE` do nothing, for any statement; so what a run leaves
//! behind is checked before every COMMIT, and rows without a parent that were not there before stop it.

use std::collections::BTreeMap;

use super::{
    ScriptIndex, desk::Desk, error::RunFailure, nothing_to_ask, script_direction,
    table_changes::ChangeReader,
};
use crate::{
    dialect::{
        BoxFuture, DialectName, Query, QueryError, Row, Statement, StatementResult, sqlite::rebuild,
    },
    operation::{Operation, SourceLocation},
    revision::Plan,
    schema::Value,
    script::{ContextError, ScriptContext},
};

/// Foreign keys that are off for the time of a run.
pub(super) struct Suspended {
    prepared: rebuild::Prepared,
    /// Rows without a parent that the run found, by child and parent.
    before: Orphans,
}

type Orphans = BTreeMap<(String, String), i64>;

impl Desk<'_, '_> {
    /// Switches foreign keys off when they are on and a script of the plan changes a table beyond ALTER TABLE.
    pub(super) async fn suspend_foreign_keys(
        &mut self,
        plan: &Plan,
        scripts: &ScriptIndex<'_>,
    ) -> Result<(), RunFailure> {
        if self.dialect_name() != DialectName::Sqlite || self.session.in_callers_transaction() {
            return Ok(());
        }
        let rows = self
            .session
            .query("PRAGMA foreign_keys", &[])
            .await
            .map_err(failed)?;
        let on = rows
            .first()
            .and_then(|row| row.first())
            .and_then(Value::as_integer);
        if on != Some(1) || !changes_tables(plan, scripts).await {
            return Ok(());
        }
        let before = orphans(self.session).await.map_err(failed)?;
        let prepared = rebuild::prepare(self.session).await;
        let prepared = prepared.map_err(|error| RunFailure::Refused {
            location: None,
            reason: error.to_string(),
        })?;
        self.suspended = Some(Suspended { prepared, before });
        Ok(())
    }

    /// Lets foreign keys hold for a statement that runs outside a transaction, where no check could take back what it does, and
    /// suspends them again. Does nothing when they are not suspended.
    pub(super) async fn enforce_foreign_keys(&mut self, hold: bool) -> Result<(), RunFailure> {
        let Some(suspended) = &mut self.suspended else {
            return Ok(());
        };
        let done = match hold {
            true => rebuild::finish(self.session, suspended.prepared).await,
            false => match rebuild::prepare(self.session).await {
                Ok(prepared) => {
                    suspended.prepared = prepared;
                    Ok(())
                }
                Err(error) => Err(error),
            },
        };
        done.map_err(|error| RunFailure::Refused {
            location: None,
            reason: error.to_string(),
        })
    }

    /// Refuses to make rows permanent that have lost their parent in this run.
    pub(super) async fn check_foreign_keys(&mut self) -> Result<(), RunFailure> {
        let Some(suspended) = &self.suspended else {
            return Ok(());
        };
        let found = orphans(self.session).await.map_err(failed)?;
        let new = found.iter().find(|(tables, count)| {
            **count > suspended.before.get(*tables).copied().unwrap_or_default()
        });
        let Some(((child, parent), count)) = new else {
            return Ok(());
        };
        let count = count
            - suspended
                .before
                .get(&(child.clone(), parent.clone()))
                .unwrap_or(&0);
        Err(RunFailure::Refused {
            location: None,
            reason: format!(
                "{count} row(s) of table '{child}' would refer to rows of '{parent}' that do not exist. Foreign keys are off \
                 during this run, because a revision of it rebuilds a table, so ON DELETE and ON UPDATE do nothing; \
                 delete or change the rows of '{child}' in the script that changes '{parent}'"
            ),
        })
    }

    /// Switches foreign keys on again; to be called after COMMIT and after ROLLBACK.
    pub(super) async fn resume_foreign_keys(&mut self) {
        if let Some(Suspended { prepared, .. }) = self.suspended.take()
            && let Err(error) = rebuild::finish(self.session, prepared).await
        {
            tracing::warn!(%error, "foreign keys could not be switched on again");
        }
    }
}

fn failed(error: QueryError) -> RunFailure {
    RunFailure::Transaction {
        action: "check its foreign keys",
        error,
    }
}

async fn orphans(query: &mut dyn Query) -> Result<Orphans, QueryError> {
    let sql = "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2";
    let rows = match query.query(sql, &[]).await {
        Err(error) if !error.connection_lost => table_by_table(query).await?,
        answered => answered?,
    };
    let text = |value: Option<&Value>| {
        value
            .and_then(Value::as_text)
            .unwrap_or_default()
            .to_owned()
    };
    Ok(rows
        .iter()
        .map(|row| {
            let count = row.get(2).and_then(Value::as_integer).unwrap_or_default();
            ((text(row.first()), text(row.get(1))), count)
        })
        .collect())
}

/// SQLite checks nothing at all when one table has a key to columns that are not unique. Nobody can say whether its rows have
/// parents, so that table is left out; the others are not.
async fn table_by_table(query: &mut dyn Query) -> Result<Vec<Row>, QueryError> {
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table'";
    let sql = "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check(?1) GROUP BY 1, 2";
    let mut found = Vec::new();
    for table in query.query(tables, &[]).await? {
        match query.query(sql, &table).await {
            Ok(rows) => found.extend(rows),
            Err(error) if error.connection_lost => return Err(error),
            Err(error) => tracing::debug!(?table, %error, "foreign keys were not checked"),
        }
    }
    Ok(found)
}

/// Whether a script of the plan asks for a change of a table, as far as its text tells without a database.
async fn changes_tables(plan: &Plan, scripts: &ScriptIndex<'_>) -> bool {
    let mut scan = Scan {
        reader: ChangeReader::offline(DialectName::Sqlite, None),
        found: false,
    };
    for step in &plan.steps {
        let script = script_direction(step.direction).zip(scripts.get(&step.revision));
        if let Some((direction, script)) = script {
            match script.is_list() {
                // What is wrong with it is told when it is run.
                true => drop(script.run(direction, &mut scan).await),
                false => scan.found |= script.may_rebuild_tables(direction),
            }
        }
        if scan.found {
            return true;
        }
    }
    false
}

struct Scan {
    reader: ChangeReader,
    found: bool,
}

impl ScriptContext for Scan {
    fn dialect(&self) -> DialectName {
        DialectName::Sqlite
    }

    fn is_offline(&self) -> bool {
        true
    }

    fn apply<'a>(
        &'a mut self,
        operation: Operation,
        location: Option<SourceLocation>,
    ) -> BoxFuture<'a, Result<(), ContextError>> {
        let read = self.reader.read(&operation, location.as_ref());
        self.found |= matches!(read, Ok(Some(_)));
        Box::pin(std::future::ready(Ok(())))
    }

    fn execute(
        &mut self,
        statement: Statement,
    ) -> BoxFuture<'_, Result<StatementResult, ContextError>> {
        Box::pin(std::future::ready(Err(nothing_to_ask(statement))))
    }
}
