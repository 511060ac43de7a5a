//! Revisions to graph: names to numbers, edges, and what is wrong. Must not know plans or targets.
//!
//! Building never fails. A wrong edge is left out and every revision it touches is marked with
//! its problem, so what remains is always free of cycles and complete. Whatever later needs a
//! marked revision stops with that problem; whatever does not goes on.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::cycles::find_cycles;
use super::edges::Edges;
use super::graph::{Name, RevisionGraph};
use super::position::levels;
use super::problem::{GraphError, GraphProblem};
use super::{Revision, RevisionId};

impl RevisionGraph {
    /// Builds the graph and refuses a faulty one.
    ///
    /// `revisions` are in file order, which decides the order of heads and of unrelated branches.
    ///
    /// # Errors
    /// [`GraphError`] with all problems. Commands that should survive one broken file use
    /// [`RevisionGraph::build`].
    pub fn new(revisions: Vec<Revision>) -> Result<Self, GraphError> {
        let graph = Self::build(revisions);
        match graph.problems.is_empty() {
            true => Ok(graph),
            false => Err(GraphError {
                problems: graph.problems,
            }),
        }
    }

    /// Builds the graph from whatever is there; [`RevisionGraph::problems`] tells what is wrong.
    ///
    /// A target, plan or range that needs a faulty revision fails with its problem, all others
    /// work as if the faulty part were absent.
    pub fn build(revisions: Vec<Revision>) -> Self {
        let mut build = Build::default();
        build.take(revisions);
        build.name_labels();
        let downs = build.resolve_parents();
        let dependencies = build.resolve_dependencies();
        build.finish(&downs, &dependencies)
    }
}

#[derive(Default)]
struct Build {
    revisions: Vec<Revision>,
    names: HashMap<Arc<str>, Name>,
    labels: Vec<Arc<str>>,
    problems: Vec<GraphProblem>,
    broken: HashMap<u32, usize>,
    /// The first cycle: what it hides from the heads is unknown.
    cyclic: Option<usize>,
}

impl Build {
    /// Numbers the revisions. Of several with one id the first is kept, marked.
    fn take(&mut self, revisions: Vec<Revision>) {
        let mut repeats: HashMap<u32, Vec<String>> = HashMap::new();
        for revision in revisions {
            match self.names.get(revision.id.as_str()) {
                Some(first) => repeats
                    .entry(first.node)
                    .or_default()
                    .push(revision.place()),
                None => {
                    let node = self.revisions.len() as u32;
                    self.names
                        .insert(revision.id.as_str().into(), Name::sound(node));
                    self.revisions.push(revision);
                }
            }
        }
        let mut repeats: Vec<_> = repeats.into_iter().collect();
        repeats.sort_unstable_by_key(|(node, _)| *node);
        for (node, others) in repeats {
            let first = &self.revisions[node as usize];
            let places = std::iter::once(first.place()).chain(others).collect();
            let problem = GraphProblem::DuplicateId {
                id: first.id.clone(),
                places,
            };
            self.report(problem, [node]);
        }
    }

    /// Makes every label a name beside the ids. A name claimed twice stays with its first owner
    /// and fails when it is looked up.
    fn name_labels(&mut self) {
        for node in 0..self.revisions.len() as u32 {
            let declared = self.revisions[node as usize].branch_labels.clone();
            for label in declared {
                let Some(owner) = self.names.get(label.as_str()).map(|name| name.node) else {
                    let label: Arc<str> = label.into();
                    self.names.insert(label.clone(), Name::sound(node));
                    self.labels.push(label);
                    continue;
                };
                let problem = GraphProblem::DuplicateLabel {
                    revision: self.described(node),
                    other: self.described(owner),
                    label: label.clone(),
                };
                let problem = self.report(problem, []);
                if let Some(name) = self.names.get_mut(label.as_str()) {
                    name.clash.get_or_insert(problem);
                }
            }
        }
    }

    fn resolve_parents(&mut self) -> Edges {
        let mut lists = Vec::with_capacity(self.revisions.len());
        for node in 0..self.revisions.len() as u32 {
            let mut list: Vec<u32> = Vec::new();
            for parent in self.revisions[node as usize].down.clone() {
                match self.node_of(&parent) {
                    Some(parent) if parent == node => {
                        let revision = self.described(node);
                        self.report(GraphProblem::SelfLoop { revision }, [node]);
                    }
                    Some(parent) if list.contains(&parent) => {}
                    Some(parent) => list.push(parent),
                    None => {
                        let revision = self.described(node);
                        self.report(GraphProblem::MissingParent { parent, revision }, [node]);
                    }
                }
            }
            lists.push(list);
        }
        lists.into_iter().collect()
    }

    fn resolve_dependencies(&mut self) -> Edges {
        let mut lists = Vec::with_capacity(self.revisions.len());
        for node in 0..self.revisions.len() as u32 {
            let mut list: Vec<u32> = Vec::new();
            for dependency in self.revisions[node as usize].depends_on.clone() {
                match self.names.get(dependency.as_str()).copied() {
                    Some(name) if name.node == node => {
                        let revision = self.described(node);
                        self.report(GraphProblem::DependencySelfLoop { revision }, [node]);
                    }
                    Some(Name {
                        clash: Some(problem),
                        ..
                    }) => {
                        self.broken.entry(node).or_insert(problem);
                    }
                    Some(name) if list.contains(&name.node) => {}
                    Some(name) => list.push(name.node),
                    None => {
                        let revision = self.described(node);
                        let problem = GraphProblem::MissingDependency {
                            dependency,
                            revision,
                        };
                        self.report(problem, [node]);
                    }
                }
            }
            lists.push(list);
        }
        lists.into_iter().collect()
    }

