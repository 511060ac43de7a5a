//! What scripts ask of SQLite's tables beyond SQLite's own ALTER TABLE, on its way to the rebuild room.
//!
//! Changes of one table that come one after another are collected, so that they are one rebuild. Must not know how a
//! table is changed.

use super::{
    desk::Desk,
    error::{RunFailure, TableChangeFailure},
};
use crate::{
    dialect::{
        Dialect, DialectName, Sqlite, Statement, Values,
        sqlite::{
            alter::{self, AlterTable},
            rebuild::{self, RebuildError},
        },
    },
    migrate::{
        observer::Event,
        session::{Server, Session},
    },
    operation::{Operation, SourceLocation},
};

/// Changes of one table, waiting for more of them.
pub(in crate::migrate) struct PendingChanges {
    table: AlterTable,
    /// What the script wrote, as one statement: for messages, and for the observer.
    statement: Statement,
    /// Statements that follow the change: indexes that come with a column.
    after: Vec<Statement>,
}

/// Reads operations of scripts for SQLite; on other databases there is nothing to read.
pub(in crate::migrate) struct ChangeReader(Option<Sqlite>);

impl ChangeReader {
    pub(in crate::migrate) fn new(server: &Server) -> Self {
        ChangeReader::offline(server.dialect, Some(server))
    }

    /// A reader for a database that is not there.
    pub(in crate::migrate) fn offline(dialect: DialectName, server: Option<&Server>) -> Self {
        let version = server.map(|server| server.version);
        ChangeReader((dialect == DialectName::Sqlite).then(|| Sqlite::new(version)))
    }

    /// The changes that an operation means; `None` for what the database runs itself.
    ///
    /// # Errors
    /// [`RunFailure`] for what cannot be read, or cannot be stored at all.
    pub(in crate::migrate) fn read(
        &self,
        operation: &Operation,
        location: Option<&SourceLocation>,
    ) -> Result<Option<PendingChanges>, RunFailure> {
        let Some(sqlite) = &self.0 else {
            return Ok(None);
        };
        if let Operation::Execute(execute) = operation {
            let statement =
                Statement::new(&execute.sql).at(execute.location.as_ref().or(location).cloned());
            let read = alter::read(&execute.sql).map_err(|error| RunFailure::Refused {
                location: statement.location_at(error.offset),
                reason: error.to_string(),
            })?;
            return Ok(read.map(|table| PendingChanges {
                table,
                statement,
                after: Vec::new(),
            }));
        }
        // A plain new column costs SQLite nothing; what it cannot add is told by the dialect.
        let native = matches!(operation, Operation::AddColumn(_))
            && sqlite.statements(operation, Values::Bound).is_ok();
        if native {
            return Ok(None);
        }
        let changes = sqlite
            .table_changes(operation)
            .map_err(|error| RunFailure::Operation {
                location: location.cloned(),
                error: Box::new(error),
            })?;
        Ok(changes.map(|found| PendingChanges {
            table: AlterTable {
                schema: found.table.schema.map(|schema| schema.as_str().to_owned()),
                table: found.table.name.as_str().to_owned(),
                if_exists: false,
                changes: found.changes,
            },
            statement: Statement::new(operation.to_string()).at(location.cloned()),
            after: found.after,
        }))
    }
}

impl PendingChanges {
    /// Takes over what comes next when it is about the same table; gives it back when it is not.
    fn join(&mut self, next: PendingChanges) -> Result<(), Box<PendingChanges>> {
        let PendingChanges {
            table,
            statement,
            after,
        } = next;
        // What follows a change may have to see it done.
        if !self.after.is_empty() {
            return Err(Box::new(PendingChanges {
                table,
                statement,
                after,
            }));
        }
        match self.table.join(table) {
            Ok(()) => {
                self.statement.sql = format!("{};\n{}", self.statement.sql, statement.sql);
                self.after = after;
                Ok(())
            }
            Err(table) => Err(Box::new(PendingChanges {
                table,
                statement,
                after,
            })),
        }
    }
}

impl Desk<'_, '_> {
    /// Collects changes of a table, after those of another table are done.
    pub(super) async fn alter(&mut self, next: PendingChanges) -> Result<(), RunFailure> {
        let next = match &mut self.altering {
            None => next,
            Some(pending) => match pending.join(next) {
                Ok(()) => return Ok(()),
                Err(next) => *next,
            },
        };
        self.finish_altering().await?;
        self.altering = Some(next);
        Ok(())
    }

    /// Does what was collected, so that what comes next finds it done.
    pub(super) async fn finish_altering(&mut self) -> Result<(), RunFailure> {
        let Some(pending) = self.altering.take() else {
            return Ok(());
        };
        let PendingChanges {
            table,
            statement,
            after,
        } = pending;
        self.send_waiting(&[]).await?;
        let began = std::time::Instant::now();
        self.observer.event(Event::StatementStarted {
            statement: &statement,
        });
        match change(self.session, &table).await {
            Ok(()) => {}
            Err(RebuildError::NoSuchTable { .. }) if table.if_exists => {}
            Err(error) => return Err(self.table_refused(statement, error)),
        }
        self.statement_ran();
        self.observer.event(Event::StatementFinished {
            statement: &statement,
            duration: began.elapsed(),
            rows_changed: 0,
        });
        self.waiting.extend(after);
        match self.session.in_transaction() {
            true => Ok(()),
            false => self.send_waiting(&[]).await,
        }
    }

    fn table_refused(&self, statement: Statement, error: RebuildError) -> RunFailure {
        match self.current_step() {
            Some(step) => RunFailure::TableChange(Box::new(TableChangeFailure {
                revision: step.revision.clone(),
                direction: step.direction,
                statement,
                error,
            })),
            None => RunFailure::Refused {
                location: statement.location,
                reason: error.to_string(),
            },
        }
    }
}

async fn change(session: &mut Session<'_>, table: &AlterTable) -> Result<(), RebuildError> {
    let AlterTable {
        schema,
        table,
        changes,
        ..
    } = table;
    let changed = match session.in_transaction() {
        true => rebuild::inside(session, schema.as_deref(), table, changes).await?,
        false => rebuild::apply(session, schema.as_deref(), table, changes).await?,
    };
    for note in &changed.notes {
        tracing::info!(table, "{note}");
    }
    tracing::debug!(table, method = ?changed.method, "changed a table");
    Ok(())
}
