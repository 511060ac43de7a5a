//! Serves a command that the driver carries out: its statements go to whatever the command works on, their answers back.

use std::{error::Error, path::Path};

use limbeck::{
    dialect::{BoxFuture, DialectName, QueryError, Statement, StatementResult},
    operation::{Execute, SourceLocation},
    script::{ContextError, ScriptContext},
};
use serde_json::{Value as Json, json};

use super::{
    error::ProjectPythonError,
    message::{Failure, Request, Said},
    process::Process,
    value,
};

/// Where statements of the driver go.
pub(super) trait Target: Send {
    /// The database's dialect.
    fn dialect(&self) -> DialectName;

    /// Runs one statement, or writes it down.
    fn run(&mut self, statement: Statement) -> BoxFuture<'_, Result<StatementResult, Refusal>>;
}

/// Why a statement was not run.
pub(super) struct Refusal {
    /// What the script is told.
    pub(super) error: QueryError,
    /// The context's own error, for the run's report.
    pub(super) context: Option<ContextError>,
}

/// How a command ended.
pub(super) struct Outcome {
    /// The exception that it ended with.
    pub(super) failure: Option<Box<Failure>>,
    /// What the context refused, when that exception comes from it.
    pub(super) refused: Option<ContextError>,
    /// What it found out.
    pub(super) answer: Option<Json>,
}

/// Sends a command and serves the driver until it is carried out. `path` is the file of the revision, as the user types it.
pub(super) async fn command(
    process: &mut Process,
    command: &Json,
    path: &Path,
    target: &mut dyn Target,
) -> Result<Outcome, ProjectPythonError> {
    process.send(command).await?;
    let mut asked = 0_u64;
    let mut refused: Option<(u64, ContextError)> = None;
    loop {
        match process.receive().await? {
            Said::Statement(request) => {
                asked += 1;
                let answer = match answer(request, path, target).await {
                    Ok(answer) => answer,
                    Err(refusal) => {
                        refused = refusal.context.map(|context| (asked, context)).or(refused);
                        json!({
                            "error": {
                                "message": refusal.error.message,
                                "code": refusal.error.code,
                                "lost": refusal.error.connection_lost,
                            },
                            "number": asked,
                        })
                    }
                };
                process.send(&answer).await?;
            }
            Said::Done { answer } => {
                return Ok(Outcome {
                    failure: None,
                    refused: None,
                    answer,
                });
            }
            Said::Refused { failure } => {
                let number = failure.refusal;
                return Ok(Outcome {
                    failure: Some(failure),
                    refused: refused
                        .filter(|(refused, _)| number == Some(*refused))
                        .map(|(_, context)| context),
                    answer: None,
                });
            }
            said => {
                return Err(ProjectPythonError::Pipe {
                    program: process.program().to_owned(),
                    reason: format!("it said something out of turn: {said:?}"),
                });
            }
        }
    }
}

async fn answer(request: Request, path: &Path, target: &mut dyn Target) -> Result<Json, Refusal> {
    let location = request.file.as_ref().map(|_| SourceLocation {
        path: path.to_owned(),
        line: request.line,
        column: 0,
    });
    let statement = |sql: String, parameters: &[Json]| {
        let parameters: Result<Vec<_>, _> = parameters.iter().map(value::from_python).collect();
        let statement = Statement::new(sql)
            .with_parameters(parameters.map_err(unusable)?)
            .at(location.clone());
        Ok(match request.autocommit {
            true => statement.autocommit(),
            false => statement,
        })
    };
    let mut last = StatementResult::default();
    let mut changed = 0;
    let sql = request.sql.clone().unwrap_or_default();
    let mut statements: Vec<Statement> = Vec::new();
    if !request.sqls.is_empty() {
        for sql in &request.sqls {
            statements.push(statement(sql.clone(), &[])?);
        }
    } else if !request.many.is_empty() {
        for parameters in &request.many {
            statements.push(statement(sql.clone(), parameters)?);
        }
    } else {
        statements.push(statement(sql, &request.parameters)?);
    }
    for statement in statements {
        last = target.run(statement).await?;
        changed += last.rows_changed;
    }
    let dialect = target.dialect();
    let asks = asks(request.sql.as_deref().unwrap_or_default());
    let columns = last.columns.as_deref();
    let types: Vec<&str> = columns
        .unwrap_or_default()
        .iter()
        .map(|column| column.type_name.as_str())
        .collect();
    let rows: Vec<Vec<Json>> = last
        .rows
        .iter()
        .map(|row| {
            let types = types.iter().copied().chain(std::iter::repeat(""));
            row.iter()
                .zip(types)
                .map(|(value, type_name)| value::to_python(value, type_name, dialect))
                .collect()
        })
        .collect();
    let columns: Option<Vec<Json>> = columns.map(|columns| {
        columns
            .iter()
            .map(|column| json!([column.name, oid(&column.type_name)]))
            .collect()
    });
    // A question without an answer whose columns the driver cannot tell (`pg_node_tree`) is a question all the same.
    let columns = columns.or_else(|| asks.then(Vec::new));
    Ok(json!({
        "columns": columns,
        "rows": rows,
        "rowcount": changed,
        "lastrowid": last.last_insert_id,
    }))
}

