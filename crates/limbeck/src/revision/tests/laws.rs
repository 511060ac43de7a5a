//! Laws that hold for plans on any graph.

use proptest::prelude::*;

use super::super::{Direction, ErrorKind, Plan, Revision, RevisionGraph, RevisionId, Target};

/// A graph of up to 24 revisions: any earlier ones can be parents and dependencies.
fn graphs() -> impl Strategy<Value = RevisionGraph> {
    let node = (
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        prop::collection::vec(any::<prop::sample::Index>(), 0..2),
        prop::bool::weighted(0.15),
    );
    prop::collection::vec(node, 1..24).prop_map(|nodes| {
        let id = |n: usize| RevisionId::new(&format!("r{n:03}")).unwrap();
        let revisions = nodes
            .into_iter()
            .enumerate()
            .map(|(n, (down, needs, base))| {
                let mut revision = Revision::new(id(n));
                if n > 0 && !base {
                    revision.down = down.iter().map(|index| id(index.index(n))).collect();
                    revision.down.dedup();
                }
                if n > 0 {
                    revision.depends_on =
                        needs.iter().map(|i| id(i.index(n)).to_string()).collect();
                }
                revision
            });
        RevisionGraph::new(revisions.collect()).unwrap()
    })
}

/// A graph and one of its ids.
fn places() -> impl Strategy<Value = (RevisionGraph, Target)> {
    (graphs(), any::<prop::sample::Index>()).prop_map(|(graph, at)| {
        let node = graph.iter().nth(at.index(graph.len())).unwrap();
        let target = Target::parse(node.id().as_str()).unwrap();
        (graph, target)
    })
}

fn rows_after(plan: &Plan) -> Vec<String> {
    plan.final_rows().iter().map(ToString::to_string).collect()
}

/// What must be applied before `id`.
fn needs<'g>(graph: &'g RevisionGraph, id: &str) -> Vec<&'g str> {
    let node = graph.get(id).unwrap();
    let parents = node.revision().down.iter().map(RevisionId::as_str);
    parents
        .chain(node.dependencies().map(|node| node.id().as_str()))
        .collect()
}

/// The rows that a set of applied revisions must have: those that no other of them needs,
/// worked out without any of the code under test.
fn tips(graph: &RevisionGraph, applied: &[String]) -> Vec<String> {
    let needed: Vec<&str> = applied.iter().flat_map(|id| needs(graph, id)).collect();
    let mut tips: Vec<String> = applied
        .iter()
        .filter(|id| !needed.contains(&id.as_str()))
        .cloned()
        .collect();
    tips.sort_unstable();
    tips
}

fn follow(graph: &RevisionGraph, plan: &Plan, applied: &mut Vec<String>) {
    let mut rows = plan.first_rows();
    for step in &plan.steps {
        let id = step.revision.to_string();
        if step.direction == Direction::Upgrade {
            for needed in needs(graph, &id) {
                assert!(
                    applied.iter().any(|done| done == needed),
                    "{id} runs before {needed}"
                );
            }
            assert!(!applied.contains(&id), "{id} runs twice");
            applied.push(id);
        } else {
            let before = applied.len();
            applied.retain(|done| *done != id);
            assert_eq!(applied.len() + 1, before, "{id} was not applied");
            for other in applied.iter() {
                assert!(
                    !needs(graph, other).contains(&id.as_str()),
                    "{other} still needs {id}"
                );
            }
        }
        for write in &step.writes {
            use super::super::VersionWrite::{Delete, Insert, Update};
            match write {
                Insert(id) => {
                    assert!(!plan.first_rows().contains(id.as_str()) || !rows.contains(id.as_str()))
                }
                Update { from, to } => assert!(rows.contains(from.as_str()) && from != to),
                Delete(id) => assert!(rows.contains(id.as_str())),
            }
        }
        rows.apply(step);
        let found: Vec<String> = rows.iter().map(ToString::to_string).collect();
        let expected = tips(graph, applied);
        if step.direction == Direction::Upgrade {
            assert_eq!(found, expected, "after {}", step.revision);
        } else {
            // A merge that names a parent twice over may give it a row early; never too few.
            assert!(
                expected.iter().all(|tip| found.contains(tip)),
                "{found:?} {expected:?}"
            );
        }
    }
    assert_eq!(rows_after(plan), tips(graph, applied));
}

proptest! {
    #[test]
    fn up_to_anywhere_then_to_heads_then_to_base((graph, target) in places()) {
        let none: &[&str] = &[];
        let mut applied = Vec::new();
        let some = graph.upgrade(&target, none).unwrap();
        follow(&graph, &some, &mut applied);
        let rest = graph.upgrade(&Target::HEADS, &rows_after(&some)).unwrap();
        follow(&graph, &rest, &mut applied);
        prop_assert_eq!(applied.len(), graph.len());
        prop_assert!(graph.is_at_heads(&rows_after(&rest)));
        let down = graph.downgrade(&Target::BASE, &rows_after(&rest)).unwrap();
        follow(&graph, &down, &mut applied);
        prop_assert!(applied.is_empty());
    }

    #[test]
    fn a_downgrade_is_undone_by_an_upgrade((graph, target) in places()) {
        let none: &[&str] = &[];
        let up = graph.upgrade(&Target::HEADS, none).unwrap();
        let mut applied = Vec::new();
        follow(&graph, &up, &mut applied);
        let down = match graph.downgrade(&target, &rows_after(&up)) {
            Ok(down) => down,
            Err(error) => {
                // Nothing stands on it, and as a dependency it has no row to go down to.
                let node = graph.resolve(&target, none).unwrap()[0];
                prop_assert_eq!(error.kind(), ErrorKind::NotReachable);
                prop_assert!(node.is_head() && !node.is_real_head());
                return Ok(());
            }
        };
        follow(&graph, &down, &mut applied);
        let again = graph.upgrade(&Target::HEADS, &rows_after(&down)).unwrap();
        follow(&graph, &again, &mut applied);
        prop_assert_eq!(rows_after(&again), rows_after(&up));
    }

    #[test]
    fn history_lists_everything_once_newest_first(graph in graphs()) {
        let history = graph.history(&Default::default(), &[] as &[&str]).unwrap();
        let ids: Vec<&str> = history.iter().map(|node| node.id().as_str()).collect();
        prop_assert_eq!(ids.len(), graph.len());
        for (at, id) in ids.iter().enumerate() {
            for needed in needs(&graph, id) {
                prop_assert!(ids[at..].contains(&needed));
            }
        }
    }

    #[test]
    fn stamp_heads_is_what_an_upgrade_leaves(graph in graphs()) {
        let none: &[&str] = &[];
        let stamped = graph.stamp(&[Target::HEADS], none, false).unwrap();
        let upgraded = graph.upgrade(&Target::HEADS, none).unwrap();
        prop_assert_eq!(rows_after(&stamped), rows_after(&upgraded));
    }
}
