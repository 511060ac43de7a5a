//! Writes a plan as a script for the database's own client: `sqlite3`, `psql`, `mariadb`. Nothing is connected.
//!
//! The script does what a run does, in the same transactions, and writes the same version rows; only what a run
//! checks (the rows it finds, the lock) a script cannot.

use std::fmt::Write as _;

use super::{
    observer::{Event, HookError, Observer},
    run::{
        ChangeReader, RunFailure, ScriptIndex, TransactionMode, nothing_to_ask, script_direction,
        statements,
    },
    session::literal,
    version_table::VersionTable,
};
use crate::{
    dialect::{BoxFuture, Dialect, DialectName, Isolation, Statement, StatementResult, Values},
    operation::{Operation, SourceLocation},
    revision::{Plan, RevisionId, Step},
    script::{ContextError, ScriptContext, ScriptError, python::check_decided},
};

/// How a script is written.
#[derive(Clone, Debug, Default)]
pub struct OfflineOptions {
    /// What succeeds or fails together.
    pub transaction: TransactionMode,
    /// Where the version rows are.
    pub version_table: VersionTable,
}

/// Why a plan cannot be written as a script.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OfflineError {
    /// A revision's script cannot be written.
    #[error("revision {revision} could not be written: {error}")]
    Script {
        /// The revision.
        revision: RevisionId,
        /// Why.
        error: ScriptError,
    },
    /// There is no script for a revision of the plan.
    #[error(
        "revision {revision} has no script that can be run here; add its file to the versions directory"
    )]
    NoScript {
        /// The revision.
        revision: RevisionId,
    },
    /// A hook stopped the writing.
    #[error("a hook stopped after revision {revision} was written: {error}")]
    Hook {
        /// The revision.
        revision: RevisionId,
        /// Why.
        error: HookError,
    },
    /// All rows of a version table cannot be replaced without knowing them.
    #[error("a purge cannot be written as a script: it is for version rows that no script knows")]
    Purge,
}

/// Writes `plan` in `language`. Of the observer only what concerns the plan and written steps is called.
///
/// # Errors
/// [`OfflineError`] of the first script that cannot be written.
pub async fn write_offline(
    plan: &Plan,
    scripts: &ScriptIndex<'_>,
    language: &dyn Dialect,
    options: &OfflineOptions,
    observer: &mut dyn Observer,
) -> Result<String, OfflineError> {
    if plan.purge {
        return Err(OfflineError::Purge);
    }
    let transaction = match language.capabilities().transactional_ddl {
        true => options.transaction,
        false => TransactionMode::None,
    };
    let mut writer = Writer {
        language,
        text: String::new(),
        in_transaction: false,
    };
    if transaction == TransactionMode::WholeRun {
        writer.begin();
    }
    let rows: Vec<String> = plan.first_rows().iter().map(ToString::to_string).collect();
    observer.event(Event::Planned {
        rows: &rows,
        steps: &plan.steps,
    });
    let mut table_is_missing = plan.first_rows().is_empty();
    let table = &options.version_table;
    for step in &plan.steps {
        if transaction == TransactionMode::PerRevision {
            writer.begin();
        }
        if std::mem::take(&mut table_is_missing) {
            let longest = plan.longest_id().map_or(0, RevisionId::chars);
            writer.statement(&table.create(language, longest).sql);
        }
        let _ = write!(writer.text, "-- Running {}\n\n", headline(step));
        if let Some(direction) = script_direction(step.direction) {
            let revision = || step.revision.clone();
            let script = scripts.get(&step.revision);
            let script = script.ok_or_else(|| OfflineError::NoScript {
                revision: revision(),
            })?;
            let ran = match check_decided(script.header()) {
                Ok(()) => script.run(direction, &mut writer).await,
                refused => refused,
            };
            ran.map_err(|error| OfflineError::Script {
                revision: revision(),
                error,
            })?;
        }
        for write in &step.writes {
            writer.statement(&table.write(language, write).sql);
        }
        let observed = observer.after_written_step(step, &mut writer).await;
        observed.map_err(|error| OfflineError::Hook {
            revision: step.revision.clone(),
            error,
        })?;
        if transaction == TransactionMode::PerRevision {
            writer.commit();
        }
    }
    if transaction == TransactionMode::WholeRun {
        writer.commit();
    }
    Ok(writer.finish())
}

