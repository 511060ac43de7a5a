//! `on_version_apply`: env.py's functions that are called after each step, in its transaction.

use std::{path::Path, sync::Arc};

use limbeck::{
    dialect::{BoxFuture, DialectName, Query, ResultColumn, Statement, StatementResult},
    migrate::{HookError, Observer, VersionTable},
    revision::{Direction, RevisionId, Step},
    schema::Value,
};
use serde_json::json;

use super::{
    error::{ProjectPythonError, PythonFailure},
    service::{self, Refusal, Target},
    stage::{ProjectPython, State},
};

/// Calls the functions after each step.
pub(super) struct OnVersionApply {
    pub(super) python: Arc<ProjectPython>,
    pub(super) stage: usize,
    pub(super) dialect: DialectName,
    pub(super) table: VersionTable,
}

impl Observer for OnVersionApply {
    fn after_step<'a>(
        &'a mut self,
        step: &'a Step,
        database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        Box::pin(async move {
            let sql = format!("SELECT version_num FROM {}", self.quoted());
            let rows = database.query(&sql, &[]).await?;
            let heads: Vec<_> = rows.iter().flatten().filter_map(Value::as_text).collect();
            let ids = |ids: &[RevisionId]| -> Vec<String> {
                ids.iter().map(|id| id.as_str().to_owned()).collect()
            };
            let upgrade = matches!(step.direction, Direction::Upgrade | Direction::StampUp);
            let (up, down) = match upgrade {
                true => (&step.to, &step.from),
                false => (&step.from, &step.to),
            };
            let command = json!({
                "do": "applied",
                "dialect": self.dialect.as_str(),
                "upgrade": upgrade,
                "stamp": matches!(step.direction, Direction::StampUp | Direction::StampDown),
                "up_revisions": ids(up),
                "down_revisions": ids(down),
                "heads": heads,
            });
            let mut state = self.python.reach(self.stage).await?;
            let broken = State::Broken(ProjectPythonError::Interrupted);
            let State::Waiting(mut waiting) = std::mem::replace(&mut *state, broken) else {
                return Err(ProjectPythonError::Interrupted.into());
            };
            let mut target = OnQuery {
                query: database,
                dialect: self.dialect,
            };
            let path = Path::new("env.py");
            let outcome =
                service::command(&mut waiting.process, &command, path, &mut target).await?;
            let program = waiting.process.program().to_owned();
            *state = State::Waiting(waiting);
            match outcome.failure {
                Some(failure) => {
                    let failure = PythonFailure::new(*failure, None, &program);
                    Err(HookError::from(ProjectPythonError::Raised(Arc::new(
                        failure,
                    ))))
                }
                None => Ok(()),
            }
        })
    }
}

impl OnVersionApply {
    fn quoted(&self) -> String {
        let quote = match self.dialect {
            DialectName::Mysql | DialectName::Mariadb => '`',
            _ => '"',
        };
        let quoted = |name: &str| {
            let doubled = name.replace(quote, &format!("{quote}{quote}"));
            format!("{quote}{doubled}{quote}")
        };
        match &self.table.schema {
            Some(schema) => format!("{}.{}", quoted(schema), quoted(&self.table.name)),
            None => quoted(&self.table.name),
        }
    }
}

struct OnQuery<'q> {
    query: &'q mut dyn Query,
    dialect: DialectName,
}

impl Target for OnQuery<'_> {
    fn dialect(&self) -> DialectName {
        self.dialect
    }

    fn run(&mut self, statement: Statement) -> BoxFuture<'_, Result<StatementResult, Refusal>> {
        Box::pin(async move {
            let refusal = |error| Refusal {
                error,
                context: None,
            };
            let sql = statement.sql.trim_start();
            let first = sql.split(|end: char| !end.is_alphabetic()).next();
            let reads = ["SELECT", "SHOW", "PRAGMA", "WITH", "VALUES"];
            let first = first.unwrap_or_default().to_ascii_uppercase();
            if !reads.contains(&first.as_str()) {
                let changed = self.query.execute(&statement.sql, &statement.parameters);
                return Ok(StatementResult {
                    rows_changed: changed.await.map_err(refusal)?,
                    ..StatementResult::default()
                });
            }
            let rows = self.query.query(&statement.sql, &statement.parameters);
            let rows = rows.await.map_err(refusal)?;
            // A hook's way to the database does not tell names; SQLAlchemy finds what it asked for by place.
            let width = rows.first().map_or(0, Vec::len);
            let columns = (1..=width).map(|place| ResultColumn {
                name: format!("column_{place}"),
                type_name: String::new(),
            });
            Ok(StatementResult {
                columns: Some(columns.collect()),
                rows,
                ..StatementResult::default()
            })
        })
    }
}
