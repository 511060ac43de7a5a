//! Cases of kind `plans`: an upgrade, downgrade or stamp, its steps and the rows it leaves.

use std::collections::HashSet;

use limbeck::revision::{
    Direction, ErrorKind, Plan, PlanError, RevisionGraph, Target, VersionRows,
};
use serde::Deserialize;

use super::graph::{CaseNode, build};
use super::{Outcome, difference};

#[derive(Debug, Deserialize)]
pub(super) struct Case {
    graph: Vec<CaseNode>,
    current: Vec<String>,
    method: Method,
    target: String,
    #[serde(flatten)]
    expected: Expected,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Method {
    Upgrade,
    Downgrade,
    Stamp,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Expected {
    Error {
        error: String,
    },
    Steps {
        steps: Vec<CaseStep>,
        r#final: Vec<String>,
    },
    /// Alembic's order depends on the order of a Python set: any valid order will do.
    AnyOrder {
        order: Unspecified,
        r#final: Vec<String>,
    },
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unspecified {
    Unspecified,
}

#[derive(Debug, Deserialize)]
struct CaseStep {
    /// Absent for a stamp, which runs no revision.
    revision: Option<String>,
    version_table: Vec<String>,
}

pub(super) fn check(case: &Case) -> Outcome {
    let graph = build(&case.graph)?;
    let plan = plan(&graph, case);
    match (&case.expected, plan) {
        (Expected::Error { error }, Err(found)) => same_error(error, &found),
        (Expected::Error { error }, Ok(plan)) => Err(difference(
            &format!("error: {error}\n"),
            &shown(&plan, true),
        )),
        (_, Err(error)) => Err(format!("unexpected error: {error}")),
        (Expected::Steps { steps, r#final }, Ok(plan)) => {
            let is_script = steps.iter().any(|step| step.revision.is_some());
            let found = shown(&plan, is_script);
            let expected = expected_text(steps, r#final);
            if found == expected {
                Ok(())
            } else {
                Err(difference(&expected, &found))
            }
        }
        (
            Expected::AnyOrder {
                order: Unspecified::Unspecified,
                r#final,
            },
            Ok(plan),
        ) => {
            valid_order(&graph, &plan)?;
            let (expected, found) = (rows_text(r#final), rows_text(&ids(&plan.final_rows())));
            if found == expected {
                Ok(())
            } else {
                Err(difference(&expected, &found))
            }
        }
    }
}

fn plan(graph: &RevisionGraph, case: &Case) -> Result<Plan, PlanError> {
    let target = Target::parse(&case.target)?;
    match case.method {
        Method::Upgrade => graph.upgrade(&target, &case.current),
        Method::Downgrade => graph.downgrade(&target, &case.current),
        Method::Stamp => graph.stamp(&[target], &case.current, false),
    }
}

fn shown(plan: &Plan, is_script: bool) -> String {
    let mut text = String::new();
    for step in &plan.steps {
        if is_script {
            text += &format!("{}: ", step.revision);
        }
        let writes: Vec<String> = step.writes.iter().map(ToString::to_string).collect();
        text += &(writes.join(", ") + "\n");
    }
    text + &rows_text(&ids(&plan.final_rows()))
}

fn expected_text(steps: &[CaseStep], rows: &[String]) -> String {
    let mut text = String::new();
    for step in steps {
        if let Some(revision) = &step.revision {
            text += &format!("{revision}: ");
        }
        text += &(step.version_table.join(", ") + "\n");
    }
    text + &rows_text(rows)
}

fn ids(rows: &VersionRows) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}

fn rows_text(rows: &[String]) -> String {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    format!("rows: {}\n", rows.join(", "))
}

/// Every revision comes after its parents and dependencies on the way up, before them on the
/// way down, as far as those are part of the plan at all.
fn valid_order(graph: &RevisionGraph, plan: &Plan) -> Outcome {
    let planned: HashSet<&str> = plan
        .steps
        .iter()
        .map(|step| step.revision.as_str())
        .collect();
    let mut done: HashSet<&str> = HashSet::new();
    for step in &plan.steps {
        let id = step.revision.as_str();
        let node = graph
            .get(id)
            .ok_or_else(|| format!("unknown revision {id} in the plan"))?;
        let parents = node.revision().down.iter().map(|parent| parent.as_str());
        let needs = parents.chain(node.dependencies().map(|node| node.id().as_str()));
        for needed in needs.filter(|needed| planned.contains(needed)) {
            let in_order = match step.direction {
                Direction::Upgrade => done.contains(needed),
                _ => !done.contains(needed),
            };
            if !in_order {
                return Err(format!("{id} and {needed} are in the wrong order"));
            }
        }
        if !done.insert(id) {
            return Err(format!("{id} is in the plan twice"));
        }
    }
    Ok(())
}

/// What Alembic's words mean. A name that is unknown, ambiguous or outside its branch, or a step
/// where none can be counted, is one and the same text there. A failed assertion is a target
/// that Alembic cannot say is wrong.
const MEANINGS: &[(&str, &[ErrorKind])] = {
    use ErrorKind::*;
    &[
        (
            "Can't locate revision",
            &[UnknownRevision, AmbiguousRevision, InvalidTarget],
        ),
        ("Multiple head", &[MultipleHeads]),
        ("Ambiguous", &[AmbiguousStep]),
        ("Relative revision", &[TooFar]),
        ("Walked too far", &[TooFar]),
        ("Destination ", &[NotReachable]),
        ("Not a valid downgrade target", &[NotReachable]),
        ("Requested range", &[NotReachable]),
        ("Requested revision", &[Overlap]),
        ("Cycle", &[BrokenGraph]),
        ("Self-loop", &[BrokenGraph]),
        ("Dependency ", &[BrokenGraph]),
        ("Branch name", &[BrokenGraph]),
        ("AssertionError", &[InvalidTarget, TooFar, AmbiguousStep]),
    ]
};

/// An error passes when it is of a kind that Alembic's words mean.
fn same_error(alembic: &str, found: &PlanError) -> Outcome {
    let meaning = MEANINGS
        .iter()
        .find(|(words, _)| alembic.starts_with(words));
    match meaning.is_some_and(|(_, kinds)| kinds.contains(&found.kind())) {
        true => Ok(()),
        false => Err(format!(
            "Alembic: {alembic}\nLimbeck: {found} ({:?})",
            found.kind()
        )),
    }
}
