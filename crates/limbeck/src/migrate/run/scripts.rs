//! The scripts of a run, found by revision.

use std::collections::HashMap;

use crate::{revision::RevisionId, script::Script};

/// Scripts that can be run, by the id in their header.
#[derive(Default)]
pub struct ScriptIndex<'s>(HashMap<&'s str, &'s dyn Script>);

impl<'s> ScriptIndex<'s> {
    /// The script of a revision.
    pub fn get(&self, revision: &RevisionId) -> Option<&'s dyn Script> {
        self.0.get(revision.as_str()).copied()
    }
}

impl<'s> FromIterator<&'s dyn Script> for ScriptIndex<'s> {
    fn from_iter<I: IntoIterator<Item = &'s dyn Script>>(scripts: I) -> Self {
        let by_id = scripts
            .into_iter()
            .map(|script| (script.header().revision.as_str(), script));
        ScriptIndex(by_id.collect())
    }
}
