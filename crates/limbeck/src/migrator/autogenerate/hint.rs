//! Renames that a model tells. They stay in the model when they are long done, so what does not apply is passed over.

use super::Difference;
use crate::{
    diff::RenameDecision,
    schema::{Database, Identifier},
};

impl Difference {
    /// Takes those renames of `hints` for decided that lead from what only the database has to what only the model has.
    pub fn hint(&mut self, hints: &[RenameDecision]) {
        let known = self.decisions.renames.len();
        for hint in hints {
            let new = |database: &Database| has(database, hint, hint.to.last());
            let old = |database: &Database| has(database, hint, hint.from.last());
            let told = self.decisions.renames.contains(hint);
            if !told && !new(&self.actual) && !old(&self.wanted) {
                self.decisions.renames.push(hint.clone());
            }
        }
        if self.decisions.renames.len() > known {
            let unused = self.upgrade().unused;
            let mut place = 0;
            self.decisions.renames.retain(|decision| {
                place += 1;
                place <= known || !unused.contains(&decision.to_string())
            });
        }
    }
}

/// Whether a database has something called `last` where a hint's names lead.
fn has(database: &Database, hint: &RenameDecision, last: Option<&Identifier>) -> bool {
    let Some(last) = last else {
        return false;
    };
    let owners: Vec<&Identifier> = [&hint.from, &hint.to]
        .into_iter()
        .filter_map(|path| path.iter().rev().nth(1))
        .collect();
    database.tables.iter().any(|table| {
        let is_column = owners.contains(&&table.name.name) && table.column(last).is_some();
        let is_table = hint.from.len() < 3 && table.name.name == *last;
        let same_schema = match (&table.name.schema, owners.as_slice()) {
            (None, owners) => owners.is_empty(),
            (Some(schema), owners) => owners.contains(&schema),
        };
        is_column || (is_table && same_schema)
    })
}
