//! The place in a file that an error is about.

use std::path::{Path, PathBuf};

use super::MigratorError;
use crate::{
    migrate::{NormaliseError, OfflineError, RunFailure},
    models::ModelError,
    operation::SourceLocation,
    revision::{GraphProblem, PlanError, ResolveError},
    script::{Position, ScriptError, write::WriteError},
};

impl MigratorError {
    /// The place in a file that the error is about. A column of 0 means that only the line is known.
    pub fn location(&self) -> Option<SourceLocation> {
        match self {
            MigratorError::Config(error) => error.origin().map(|origin| SourceLocation {
                path: origin.file.to_path_buf(),
                line: origin.line,
                column: origin.column.unwrap_or(0),
            }),
            MigratorError::Header(error) => place(&error.path, error.position),
            MigratorError::Write(WriteError::BadTemplate { path, position, .. }) => {
                place(path, Some(*position))
            }
            MigratorError::Graph(error) => error.problems.first().and_then(graph_location),
            MigratorError::Plan(PlanError::Resolve(ResolveError::Graph(problem))) => {
                graph_location(problem)
            }
            MigratorError::Script(error)
            | MigratorError::Offline(OfflineError::Script { error, .. }) => script_location(error),
            MigratorError::Model(error) => model_location(error),
            MigratorError::Run(error) => match &error.cause {
                RunFailure::Statement(failure) => failure.location(),
                RunFailure::TableChange(failure) => failure.statement.location.clone(),
                RunFailure::Refused { location, .. } | RunFailure::Operation { location, .. } => {
                    location.clone()
                }
                RunFailure::Script { error, .. } => script_location(error),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The graph knows files only as the texts that [`Project`](super::Project) gave it: `path:line`, or `id (path:line)`.
fn graph_location(problem: &GraphProblem) -> Option<SourceLocation> {
    let described = match problem {
        GraphProblem::DuplicateId { places, .. } => places.last()?,
        GraphProblem::DuplicateLabel { revision, .. }
        | GraphProblem::MissingParent { revision, .. }
        | GraphProblem::MissingDependency { revision, .. }
        | GraphProblem::SelfLoop { revision }
        | GraphProblem::DependencySelfLoop { revision } => revision,
        GraphProblem::Cycle { revisions, .. } | GraphProblem::DependencyCycle { revisions, .. } => {
            revisions.first()?
        }
    };
    let place = match described.split_once(" (") {
        Some((_, place)) => place.strip_suffix(')')?,
        None => described,
    };
    let (path, line) = place.rsplit_once(':')?;
    Some(SourceLocation {
        path: PathBuf::from(path),
        line: line.parse().ok()?,
        column: 0,
    })
}

fn model_location(error: &NormaliseError) -> Option<SourceLocation> {
    match error {
        NormaliseError::Statement { location, .. } | NormaliseError::Misplaced { location, .. } => {
            location.clone()
        }
        NormaliseError::Model(ModelError::Split { path, position, .. }) => {
            place(path, Some(*position))
        }
        NormaliseError::Model(ModelError::Snapshot {
            path, line, column, ..
        }) => Some(SourceLocation {
            path: path.clone(),
            line: u32::try_from(*line).unwrap_or(u32::MAX),
            column: u32::try_from(*column).unwrap_or(u32::MAX),
        }),
        _ => None,
    }
}

fn script_location(error: &ScriptError) -> Option<SourceLocation> {
    match error {
        ScriptError::Sql(error) => place(&error.path, error.position),
        ScriptError::Code(error) => error.location.clone(),
        _ => None,
    }
}

fn place(path: &Path, position: Option<Position>) -> Option<SourceLocation> {
    position.map(|position| SourceLocation {
        path: path.to_owned(),
        line: position.line,
        column: position.column,
    })
}
