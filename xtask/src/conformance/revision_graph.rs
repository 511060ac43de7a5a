//! Cases of kind `revision-graph`: looking revisions up and listing them.

use limbeck::revision::{
    Bound, ErrorKind, IterateOptions, Node, PlanError, ResolveError, RevisionGraph, Target,
};
use serde::Deserialize;
use serde_json::Value;

use super::graph::{CaseNode, OneOrMany, build};
use super::{Outcome, difference};

#[derive(Debug, Deserialize)]
pub(super) struct Case {
    graph: Vec<CaseNode>,
    method: Method,
    args: Vec<OneOrMany>,
    /// An object, or an empty list for no options.
    kw: Value,
    #[serde(default)]
    result: Value,
    error: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Method {
    GetRevision,
    GetRevisions,
    IterateRevisions,
    FilterForLineage,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Options {
    inclusive: bool,
    implicit_base: bool,
    select_for_downgrade: bool,
}

pub(super) fn check(case: &Case) -> Outcome {
    let graph = build(&case.graph)?;
    let found = ask(&graph, case);
    match (&case.error, found) {
        (Some(expected), Err(found)) => same_error(expected, &found),
        (Some(expected), Ok(found)) => Err(format!("Alembic: {expected}\nLimbeck: {found}")),
        (None, Err(error)) => Err(format!("Alembic: {}\nLimbeck: {error}", case.result)),
        (None, Ok(found)) if found == case.result => Ok(()),
        (None, Ok(found)) => Err(difference(
            &format!("{}\n", case.result),
            &format!("{found}\n"),
        )),
    }
}

fn ask(graph: &RevisionGraph, case: &Case) -> Result<Value, PlanError> {
    const NOTHING: OneOrMany = OneOrMany::None;
    let first = case.args.first().unwrap_or(&NOTHING);
    let second = case.args.get(1).unwrap_or(&NOTHING);
    match case.method {
        Method::GetRevision => {
            let found = resolve(graph, first)?;
            match found.as_slice() {
                [] => Ok(Value::Null),
                [one] => Ok(one.id().as_str().into()),
                several => Err(ResolveError::MultipleHeads {
                    argument: format!("{first:?}"),
                    heads: several.iter().map(|node| node.id().clone()).collect(),
                }
                .into()),
            }
        }
        Method::GetRevisions => Ok(listed(&resolve(graph, first)?)),
        Method::IterateRevisions => {
            let options: Options = serde_json::from_value(case.kw.clone()).unwrap_or_default();
            let upper = End::new(first)?;
            let lower = End::new(second)?;
            let options = IterateOptions {
                inclusive: options.inclusive,
                implicit_base: options.implicit_base,
                for_downgrade: options.select_for_downgrade,
            };
            Ok(listed(&graph.iterate(
                upper.bound(),
                lower.bound(),
                options,
            )?))
        }
        Method::FilterForLineage => {
            let check = resolve(graph, second)?;
            let mut kept = resolve(graph, first)?;
            kept.retain(|node| {
                check.is_empty() || check.iter().any(|other| node.shares_lineage(*other))
            });
            Ok(listed(&kept))
        }
    }
}

/// One end of a listing: a target as typed, or rows.
enum End<'a> {
    Target(Target),
    Rows(Vec<&'a str>),
}

impl<'a> End<'a> {
    fn new(text: &'a OneOrMany) -> Result<Self, PlanError> {
        Ok(match text {
            OneOrMany::None => Self::Target(Target::BASE),
            OneOrMany::One(text) => Self::Target(Target::parse(text)?),
            OneOrMany::Many(rows) => Self::Rows(rows.iter().map(String::as_str).collect()),
        })
    }

    fn bound(&self) -> Bound<'_> {
        match self {
            Self::Target(target) => Bound::Target(target),
            Self::Rows(rows) => Bound::Rows(rows),
        }
    }
}

fn resolve<'g>(graph: &'g RevisionGraph, of: &OneOrMany) -> Result<Vec<Node<'g>>, PlanError> {
    let mut found = Vec::new();
    for text in of.as_slice() {
        let target = Target::parse(text)?;
        found.extend(graph.resolve(&target, &[] as &[&str])?);
    }
    Ok(found)
}

fn listed(nodes: &[Node<'_>]) -> Value {
    nodes.iter().map(|node| node.id().as_str()).collect()
}

/// Compares with the class of Alembic's exception.
fn same_error(alembic: &str, found: &PlanError) -> Outcome {
    let kinds: &[ErrorKind] = match alembic {
        "MultipleHeads" => &[ErrorKind::MultipleHeads],
        "ResolutionError" => &[ErrorKind::UnknownRevision, ErrorKind::AmbiguousRevision],
        "RangeNotAncestorError" => &[ErrorKind::NotReachable],
        "CycleDetected" | "DependencyCycleDetected" | "LoopDetected" | "DependencyLoopDetected" => {
            &[ErrorKind::BrokenGraph]
        }
        // The base class of all others: any refusal is one.
        "RevisionError" => return Ok(()),
        _ => &[],
    };
    match kinds.contains(&found.kind()) {
        true => Ok(()),
        false => Err(format!(
            "Alembic: {alembic}\nLimbeck: {found} ({:?})",
            found.kind()
        )),
    }
}
