//! Faulty graphs: what is said about them, and what still works.

use super::super::{ErrorKind, PlanError, RevisionGraph, Target};
use super::revisions;

const NONE: &[&str] = &[];

fn problems(notation: &str) -> String {
    let graph = RevisionGraph::build(revisions(notation));
    graph
        .problems()
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

fn upgrade(graph: &RevisionGraph, target: &str) -> Result<usize, PlanError> {
    graph
        .upgrade(&Target::parse(target).unwrap(), NONE)
        .map(|plan| plan.steps.len())
}

#[test]
fn every_problem_names_the_files() {
    insta::assert_snapshot!(problems("a; b < a; b < a"), @"revision b is present more than once: versions/b.sql, versions/b.sql; give one of them another id");
    insta::assert_snapshot!(problems("a #x; b < a #x"), @"branch name 'x' in revision b (versions/b.sql) is already used by revision a (versions/a.sql); rename one of them");
    insta::assert_snapshot!(problems("a; b < a #a"), @"branch name 'a' in revision b (versions/b.sql) is already used by revision a (versions/a.sql); rename one of them");
    insta::assert_snapshot!(problems("b < a"), @"revision a, the parent of b (versions/b.sql), is not present; add its script or correct the down revision");
    insta::assert_snapshot!(problems("b ~ a"), @"'a', on which b (versions/b.sql) depends, is neither a revision nor a branch label; add its script or correct depends_on");
    insta::assert_snapshot!(problems("a < a"), @"self-loop: revision a (versions/a.sql) is its own parent; correct the down revision");
    insta::assert_snapshot!(problems("a ~ a"), @"dependency self-loop: revision a (versions/a.sql) depends on itself; correct depends_on");
    insta::assert_snapshot!(problems("a < c; b < a; c < b; d < c"), @"cycle in revisions: a -> c -> b -> a; correct the down revision of one of a (versions/a.sql), c (versions/c.sql), b (versions/b.sql)");
    insta::assert_snapshot!(problems("a ~ c; b < a; c < b"), @"dependency cycle in revisions: a -> c -> b -> a; correct depends_on of one of a (versions/a.sql), c (versions/c.sql), b (versions/b.sql)");
}

#[test]
fn a_missing_parent_only_breaks_what_is_above_it() {
    let graph = RevisionGraph::build(revisions("a; b < a; x < gone; y < x"));
    assert_eq!(upgrade(&graph, "b").unwrap(), 2);
    let error = upgrade(&graph, "y").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BrokenGraph);
    assert!(
        error.to_string().contains("gone") && error.to_string().contains("x.sql"),
        "{error}"
    );
    assert_eq!(
        upgrade(&graph, "heads").unwrap_err().kind(),
        ErrorKind::BrokenGraph
    );
    let heads: Vec<_> = graph.heads().map(|head| head.id().as_str()).collect();
    assert_eq!(heads, ["b", "y"]);
    assert_eq!(graph.history(&Default::default(), NONE).unwrap().len(), 4);
}

#[test]
fn a_cycle_hides_the_heads_but_not_named_revisions() {
    let graph = RevisionGraph::build(revisions("a; b < a; x < z; y < x; z < y"));
    assert_eq!(upgrade(&graph, "b").unwrap(), 2);
    for target in ["heads", "head", "z"] {
        assert_eq!(
            upgrade(&graph, target).unwrap_err().kind(),
            ErrorKind::BrokenGraph,
            "{target}"
        );
    }
    assert_eq!(
        graph
            .heads()
            .map(|head| head.id().as_str())
            .collect::<Vec<_>>(),
        ["b"]
    );
}

#[test]
fn a_label_used_twice_only_breaks_the_label() {
    let graph = RevisionGraph::build(revisions("a #x; b < a #x; c < b"));
    assert_eq!(
        upgrade(&graph, "x").unwrap_err().kind(),
        ErrorKind::BrokenGraph
    );
    assert_eq!(upgrade(&graph, "c").unwrap(), 3);
}

#[test]
fn names_that_fit_nothing_or_too_much() {
    let graph = super::graph("ae1027; ae1044 < ae1027; billing < ae1044");
    let said = |target: &str| upgrade(&graph, target).unwrap_err().to_string();
    insta::assert_snapshot!(said("ae10"), @"Can't locate revision identified by 'ae10': it could be ae1027, ae1044; type more of the id");
    insta::assert_snapshot!(said("biling"), @"Can't locate revision identified by 'biling'; did you mean 'billing'?");
    insta::assert_snapshot!(said("+9"), @"Relative revision +9 didn't produce 9 migrations");
    insta::assert_snapshot!(said("ae1044+9"), @"Walked too far: 'ae1044+9' leaves the graph");
    insta::assert_snapshot!(said("nope@head"), @"No such branch: 'nope'");
    assert_eq!(upgrade(&graph, "bil").unwrap(), 3);
}

#[test]
fn a_row_that_this_project_does_not_have_is_named() {
    let graph = super::graph("a; b < a");
    let error = graph.upgrade(&Target::HEADS, &["deadbeef"]).unwrap_err();
    insta::assert_snapshot!(error, @"Can't locate revision identified by 'deadbeef'");
    let plan = graph.stamp(&[Target::HEADS], &["deadbeef"], true).unwrap();
    assert!(plan.purge);
    assert_eq!(
        plan.final_rows()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["b"]
    );
}
