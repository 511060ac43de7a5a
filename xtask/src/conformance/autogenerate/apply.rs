//! What was generated, run by the engine as a revision is: in its transactions, with its rebuilds.

use std::path::PathBuf;

use limbeck::{
    dialect::BoxFuture,
    migrate::{RunOptions, ScriptIndex, Session, Silent, VersionTable, run},
    operation::Operation,
    revision::{Revision, RevisionGraph, RevisionId, Target},
    script::{Direction, Header, HeaderLines, Script, ScriptContext, ScriptError, ScriptFormat},
};

use super::place::RUNS;

/// The generated revision.
pub(super) struct Generated {
    header: Header,
    upgrade: Vec<Operation>,
    downgrade: Vec<Operation>,
}

const ID: &str = "generated";

impl Generated {
    pub(super) fn new(upgrade: Vec<Operation>, downgrade: Vec<Operation>) -> Self {
        Generated {
            header: Header {
                revision: ID.to_owned(),
                down_revision: Vec::new(),
                branch_labels: Vec::new(),
                depends_on: Vec::new(),
                message: ID.to_owned(),
                long_message: ID.to_owned(),
                create_date: None,
                path: PathBuf::from("generated.sql"),
                format: ScriptFormat::Sql,
                lines: HeaderLines::default(),
            },
            upgrade,
            downgrade,
        }
    }

    /// Goes to the head, or back to the base.
    pub(super) async fn run(
        &self,
        session: &mut Session<'_>,
        direction: Direction,
    ) -> Result<(), String> {
        let revision = RevisionId::new(ID).map(Revision::new);
        let revision = revision.map_err(|error| error.to_string())?;
        let graph = RevisionGraph::new(vec![revision]).map_err(|error| error.to_string())?;
        let name = match direction {
            Direction::Upgrade => "head",
            Direction::Downgrade => "base",
        };
        let target = Target::parse(name).map_err(|error| error.to_string())?;
        let planner = |rows: &[String]| match direction {
            Direction::Upgrade => graph.upgrade(&target, rows),
            Direction::Downgrade => graph.downgrade(&target, rows),
        };
        let options = RunOptions {
            version_table: VersionTable {
                name: RUNS.to_owned(),
                ..VersionTable::default()
            },
            ..RunOptions::default()
        };
        let scripts: ScriptIndex<'_> = [self as &dyn Script].into_iter().collect();
        let done = run(session, planner, &scripts, &options, &mut Silent).await;
        done.map(|_| ()).map_err(|error| {
            format!(
                "{direction} failed: {}\n{}",
                error.cause,
                self.text(direction)
            )
        })
    }

    /// The operations, a line each.
    pub(super) fn text(&self, direction: Direction) -> String {
        let lines: Vec<String> = self
            .operations(direction)
            .iter()
            .map(ToString::to_string)
            .collect();
        lines.join("\n")
    }

    fn operations(&self, direction: Direction) -> &[Operation] {
        match direction {
            Direction::Upgrade => &self.upgrade,
            Direction::Downgrade => &self.downgrade,
        }
    }
}

impl Script for Generated {
    fn header(&self) -> &Header {
        &self.header
    }

    fn run<'a>(
        &'a self,
        direction: Direction,
        context: &'a mut dyn ScriptContext,
    ) -> BoxFuture<'a, Result<(), ScriptError>> {
        Box::pin(async move {
            for operation in self.operations(direction) {
                context.apply(operation.clone(), None).await?;
            }
            Ok(())
        })
    }
}
