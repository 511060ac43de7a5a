//! Operations, run as a script of theirs would be: with rebuilds, locks, transactions and all.

use std::path::PathBuf;

use limbeck::{
    dialect::BoxFuture,
    diff::{Comparison, Decisions, Language, Sides, compare},
    migrate::{RunOptions, ScriptIndex, Session, Silent, run},
    operation::Operation,
    revision::{Direction, Plan, RevisionId, Step, VersionWrite},
    schema::Database,
    script::{self, Header, HeaderLines, Script, ScriptContext, ScriptError, ScriptFormat},
};

/// A script that is nothing but its operations.
struct Operations {
    header: Header,
    operations: Vec<Operation>,
}

impl Script for Operations {
    fn header(&self) -> &Header {
        &self.header
    }

    fn run<'a>(
        &'a self,
        _: script::Direction,
        context: &'a mut dyn ScriptContext,
    ) -> BoxFuture<'a, Result<(), ScriptError>> {
        Box::pin(async move {
            for operation in &self.operations {
                context.apply(operation.clone(), None).await?;
            }
            Ok(())
        })
    }
}

fn script_of(revision: &str, operations: Vec<Operation>) -> Operations {
    let header = Header {
        revision: revision.to_owned(),
        down_revision: Vec::new(),
        branch_labels: Vec::new(),
        depends_on: Vec::new(),
        message: String::new(),
        long_message: String::new(),
        create_date: None,
        path: PathBuf::from(revision),
        format: ScriptFormat::Sql,
        lines: HeaderLines::default(),
    };
    Operations { header, operations }
}

/// Runs operations in a step of their own.
pub(crate) async fn apply(
    session: &mut Session<'_>,
    revision: &str,
    operations: Vec<Operation>,
) -> Result<(), String> {
    let script = script_of(revision, operations);
    let id = RevisionId::new(revision).unwrap();
    let planner = |rows: &[String]| {
        let start: Vec<RevisionId> = rows
            .iter()
            .map(|row| RevisionId::new(row).unwrap())
            .collect();
        let write = match start.first() {
            Some(from) => VersionWrite::Update {
                from: from.clone(),
                to: id.clone(),
            },
            None => VersionWrite::Insert(id.clone()),
        };
        Ok(Plan {
            steps: vec![Step {
                revision: id.clone(),
                direction: Direction::Upgrade,
                from: start.clone(),
                to: vec![id.clone()],
                writes: vec![write],
            }],
            start,
            purge: false,
        })
    };
    let scripts: ScriptIndex<'_> = [&script as &dyn Script].into_iter().collect();
    run(
        session,
        planner,
        &scripts,
        &RunOptions::default(),
        &mut Silent,
    )
    .await
    .map(|_| ())
    .map_err(|error| error.to_string())
}

/// Compares in the session's language.
pub(crate) fn difference(
    session: &Session<'_>,
    actual: &Database,
    wanted: &Database,
    decisions: &Decisions,
) -> Comparison {
    let dialect = session.server().language();
    let language = Language {
        capabilities: dialect.capabilities(),
        equivalence: dialect.equivalence(),
    };
    compare(Sides::new(actual, wanted), language, decisions)
}
