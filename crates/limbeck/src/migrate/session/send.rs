//! The one way of a statement to a database.

use std::time::{Duration, Instant};

use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Either, Row as _, TypeInfo as _, raw_sql};
use tracing::Instrument;

use super::{Session, connection::Connection, decode, failure::query_error, literal};
use crate::{
    dialect::{DialectName, QueryError, RefusedAt, ResultColumn, Row, Statement},
    schema::Value,
};

/// What is reported while statements run. `index` counts the statements of one call to [`Session::send`].
pub(crate) enum Progress {
    /// A statement is on its way.
    Started {
        /// Which.
        index: usize,
    },
    /// The columns of the statement under way, before its first row.
    Columns(Vec<ResultColumn>),
    /// A row of the statement under way.
    Row(Row),
    /// A statement is done.
    Finished {
        /// Which.
        index: usize,
        /// How long it took.
        duration: Duration,
        /// Rows inserted, updated or deleted, as the database counts them.
        rows_changed: u64,
        /// The last value that the database numbered a row with; zero where it numbered none or does not tell.
        last_insert_id: i64,
    },
}

/// The statement that the database refused; those before it ran.
#[derive(Debug)]
pub(crate) struct SendError {
    /// Its index in the call to [`Session::send`].
    pub(crate) index: usize,
    /// Why.
    pub(crate) error: QueryError,
}

impl From<SendError> for QueryError {
    fn from(failed: SendError) -> Self {
        failed.error
    }
}

impl From<SendError> for RefusedAt {
    fn from(failed: SendError) -> Self {
        RefusedAt {
            index: failed.index,
            error: failed.error,
        }
    }
}

/// Takes what happens while statements run.
pub(crate) type Listener<'a> = &'a mut (dyn FnMut(Progress) + Send);