    /// Takes cycles out, first those of parents alone, then those through dependencies,
    /// and derives the remaining edges.
    fn finish(mut self, downs: &Edges, dependencies: &Edges) -> RevisionGraph {
        // Heads and bases come from what is declared: a revision inside a cycle is neither.
        let nodes = 0..self.revisions.len() as u32;
        let children = downs.reversed();
        let dependents = dependencies.reversed();
        let heads: Vec<u32> = nodes
            .clone()
            .filter(|&n| children.of(n).is_empty())
            .collect();
        let real_heads = heads
            .iter()
            .copied()
            .filter(|&n| dependents.of(n).is_empty())
            .collect();
        let bases = nodes
            .filter(|&n| self.revisions[n as usize].down.is_empty())
            .collect();

        let downs = self.cut_cycles(downs.clone(), |cycle, revisions| GraphProblem::Cycle {
            cycle,
            revisions,
        });
        let sound = self.cut_cycles(downs.joined(dependencies), |cycle, revisions| {
            GraphProblem::DependencyCycle { cycle, revisions }
        });
        let cyclic = self.cyclic;
        let dependencies = dependencies.filtered(|from, to| sound.of(from).contains(&to));
        let downs = downs.filtered(|from, to| sound.of(from).contains(&to));
        let children = downs.reversed();
        let normalized = normalize(&downs, &children, &dependencies);
        let parents = downs.joined(&normalized);
        RevisionGraph {
            all_children: downs.joined(&dependencies).reversed(),
            revisions: self.revisions,
            names: self.names,
            labels: self.labels,
            problems: self.problems,
            broken: self.broken,
            cyclic,
            heads,
            real_heads,
            bases,
            downs,
            dependencies,
            parents,
            children,
            inherited: OnceLock::new(),
            positions: OnceLock::new(),
        }
    }

    /// Reports every cycle among `edges`, marks what lies on it, and returns the edges without
    /// those that form it.
    fn cut_cycles(
        &mut self,
        edges: Edges,
        problem: impl Fn(Vec<RevisionId>, Vec<String>) -> GraphProblem,
    ) -> Edges {
        let found = find_cycles(&edges);
        if found.cycles.is_empty() {
            return edges;
        }
        let mut numbers = Vec::with_capacity(found.cycles.len());
        for cycle in &found.cycles {
            let ids = cycle
                .iter()
                .map(|&node| self.revisions[node as usize].id.clone())
                .collect();
            let revisions = cycle.iter().map(|&node| self.described(node)).collect();
            let number = self.report(problem(ids, revisions), cycle.iter().copied());
            self.cyclic.get_or_insert(number);
            numbers.push(number);
        }
        for (&node, &cycle) in &found.members {
            self.broken.entry(node).or_insert(numbers[cycle]);
        }
        edges.filtered(|from, to| {
            !(found.members.contains_key(&from) && found.members.contains_key(&to))
        })
    }

    fn node_of(&self, id: &RevisionId) -> Option<u32> {
        let name = self.names.get(id.as_str())?;
        (self.revisions[name.node as usize].id == *id).then_some(name.node)
    }

    fn described(&self, node: u32) -> String {
        self.revisions[node as usize].described()
    }

    /// Keeps the problem and marks the revisions that cannot be used because of it.
    fn report(&mut self, problem: GraphProblem, broken: impl IntoIterator<Item = u32>) -> usize {
        let number = self.problems.len();
        self.problems.push(problem);
        for node in broken {
            self.broken.entry(node).or_insert(number);
        }
        number
    }
}

/// The dependencies that count when the version table is written: without those that an
/// ancestor in the line of parents declares as well.
///
/// Only a dependency with several dependents can go. For each of those the part of the graph
/// between its lowest and its highest dependent is walked once, upwards.
fn normalize(downs: &Edges, children: &Edges, dependencies: &Edges) -> Edges {
    let level = levels(downs);
    let dependents = dependencies.reversed();
    let mut dropped: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut above = vec![u32::MAX; downs.nodes() as usize];
    for needed in 0..downs.nodes() {
        let holders = dependents.of(needed);
        if holders.len() < 2 {
            continue;
        }
        let top = holders
            .iter()
            .map(|&holder| level[holder as usize])
            .max()
            .unwrap_or(0);
        let mut todo = holders.to_vec();
        while let Some(node) = todo.pop() {
            for &child in children.of(node) {
                if level[child as usize] <= top && above[child as usize] != needed {
                    above[child as usize] = needed;
                    todo.push(child);
                }
            }
        }
        for &holder in holders
            .iter()
            .filter(|&&holder| above[holder as usize] == needed)
        {
            dropped.entry(holder).or_default().push(needed);
        }
    }
    dependencies.filtered(|from, to| !dropped.get(&from).is_some_and(|gone| gone.contains(&to)))
}
