//! Revision ids, the graph they form, the target grammar and plans. Pure: must not know files, SQL or databases.
//!
//! - [`RevisionId`], [`Revision`]: one script as the graph sees it
//! - [`RevisionGraph`]: all of them, with what is wrong in it kept as [`GraphProblem`]s
//! - [`Target`], [`Range`]: what a user types (`head`, `+1`, `label@ae10-2`, `a:b`), parsed
//! - [`Plan`]: the steps of an upgrade, downgrade or stamp, each with its writes to the version table
//!
//! ```
//! use limbeck::revision::{Revision, RevisionGraph, RevisionId, Target};
//!
//! let first = Revision::new(RevisionId::new("1975ea83b712")?);
//! let second = Revision::new(RevisionId::new("ae1027a6acf")?).revises(first.id.clone());
//! let graph = RevisionGraph::new(vec![first, second])?;
//! let plan = graph.upgrade(&Target::parse("head")?, &[] as &[&str])?;
//! assert_eq!(plan.steps.len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod build;
mod current;
mod cycles;
mod edges;
mod ends;
mod error;
mod graph;
mod history;
mod id;
mod labels;
mod leads;
mod least;
mod lookup;
mod node;
mod order;
mod parent;
mod plan;
mod position;
mod problem;
mod resolve;
mod rows;
mod select;
mod stamp;
mod steps;
mod target;
mod walk;

pub use error::{ErrorKind, PlanError, ResolveError, Steps};
pub use graph::RevisionGraph;
pub use history::{Bound, IterateOptions};
pub use id::{IdError, RevisionId};
pub use node::{Node, Revision};
pub use plan::{Direction, Plan, Step, VersionWrite};
pub use problem::{GraphError, GraphProblem};
pub use rows::VersionRows;
pub use target::{Anchor, Range, Target, TargetError};

#[cfg(test)]
mod tests;