impl Session<'_> {
    /// Runs statements in order and stops at the first that fails.
    ///
    /// Statements without parameters use the text protocol, so that nothing is prepared for a single use. On SQLite
    /// a row of simple statements is handed to the driver's thread in one go, as are the rows of an INSERT: each hand-over
    /// costs more than a small DDL statement.
    ///
    /// # Errors
    /// [`SendError`]: which statement, and the database's words.
    pub(crate) async fn send(
        &mut self,
        statements: &[&Statement],
        listener: Listener<'_>,
    ) -> Result<(), SendError> {
        let mut index = 0;
        while index < statements.len() {
            let count = match self.connection {
                Connection::Sqlite(_) => together(&statements[index..]),
                _ => 1,
            };
            self.send_together(&statements[index..index + count], index, listener)
                .await?;
            index += count;
        }
        Ok(())
    }

    /// Runs one statement of ours whose rows nobody wants.
    pub(super) async fn send_text(&mut self, sql: &str) -> Result<(), QueryError> {
        let statement = Statement::new(sql);
        Ok(self.send_together(&[&statement], 0, &mut |_| {}).await?)
    }

    async fn send_together(
        &mut self,
        statements: &[&Statement],
        first: usize,
        listener: Listener<'_>,
    ) -> Result<(), SendError> {
        let mut run = Run {
            first,
            finished: 0,
            expected: statements.len(),
            started: Instant::now(),
            rows_changed: 0,
            last_insert_id: 0,
            in_rows: false,
            heard: 0,
            listener,
        };
        let span = tracing::debug_span!(
            "statement",
            sql = statements.first().map(|first| &*first.sql),
            count = statements.len()
        );
        self.sent += statements.len() as u64;
        run.start();
        match self.drive(statements, &mut run).instrument(span).await {
            Ok(()) if run.finished + 1 < run.expected => Err(SendError {
                // The one before the last that was counted: the count goes on when a statement ends.
                index: first + run.finished.saturating_sub(1),
                error: QueryError {
                    message: "a comment or string in this statement has no end, so that it took in the next statement"
                        .to_owned(),
                    code: None,
                    position: None,
                    connection_lost: false,
                },
            }),
            Ok(()) => {
                run.finish_last();
                Ok(())
            }
            Err(error) => {
                let index = first + run.finished.min(statements.len().saturating_sub(1));
                Err(SendError { index, error })
            }
        }
    }

    async fn drive(
        &mut self,
        statements: &[&Statement],
        run: &mut Run<'_>,
    ) -> Result<(), QueryError> {
        let (sql, bound) = self.text(statements)?;
        self.refuse_nul(&sql)?;
        let mysql = matches!(self.connection, Connection::Mysql(_));
        if mysql && self.in_transaction() {
            if statements
                .iter()
                .any(|statement| commits_implicitly(&statement.sql))
            {
                if self.in_callers_transaction() {
                    return Err(QueryError {
                        message: "this statement was not sent: it would commit the transaction in which the connection was \
                                  lent. Hand over a connection without an open transaction"
                            .to_owned(),
                        code: None,
                        position: None,
                        connection_lost: false,
                    });
                }
                self.note_implicit_commit();
            } else {
                Box::pin(self.resume_transaction()).await?;
            }
        }
        // SQLite's driver says of each statement that it is done, and once more when all are, which is a switch of threads
        // more. Nobody has to wait for that where every statement is known to be one.
        let counted = statements.iter().all(|statement| is_one(&statement.sql));
        // What is sent again with other values, row after row, is kept prepared.
        let is_repeated = !bound.is_empty() && self.bound == sql;
        if !bound.is_empty() && !is_repeated {
            self.bound.clone_from(&sql);
        }
        // The text was built by a dialect or written by the user in a migration: running it is the point.
        let sql = AssertSqlSafe(sql);
        match &mut self.connection {
            Connection::Sqlite(handle) => {
                if bound.is_empty() {
                    let mut stream = raw_sql(sql).fetch_many(&mut **handle);
                    while let Some(item) = stream.try_next().await.map_err(query_error)? {
                        let item = match item {
                            Either::Left(done) => {
                                Either::Left((done.rows_affected(), done.last_insert_rowid()))
                            }
                            Either::Right(row) => {
                                run.columns(|| columns(row.columns()));
                                Either::Right(decode::sqlite(&row).map_err(query_error)?)
                            }
                        };
                        run.take(item);
                        if counted && run.has_heard_all() {
                            break;
                        }
                    }
                } else {
                    let query = bound
                        .iter()
                        .fold(sqlx::query(sql).persistent(is_repeated), bind_sqlite);
                    #[allow(
                        deprecated,
                        reason = "one statement only, the deprecation is about several"
                    )]
                    let mut stream = query.fetch_many(&mut **handle);
                    while let Some(item) = stream.try_next().await.map_err(query_error)? {
                        let item = match item {
                            Either::Left(done) => {
                                Either::Left((done.rows_affected(), done.last_insert_rowid()))
                            }
                            Either::Right(row) => {
                                run.columns(|| columns(row.columns()));
                                Either::Right(decode::sqlite(&row).map_err(query_error)?)
                            }
                        };
                        run.take(item);
                        if counted && run.has_heard_all() {
                            break;
                        }
                    }
                }
            }
            Connection::Postgres(handle) => {
                let mut stream = raw_sql(sql).fetch_many(&mut **handle);
                while let Some(item) = stream.try_next().await.map_err(query_error)? {
                    let item = match item {
                        Either::Left(done) => Either::Left((done.rows_affected(), 0)),
                        Either::Right(row) => {
                            run.columns(|| columns(row.columns()));
                            Either::Right(decode::postgres(&row).map_err(query_error)?)
                        }
                    };
                    run.take(item);
                }
            }
            Connection::Mysql(handle) => {
                let mut stream = raw_sql(sql).fetch_many(&mut **handle);
                while let Some(item) = stream.try_next().await.map_err(query_error)? {
                    let item = match item {
                        Either::Left(done) => Either::Left((
                            done.rows_affected(),
                            i64::try_from(done.last_insert_id()).unwrap_or_default(),
                        )),
                        Either::Right(row) => {
                            run.columns(|| columns(row.columns()));
                            Either::Right(decode::mysql(&row).map_err(query_error)?)
                        }
                    };
                    run.take(item);
                }
            }
        }
        Ok(())
    }

    /// SQLite and PostgreSQL read a text up to its first NUL character. SQLite's driver would ask for what follows for
    /// ever, PostgreSQL's would break the protocol.
    fn refuse_nul(&self, sql: &str) -> Result<(), QueryError> {
        let (before, _) = match &self.connection {
            Connection::Mysql(_) => return Ok(()),
            Connection::Sqlite(_) | Connection::Postgres(_) => match sql.split_once('\0') {
                Some(parts) => parts,
                None => return Ok(()),
            },
        };
        Err(QueryError {
            message: "the statement has a NUL character, at which the database would stop reading; remove it".to_owned(),
            code: None,
            position: Some(before.chars().count() + 1),
            connection_lost: false,
        })
    }

    /// The text to send, and the values that go beside it.
    fn text(&self, statements: &[&Statement]) -> Result<(String, Vec<Value>), QueryError> {
        if let [only] = statements {
            if self.dialect() == DialectName::Sqlite {
                return Ok((only.sql.clone(), only.parameters.clone()));
            }
            return literal::inline(self.dialect(), &only.sql, &only.parameters)
                .map(|sql| (sql, Vec::new()))
                .map_err(|message| QueryError {
                    message,
                    code: None,
                    position: None,
                    connection_lost: false,
                });
        }
        let mut sql = String::with_capacity(
            statements
                .iter()
                .map(|statement| statement.sql.len() + 2)
                .sum(),
        );
        for statement in statements {
            sql.push_str(&statement.sql);
            // A statement may end in a comment. Only then a new line comes first: SQLite keeps it in the text of an index.
            let last_line = statement.sql.rsplit('\n').next().unwrap_or_default();
            sql.push_str(if last_line.contains("--") { "\n;" } else { ";" });
        }
        let values = statements.iter().flat_map(|one| &one.parameters);
        Ok((sql, values.cloned().collect()))
    }
}

