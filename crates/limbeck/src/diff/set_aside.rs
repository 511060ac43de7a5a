//! Constraints and indexes of a table that stay what they are, but make room for what changes.

use std::collections::HashMap;

use super::{
    constraint,
    context::Context,
    index,
    order::Mentions,
    parts::Part,
    table::{TablePair, plain_columns},
    touched::How,
};
use crate::schema::{Constraint, Identifier, QualifiedName};

impl TablePair<'_> {
    /// Sets aside what uses columns that go or whose type is replaced.
    pub(super) fn set_aside_touched(&mut self, context: &Context<'_>) {
        let table = &self.wanted.name;
        if context.touched.spares(table) && context.touched.routines().is_empty() {
            return;
        }
        let routines = Mentions::of_names(context.language.equivalence, context.touched.routines());
        let gone = |column: &Identifier| context.touched.how(table, column) == Some(How::Gone);
        let moved = context.touched.at_least(table, How::Moved);
        let uses = |text: &str| {
            !routines.within(text).is_empty()
                || moved
                    .iter()
                    .any(|column| context.language.uses_column(text, column))
        };
        for part in &mut self.constraints {
            let Some(one) = part.staying() else { continue };
            let touched = constraint::columns(one).into_iter().any(gone)
                || constraint::expressions(one).into_iter().any(uses);
            if touched {
                *part = part.set_aside();
            }
        }
        for part in &mut self.indexes {
            let Some(one) = part.staying() else { continue };
            if index::columns(one).any(gone) || index::expressions(one).any(uses) {
                *part = part.set_aside();
            }
        }
    }

    /// The columns of keys that go, for good or to come back: foreign keys hold on to them.
    pub(super) fn lost_keys(&self) -> Vec<Vec<Identifier>> {
        let constraints = self.constraints.iter().filter_map(Part::dropped);
        let keys = constraints.filter_map(|one| match one {
            Constraint::PrimaryKey(key) => Some(key.columns.clone()),
            Constraint::Unique(unique) => Some(unique.columns.clone()),
            _ => None,
        });
        let indexes = self.indexes.iter().filter_map(Part::dropped);
        let indexes = indexes.filter(|index| index.unique).map(plain_columns);
        keys.chain(indexes).collect()
    }

    /// Sets aside the foreign keys that hold on to what changes.
    pub(super) fn set_aside_foreign_keys(
        &mut self,
        lost: &HashMap<&QualifiedName, Vec<Vec<Identifier>>>,
        context: Context<'_>,
    ) {
        let equivalence = context.language.equivalence;
        let table = &self.wanted.name;
        let least = match context.rebuilds() {
            true => How::Gone,
            false => How::Retyped,
        };
        let touched = |table: &QualifiedName, columns: &[Identifier]| {
            let mut hows = columns
                .iter()
                .filter_map(|column| context.touched.how(table, column));
            hows.any(|how| how >= least)
        };
        let dropped: Vec<Vec<Identifier>> = match context.capabilities().foreign_keys_have_indexes {
            true => {
                let indexes = self.indexes.iter().filter_map(Part::dropped);
                indexes.map(plain_columns).chain(self.lost_keys()).collect()
            }
            false => Vec::new(),
        };
        for part in &mut self.constraints {
            let Some(Constraint::ForeignKey(key)) = part.staying() else {
                continue;
            };
            let loses_target = !context.rebuilds()
                && lost.get(&key.target).is_some_and(|keys| {
                    keys.iter().any(|columns| {
                        key.target_columns.is_empty() || same_set(columns, &key.target_columns)
                    })
                });
            let loses_index = dropped.iter().any(|columns| {
                columns.len() >= key.columns.len()
                    && columns
                        .iter()
                        .zip(&key.columns)
                        .all(|(a, b)| equivalence.same_name(a, b))
            });
            if touched(table, &key.columns)
                || touched(&key.target, &key.target_columns)
                || loses_target
                || loses_index
            {
                *part = part.set_aside();
            }
        }
    }
}

fn same_set(a: &[Identifier], b: &[Identifier]) -> bool {
    let sorted = |columns: &[Identifier]| {
        let mut names: Vec<String> = columns
            .iter()
            .map(|column| column.as_str().to_lowercase())
            .collect();
        names.sort();
        names
    };
    sorted(a) == sorted(b)
}
