//! Everything that one statement answers: columns, rows, counts. For front ends, whose scripts look at all of it.

use sqlx::{AssertSqlSafe, Executor, SqlSafeStr, Statement as _};

use super::{Session, connection::Connection, literal, send::Progress, send::columns};
use crate::dialect::{QueryError, ResultColumn, Statement, StatementResult};

impl Session<'_> {
    /// Runs one statement and keeps all that it answers.
    ///
    /// # Errors
    /// [`QueryError`] with the database's own words.
    pub async fn run(&mut self, statement: &Statement) -> Result<StatementResult, QueryError> {
        let mut result = StatementResult::default();
        self.send(&[statement], &mut |progress| note(&mut result, progress))
            .await?;
        self.complete(statement, &mut result).await;
        Ok(result)
    }

    /// Finds the columns of a statement that gave no row: the drivers only tell them with one.
    pub(crate) async fn complete(&mut self, statement: &Statement, result: &mut StatementResult) {
        if result.columns.is_none() && gives_rows(&statement.sql) {
            result.columns = self.describe(statement).await;
        }
    }

    /// The columns of a statement, which is prepared and not run. It has just been run, so what fails here is a kind of
    /// statement that cannot be prepared.
    async fn describe(&mut self, statement: &Statement) -> Option<Vec<ResultColumn>> {
        let sql = match &self.connection {
            Connection::Sqlite(_) => statement.sql.clone(),
            _ => literal::inline(self.dialect(), &statement.sql, &statement.parameters).ok()?,
        };
        let sql = AssertSqlSafe(sql.trim_end().trim_end_matches(';').to_owned()).into_sql_str();
        match &mut self.connection {
            Connection::Sqlite(handle) => {
                let prepared = (&mut **handle).prepare(sql).await.ok()?;
                Some(columns(prepared.columns()))
            }
            Connection::Postgres(handle) => {
                let prepared = (&mut **handle).prepare(sql).await.ok()?;
                Some(columns(prepared.columns()))
            }
            Connection::Mysql(handle) => {
                let prepared = (&mut **handle).prepare(sql).await.ok()?;
                Some(columns(prepared.columns()))
            }
        }
        .filter(|columns| !columns.is_empty())
    }
}

/// Adds what happened to the statement's result.
pub(crate) fn note(result: &mut StatementResult, progress: Progress) {
    match progress {
        Progress::Started { .. } => {}
        Progress::Columns(columns) => result.columns = Some(columns),
        Progress::Row(row) => result.rows.push(row),
        Progress::Finished {
            rows_changed,
            last_insert_id,
            ..
        } => {
            result.rows_changed += rows_changed;
            result.last_insert_id = (last_insert_id != 0).then_some(last_insert_id);
        }
    }
}

/// Whether a statement is one of those that give rows, and stands alone. Preparing any other would be wrong: on
/// PostgreSQL a failed PREPARE ends the transaction.
fn gives_rows(sql: &str) -> bool {
    let single = !sql.trim_end().trim_end_matches(';').contains(';');
    let first = literal::words(sql).next().unwrap_or_default();
    let selects = [
        "SELECT", "WITH", "VALUES", "TABLE", "SHOW", "PRAGMA", "EXPLAIN",
    ];
    let changes = ["INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE"];
    let is = |names: &[&str]| names.iter().any(|name| first.eq_ignore_ascii_case(name));
    let returns = || {
        sql.split(|character: char| !character.is_alphanumeric() && character != '_')
            .any(|word| word.eq_ignore_ascii_case("RETURNING"))
    };
    single && (is(&selects) || sql.trim_start().starts_with('(') || is(&changes) && returns())
}