/// Whether a statement gives rows whatever it finds.
fn asks(sql: &str) -> bool {
    let first = sql
        .trim_start_matches(|begin: char| begin.is_whitespace() || begin == '(')
        .split(|end: char| !end.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    ["SELECT", "VALUES", "SHOW"]
        .iter()
        .any(|word| first.eq_ignore_ascii_case(word))
}

/// PostgreSQL's number of a type, for those that SQLAlchemy decides by; source: `pg_type.dat`.
fn oid(type_name: &str) -> Option<u32> {
    Some(match type_name {
        "BOOL" => 16,
        "BYTEA" => 17,
        "INT8" => 20,
        "INT2" => 21,
        "INT4" => 23,
        "TEXT" => 25,
        "FLOAT4" => 700,
        "FLOAT8" => 701,
        "NUMERIC" => 1700,
        _ => return None,
    })
}

fn unusable(reason: String) -> Refusal {
    Refusal {
        error: QueryError {
            message: reason,
            code: None,
            position: None,
            connection_lost: false,
        },
        context: None,
    }
}

/// A run's context, or an offline writer.
pub(super) struct OnContext<'c>(pub(super) &'c mut dyn ScriptContext);

impl Target for OnContext<'_> {
    fn dialect(&self) -> DialectName {
        self.0.dialect()
    }

    fn run(&mut self, statement: Statement) -> BoxFuture<'_, Result<StatementResult, Refusal>> {
        Box::pin(async move {
            let done = match self.0.is_offline() {
                false => self.0.execute(statement).await,
                true => {
                    let location = statement.location.clone();
                    let execute = Execute {
                        autocommit: statement.isolation == limbeck::dialect::Isolation::Autocommit,
                        sql: statement.sql,
                        parameters: statement.parameters,
                        batches: None,
                        location: statement.location,
                    };
                    let written = self.0.apply(execute.into(), location).await;
                    written.map(|()| StatementResult::default())
                }
            };
            done.map_err(|context| Refusal {
                error: query_error(&context),
                context: Some(context),
            })
        })
    }
}

/// What the database said, from inside whatever the context made of it.
fn query_error(context: &ContextError) -> QueryError {
    let mut next: Option<&(dyn Error + 'static)> = Some(context);
    while let Some(error) = next {
        if let Some(query) = error.downcast_ref::<QueryError>() {
            return query.clone();
        }
        next = error.source();
    }
    QueryError {
        message: context.to_string(),
        code: None,
        position: None,
        connection_lost: false,
    }
}

/// For commands that have no database to work on.
pub(super) struct Nothing;

impl Target for Nothing {
    fn dialect(&self) -> DialectName {
        DialectName::Generic
    }

    fn run(&mut self, statement: Statement) -> BoxFuture<'_, Result<StatementResult, Refusal>> {
        let reason = format!(
            "no revision is running, so this statement was not sent: {}",
            statement.sql
        );
        Box::pin(std::future::ready(Err(unusable(reason))))
    }
}