/// Counts what comes back against what was sent.
struct Run<'a> {
    first: usize,
    finished: usize,
    expected: usize,
    started: Instant,
    rows_changed: u64,
    last_insert_id: i64,
    /// Whether a row of the statement under way has come.
    in_rows: bool,
    /// How many times the database said that a statement is done.
    heard: usize,
    listener: Listener<'a>,
}

impl Run<'_> {
    fn start(&mut self) {
        self.started = Instant::now();
        self.rows_changed = 0;
        self.last_insert_id = 0;
        self.in_rows = false;
        (self.listener)(Progress::Started {
            index: self.first + self.finished,
        });
    }

    /// Told before each row; the columns are asked for once.
    fn columns(&mut self, columns: impl FnOnce() -> Vec<ResultColumn>) {
        if !std::mem::replace(&mut self.in_rows, true) {
            (self.listener)(Progress::Columns(columns()));
        }
    }

    fn take(&mut self, item: Either<(u64, i64), Row>) {
        match item {
            Either::Right(row) => (self.listener)(Progress::Row(row)),
            Either::Left((rows_changed, last_insert_id)) => {
                self.heard += 1;
                self.rows_changed += rows_changed;
                self.last_insert_id = last_insert_id;
                // The last one is done when the stream ends: a single text may hold several statements.
                if self.finished + 1 < self.expected {
                    self.finish();
                    self.start();
                }
            }
        }
    }

    /// Whether as many statements are done as were sent.
    fn has_heard_all(&self) -> bool {
        self.heard >= self.expected
    }

    fn finish(&mut self) {
        (self.listener)(Progress::Finished {
            index: self.first + self.finished,
            duration: self.started.elapsed(),
            rows_changed: self.rows_changed,
            last_insert_id: self.last_insert_id,
        });
        self.finished += 1;
    }

    fn finish_last(&mut self) {
        while self.finished < self.expected {
            self.finish();
        }
    }
}

