//! What the rows of a version table mean: applied heads, and whether everything is applied.
//! Must not know how rows are read.

use super::{Node, ResolveError, RevisionGraph};

impl RevisionGraph {
    /// The applied revisions that `current` lists, in file order: the rows, and the tips of other
    /// branches that the rows imply through dependencies ("effective heads").
    ///
    /// # Errors
    /// [`ResolveError::Unknown`] for a row that is no revision of this project.
    pub fn current<S: AsRef<str>>(&self, rows: &[S]) -> Result<Vec<Node<'_>>, ResolveError> {
        let rows = self.rows(rows)?;
        Ok(self
            .effective_heads(&rows)
            .into_iter()
            .map(|node| self.node(node))
            .collect())
    }

    /// True when the rows are exactly those of a database on which everything is applied. Heads
    /// that another revision depends on have no row and are not missed.
    pub fn is_at_heads<S: AsRef<str>>(&self, rows: &[S]) -> bool {
        let mut wanted: Vec<&str> = self.real_heads().map(|head| head.id().as_str()).collect();
        let mut rows: Vec<&str> = rows.iter().map(AsRef::as_ref).collect();
        wanted.sort_unstable();
        rows.sort_unstable();
        rows.dedup();
        wanted == rows
    }

    pub(super) fn effective_heads(&self, rows: &[u32]) -> Vec<u32> {
        let applied = self.ancestors(rows);
        let covered = |node: &u32| {
            self.children
                .of(*node)
                .iter()
                .any(|&child| applied.has(child))
        };
        applied.iter().filter(|node| !covered(node)).collect()
    }
}
