//! A revision as a script declares it, and as the graph sees it. Must not know files: `origin` is only a text for errors.

use super::{RevisionGraph, RevisionId};

/// What one script declares about its place in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its identifier.
    pub id: RevisionId,
    /// Its parents in declared order: none for a base, several for a merge.
    pub down: Vec<RevisionId>,
    /// Other revisions that must be applied before, by id or branch label.
    pub depends_on: Vec<String>,
    /// Labels that it gives to its branch.
    pub branch_labels: Vec<String>,
    /// Where it was read, as errors should name it.
    pub origin: Option<String>,
}

impl Revision {
    /// A base revision: no parents, dependencies or labels.
    pub fn new(id: RevisionId) -> Self {
        Self {
            id,
            down: Vec::new(),
            depends_on: Vec::new(),
            branch_labels: Vec::new(),
            origin: None,
        }
    }

    /// The same with one more parent.
    #[must_use]
    pub fn revises(mut self, parent: RevisionId) -> Self {
        self.down.push(parent);
        self
    }

    /// How errors name it: the id, and where it was read.
    pub(super) fn described(&self) -> String {
        match &self.origin {
            Some(origin) => format!("{} ({origin})", self.id),
            None => self.id.to_string(),
        }
    }

    /// Where it was read, for errors in which the id is already named.
    pub(super) fn place(&self) -> String {
        self.origin
            .clone()
            .unwrap_or_else(|| "a script of unknown place".to_owned())
    }
}

/// One revision in its graph: what it declares, and what follows from the others.
#[derive(Clone, Copy)]
pub struct Node<'g> {
    pub(super) graph: &'g RevisionGraph,
    pub(super) index: u32,
}

impl<'g> Node<'g> {
    /// What the script declares.
    pub fn revision(self) -> &'g Revision {
        self.graph.revision(self.index)
    }

    /// Its identifier.
    pub fn id(self) -> &'g RevisionId {
        &self.revision().id
    }

    /// Revisions that name it as parent, in file order.
    pub fn children(self) -> impl Iterator<Item = Node<'g>> {
        self.graph.nodes(self.graph.children.of(self.index))
    }

    /// The revisions that its `depends_on` stands for, labels resolved.
    pub fn dependencies(self) -> impl Iterator<Item = Node<'g>> {
        self.graph.nodes(self.graph.dependencies.of(self.index))
    }

    /// True when no revision names it as parent.
    pub fn is_head(self) -> bool {
        self.graph.is_head(self.index)
    }

    /// True when no revision names it as parent or dependency: only such a head has a row of
    /// its own once everything is applied.
    pub fn is_real_head(self) -> bool {
        self.graph.is_real_head(self.index)
    }

    /// True when it has no parent.
    pub fn is_base(self) -> bool {
        self.revision().down.is_empty()
    }

    /// True when several revisions name it as parent.
    pub fn is_branch_point(self) -> bool {
        self.graph.children.of(self.index).len() > 1
    }

    /// True when it has several parents.
    pub fn is_merge_point(self) -> bool {
        self.revision().down.len() > 1
    }

    /// True when the other is an ancestor or a descendant by parents, or the same.
    pub fn shares_lineage(self, other: Node<'_>) -> bool {
        self.graph.lineage(&[other.index], false).has(self.index)
    }

    /// Its branch labels, own and inherited, sorted: those of all ancestors, and those that
    /// a later revision gives to the unbranched line below it.
    pub fn labels(self) -> Vec<&'g str> {
        self.graph.labels_of(self.index)
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph) && self.index == other.index
    }
}

impl Eq for Node<'_> {}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Node").field(self.id()).finish()
    }
}