pub(super) fn columns<C: sqlx::Column>(columns: &[C]) -> Vec<ResultColumn> {
    columns
        .iter()
        .map(|column| ResultColumn {
            name: column.name().to_owned(),
            type_name: column.type_info().name().to_owned(),
        })
        .collect()
}

fn bind_sqlite<'q>(
    query: sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>,
    value: &Value,
) -> sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments> {
    match value {
        Value::Null => query.bind(None::<i64>),
        Value::Boolean(flag) => query.bind(*flag),
        Value::Integer(number) => query.bind(*number),
        Value::Float(number) => query.bind(*number),
        Value::Bytes(bytes) => query.bind(bytes.clone()),
        // Above what SQLite's integers hold: as text, which a numeric column turns into a real number.
        Value::Unsigned(number) => query.bind(number.to_string()),
        Value::Decimal(text)
        | Value::Text(text)
        | Value::Date(text)
        | Value::Time(text)
        | Value::Timestamp(text)
        | Value::Uuid(text)
        | Value::Json(text) => query.bind(text.clone()),
    }
}

/// How many of the first statements SQLite's driver may be handed in one go: simple ones, or one with the values of row after
/// row.
fn together(statements: &[&Statement]) -> usize {
    let Some(first) = statements.first() else {
        return 1;
    };
    if is_simple(first) {
        return statements.iter().take_while(|one| is_simple(one)).count();
    }
    let same =
        |one: &&&Statement| one.sql == first.sql && one.parameters.len() == first.parameters.len();
    let rows = (ROWS_TEXT / (first.sql.len() + 2)).clamp(1, ROWS);
    let rows = statements.iter().take(rows).take_while(same).count();
    let may = rows > 1
        && is_one(&first.sql)
        && literal::takes_values_in_order(&first.sql, first.parameters.len());
    if may { rows } else { 1 }
}

/// How many rows are handed over together. Each is a statement of its own that is prepared once and kept.
const ROWS: usize = 64;

/// How long the text of those may be, in bytes; SQLite copies what is left of it for each statement.
const ROWS_TEXT: usize = 64 << 10;

/// Whether a statement is certainly one statement, so that what comes back can be counted.
fn is_simple(statement: &Statement) -> bool {
    statement.parameters.is_empty() && is_one(&statement.sql)
}

/// Whether a text is certainly one statement, and not none.
fn is_one(sql: &str) -> bool {
    !sql.contains([';', '\0'])
        && sql
            .trim_start()
            .starts_with(|first: char| first.is_ascii_alphabetic())
}

/// Whether MySQL and MariaDB commit the open transaction before they run this statement.
///
/// Source: "Statements That Cause an Implicit Commit" in either manual. A statement that is missing here is only
/// reported as rolled back although it stayed; one too many is reported the other way round.
pub(crate) fn commits_implicitly(sql: &str) -> bool {
    let sql = sql.trim_start();
    // What stands in such a comment is run, by a server of that version at least.
    let run = sql.strip_prefix("/*!").or_else(|| sql.strip_prefix("/*M!"));
    let sql = run.map_or(sql, |run| {
        run.trim_start_matches(|first: char| first.is_ascii_digit())
    });
    let mut words = literal::words(sql);
    let first = words.next().unwrap_or_default().to_ascii_uppercase();
    match first.as_str() {
        "ALTER" | "RENAME" | "TRUNCATE" | "GRANT" | "REVOKE" | "ANALYZE" | "CHECK" | "OPTIMIZE"
        | "REPAIR" | "CACHE" | "FLUSH" | "RESET" | "INSTALL" | "UNINSTALL" | "LOCK" | "BEGIN"
        | "START" => true,
        // CREATE TEMPORARY TABLE, CREATE OR REPLACE TEMPORARY TABLE and DROP TEMPORARY TABLE don't.
        "CREATE" | "DROP" => !words
            .find(|word| {
                !["OR", "REPLACE"]
                    .iter()
                    .any(|skipped| word.eq_ignore_ascii_case(skipped))
            })
            .is_some_and(|word| word.eq_ignore_ascii_case("TEMPORARY")),
        _ => false,
    }
}
