//! The desk as scripts, hooks and rebuilds see it: operations in, rows out.
//!
//! Must not know where a run is; that is the desk's own business.

use super::{desk::Desk, error::RunFailure};
use crate::{
    dialect::{
        BoxFuture, Dialect, DialectName, Isolation, Query, QueryError, Row, Statement,
        StatementResult, Values,
    },
    operation::{Execute, Operation, SourceLocation},
    schema::Value,
    script::{ConnectedDatabase, ContextError, RowError, ScriptContext},
};

impl ScriptContext for Desk<'_, '_> {
    fn dialect(&self) -> DialectName {
        self.dialect_name()
    }

    fn is_offline(&self) -> bool {
        false
    }

    fn apply<'a>(
        &'a mut self,
        operation: Operation,
        location: Option<SourceLocation>,
    ) -> BoxFuture<'a, Result<(), ContextError>> {
        Box::pin(async move {
            let change = self.changes.read(&operation, location.as_ref());
            if let Some(change) = change.map_err(ContextError::new)? {
                return self.alter(change).await.map_err(ContextError::new);
            }
            self.finish_altering().await.map_err(ContextError::new)?;
            let stated = statements(self.language.as_ref(), operation, location, Values::Bound);
            for statement in stated.map_err(ContextError::new)? {
                self.take(statement).await.map_err(ContextError::new)?;
            }
            Ok(())
        })
    }

    fn execute(
        &mut self,
        statement: Statement,
    ) -> BoxFuture<'_, Result<StatementResult, ContextError>> {
        Box::pin(async move { self.answer(statement).await.map_err(ContextError::new) })
    }

    fn execute_many(
        &mut self,
        statement: Statement,
        rows: Vec<Vec<Value>>,
    ) -> BoxFuture<'_, Result<StatementResult, RowError>> {
        Box::pin(self.answer_rows(statement, rows))
    }

    fn settle(&mut self) -> BoxFuture<'_, Result<(), ContextError>> {
        Box::pin(async move { self.flush(&[]).await.map_err(ContextError::new) })
    }

    fn database(&self) -> ConnectedDatabase {
        let server = self.session.server();
        let named = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        ConnectedDatabase {
            dialect: server.dialect,
            version: Some(server.version),
            name: named(&server.database),
            default_schema: named(&server.default_schema),
        }
    }

    fn as_query(&mut self) -> Option<&mut dyn Query> {
        Some(self)
    }
}

impl Desk<'_, '_> {
    /// Runs a statement for each of the rows, which are handed to the database together where that pays.
    async fn answer_rows(
        &mut self,
        statement: Statement,
        rows: Vec<Vec<Value>>,
    ) -> Result<StatementResult, RowError> {
        let failed = |row, error: RunFailure| RowError {
            row,
            error: ContextError::new(error),
        };
        let mut all = StatementResult::default();
        // What leaves the transaction or changes a table goes its own way.
        let read = self.changes.read(&as_operation(&statement), None);
        let plain = statement.isolation != Isolation::Autocommit && matches!(read, Ok(None));
        if !plain {
            for (row, values) in rows.into_iter().enumerate() {
                let one = self.answer(statement.clone().with_parameters(values));
                let one = one.await.map_err(|error| failed(row, error))?;
                all.rows.extend(one.rows);
                all.rows_changed += one.rows_changed;
                (all.columns, all.last_insert_id) = (one.columns, one.last_insert_id);
            }
            return Ok(all);
        }
        let ran = |desk: &Self| desk.current.as_ref().map_or(0, |current| current.ran);
        self.flush(&[]).await.map_err(|error| failed(0, error))?;
        let before = ran(self);
        self.asking = Some(StatementResult::default());
        let mut done = Ok(());
        for row in rows {
            done = self.take(statement.clone().with_parameters(row)).await;
            if done.is_err() {
                break;
            }
        }
        if done.is_ok() {
            done = self.flush(&[]).await;
        }
        let mut all = self.asking.take().unwrap_or_default();
        done.map_err(|error| failed(ran(self).saturating_sub(before), error))?;
        self.session.complete(&statement, &mut all).await;
        Ok(all)
    }

    /// Runs a statement of a script that wants to know what the database answers.
    pub(super) async fn answer(
        &mut self,
        statement: Statement,
    ) -> Result<StatementResult, RunFailure> {
        let operation = as_operation(&statement);
        let location = statement.location.as_ref();
        if let Some(change) = self.changes.read(&operation, location)? {
            self.alter(change).await?;
            self.flush(&[]).await?;
            return Ok(StatementResult::default());
        }
        self.flush(&[]).await?;
        self.asking = Some(StatementResult::default());
        let taken = self.take(statement.clone()).await;
        let flushed = match taken {
            Ok(()) => self.flush(&[]).await,
            Err(error) => Err(error),
        };
        let mut result = self.asking.take().unwrap_or_default();
        flushed?;
        self.session.complete(&statement, &mut result).await;
        Ok(result)
    }
}

/// The error of a context that writes statements down instead of running them.
pub(in crate::migrate) fn nothing_to_ask(statement: Statement) -> ContextError {
    ContextError::new(RunFailure::Refused {
        location: statement.location.clone(),
        reason: format!(
            "the script asks the database something, and no database is connected while SQL is only written: {}. \
             Run it with a database, or leave the question out when context.is_offline_mode() is true",
            statement.sql.trim()
        ),
    })
}

/// For hooks and rebuilds: what waits is sent first, so that they see it.
impl Query for Desk<'_, '_> {
    fn query<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<Vec<Row>, QueryError>> {
        Box::pin(async move {
            self.flush(&[]).await.map_err(as_query_error)?;
            self.session.query(sql, parameters).await
        })
    }

    fn execute<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<u64, QueryError>> {
        Box::pin(async move {
            self.flush(&[]).await.map_err(as_query_error)?;
            let statement = Statement::new(sql).with_parameters(parameters.to_vec());
            let mut changed = [0];
            self.send(&[&statement], 0, &mut changed).await?;
            Ok(changed[0])
        })
    }
}

/// The statements of an operation, each at the place where the script asks for it.
pub(in crate::migrate) fn statements(
    language: &dyn Dialect,
    operation: Operation,
    location: Option<SourceLocation>,
    values: Values,
) -> Result<Vec<Statement>, RunFailure> {
    if let Operation::Execute(execute) = operation {
        let statement = Statement::new(execute.sql)
            .with_parameters(execute.parameters)
            .at(execute.location.or(location))
            .in_batches(execute.batches);
        return Ok(vec![match execute.autocommit {
            true => statement.autocommit(),
            false => statement,
        }]);
    }
    match language.statements(&operation, values) {
        Ok(statements) => Ok(statements
            .into_iter()
            .map(|statement| statement.at(location.clone()))
            .collect()),
        Err(error) => Err(RunFailure::Operation {
            location,
            error: Box::new(error),
        }),
    }
}

/// A statement of a script as the operation that it is.
fn as_operation(statement: &Statement) -> Operation {
    Operation::from(Execute {
        sql: statement.sql.clone(),
        parameters: statement.parameters.clone(),
        autocommit: statement.isolation == Isolation::Autocommit,
        batches: None,
        location: statement.location.clone(),
    })
}

fn as_query_error(failure: RunFailure) -> QueryError {
    match failure {
        RunFailure::Statement(failure) => failure.error,
        other => QueryError {
            message: other.to_string(),
            code: None,
            position: None,
            connection_lost: false,
        },
    }
}