/// `upgrade a, b -> c`, as Alembic's log lines begin; a base has nothing on its side of the arrow.
pub fn headline(step: &Step) -> String {
    let list = |ids: &[RevisionId]| {
        ids.iter()
            .map(RevisionId::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let word = match step.direction.is_stamp() {
        true => "stamp_revision",
        false if step.direction.is_up() => "upgrade",
        false => "downgrade",
    };
    format!("{word} {} -> {}", list(&step.from), list(&step.to))
}

struct Writer<'l> {
    language: &'l dyn Dialect,
    text: String,
    in_transaction: bool,
}

impl Writer<'_> {
    fn begin(&mut self) {
        self.in_transaction = true;
        self.statement(self.language.begin());
    }

    fn commit(&mut self) {
        self.in_transaction = false;
        self.statement(self.language.commit());
    }

    /// How a table of SQLite's is changed depends on the table, which no script sees.
    fn refuse_table_change(
        &self,
        operation: &Operation,
        location: Option<&SourceLocation>,
    ) -> Result<(), RunFailure> {
        match ChangeReader::offline(self.language.name(), None).read(operation, location)? {
            None => Ok(()),
            Some(_) => Err(RunFailure::Refused {
                location: match operation {
                    Operation::Execute(execute) => execute.location.clone(),
                    _ => None,
                }
                .or(location.cloned()),
                reason: "SQLite cannot run this ALTER TABLE itself, and how the table is changed instead depends on the \
                         table, which a script cannot look at; run it with a database, or write the rebuild for SQLite \
                         in a section of its own"
                    .to_owned(),
            }),
        }
    }

    fn take(&mut self, statement: &Statement) -> Result<(), String> {
        let sql = literal::inline(self.language.name(), &statement.sql, &statement.parameters)?;
        let interrupted = self.in_transaction && statement.isolation == Isolation::Autocommit;
        if interrupted {
            self.commit();
        }
        self.statement(&sql);
        if interrupted {
            self.begin();
        }
        Ok(())
    }

    fn statement(&mut self, sql: &str) {
        let sql = sql.trim();
        let mysql = matches!(
            self.language.name(),
            DialectName::Mysql | DialectName::Mariadb
        );
        if mysql && literal::mentions_outside_quotes(sql, ';') {
            // This client ends a statement at the first semicolon, inside a body too, unless told otherwise.
            let delimiter = ["//", "$$", "|||", "@@@@"]
                .into_iter()
                .find(|mark| !sql.contains(mark))
                .unwrap_or("~~~~~");
            let _ = write!(
                self.text,
                "DELIMITER {delimiter}\n{sql}\n{delimiter}\nDELIMITER ;\n\n"
            );
            return;
        }
        self.text.push_str(sql);
        // After a comment the terminator would be part of it.
        if literal::ends_in_line_comment(self.language.name(), sql) {
            self.text.push('\n');
        }
        self.text.push_str(self.language.terminator());
        self.text.push_str("\n\n");
    }

    /// Clients guess the encoding of a script from their surroundings; only letters outside ASCII tell the guesses
    /// apart.
    fn finish(self) -> String {
        let encoding = match self.language.name() {
            _ if self.text.is_ascii() => None,
            DialectName::Postgresql => Some("SET client_encoding = 'UTF8';\n\n"),
            DialectName::Mysql | DialectName::Mariadb => Some("SET NAMES utf8mb4;\n\n"),
            _ => None,
        };
        match encoding {
            Some(encoding) => format!("{encoding}{}", self.text),
            None => self.text,
        }
    }
}

impl ScriptContext for Writer<'_> {
    fn dialect(&self) -> DialectName {
        self.language.name()
    }

    fn is_offline(&self) -> bool {
        true
    }

    fn apply<'a>(
        &'a mut self,
        operation: Operation,
        location: Option<SourceLocation>,
    ) -> BoxFuture<'a, Result<(), ContextError>> {
        if let Err(refused) = self.refuse_table_change(&operation, location.as_ref()) {
            return Box::pin(std::future::ready(Err(ContextError::new(refused))));
        }
        let written = statements(self.language, operation, location, Values::Literal).and_then(
            |statements| {
                statements.iter().try_for_each(|statement| {
                    self.take(statement).map_err(|reason| RunFailure::Refused {
                        location: statement.location.clone(),
                        reason,
                    })
                })
            },
        );
        Box::pin(std::future::ready(written.map_err(ContextError::new)))
    }

    fn execute(
        &mut self,
        statement: Statement,
    ) -> BoxFuture<'_, Result<StatementResult, ContextError>> {
        Box::pin(std::future::ready(Err(nothing_to_ask(statement))))
    }
}
