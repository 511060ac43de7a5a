//! Large graphs: right results, and no recursion that exhausts the stack.

use super::super::{Revision, RevisionGraph, RevisionId, Target};

const NODES: usize = 20_000;

fn id(prefix: char, number: usize) -> RevisionId {
    RevisionId::new(&format!("{prefix}{number:06}")).unwrap()
}

fn line(prefix: char, length: usize) -> Vec<Revision> {
    let mut line = vec![Revision::new(id(prefix, 0))];
    line.extend((1..length).map(|n| Revision::new(id(prefix, n)).revises(id(prefix, n - 1))));
    line
}

/// Everything up, then everything down again.
fn there_and_back(revisions: Vec<Revision>, heads: &[RevisionId]) {
    let nodes = revisions.len();
    let graph = RevisionGraph::new(revisions).unwrap();
    let up = graph.upgrade(&Target::HEADS, &[] as &[&str]).unwrap();
    assert_eq!(up.steps.len(), nodes);
    let rows: Vec<RevisionId> = up.final_rows().iter().cloned().collect();
    assert_eq!(rows, heads);
    let down = graph.downgrade(&Target::BASE, &rows).unwrap();
    assert_eq!(down.steps.len(), nodes);
    assert!(down.final_rows().is_empty());
    assert!(
        graph
            .upgrade(&Target::HEADS, &rows)
            .unwrap()
            .steps
            .is_empty()
    );
    assert_eq!(
        graph
            .stamp(&[Target::HEADS], &rows, false)
            .unwrap()
            .steps
            .len(),
        0
    );
    assert_eq!(
        graph.history(&Default::default(), &rows).unwrap().len(),
        nodes
    );
    assert_eq!(graph.current(&rows).unwrap().len(), graph.heads().count());
}

#[test]
fn one_long_line() {
    there_and_back(line('a', NODES), &[id('a', NODES - 1)]);
}

#[test]
fn a_branch_and_a_merge_every_fifty() {
    let mut revisions = line('a', NODES / 2);
    for start in (0..NODES / 2 - 50).step_by(50) {
        revisions.push(Revision::new(id('b', start)).revises(id('a', start)));
        for n in start + 1..start + 50 {
            revisions.push(Revision::new(id('b', n)).revises(id('b', n - 1)));
        }
        revisions[start + 50].down.push(id('b', start + 49));
    }
    there_and_back(revisions, &[id('a', NODES / 2 - 1)]);
}

#[test]
fn two_long_branches_of_which_one_depends_on_the_other() {
    let mut revisions = line('a', NODES / 2);
    revisions.extend(
        line('b', NODES / 2)
            .into_iter()
            .enumerate()
            .map(|(n, mut revision)| {
                revision.depends_on.push(id('a', n).to_string());
                revision
            }),
    );
    there_and_back(revisions, &[id('b', NODES / 2 - 1)]);
}

#[test]
fn one_base_and_thousands_of_heads() {
    let mut revisions = line('a', 1);
    revisions.extend((0..5_000).map(|n| Revision::new(id('b', n)).revises(id('a', 0))));
    let heads: Vec<RevisionId> = (0..5_000).map(|n| id('b', n)).collect();
    there_and_back(revisions, &heads);
}

/// A spine with a side branch of one at each revision, written in an order that has nothing to do
/// with the graph. Each side branch depends on one below it.
#[test]
fn thousands_of_lines_that_lead_to_one_another() {
    const TEETH: usize = NODES / 2;
    let mut revisions = line('a', TEETH);
    revisions.extend((0..TEETH).map(|n| {
        let mut tooth = Revision::new(id('b', n)).revises(id('a', n));
        tooth.depends_on.extend(
            (n > 0)
                .then(|| id('b', n / 2).to_string())
                .filter(|_| n % 3 == 0),
        );
        tooth
    }));
    let needed: Vec<usize> = (1..TEETH).filter(|n| n % 3 == 0).map(|n| n / 2).collect();
    let heads: Vec<RevisionId> = (0..TEETH)
        .filter(|n| needed.binary_search(n).is_err())
        .map(|n| id('b', n))
        .collect();
    // Any step without a factor in common with the number of revisions visits each once.
    let shuffled = (0..NODES).map(|n| revisions[n * 7_919 % NODES].clone());
    there_and_back(shuffled.collect(), &heads);
}
