//! Definitions that hold on to what changes: views, triggers, policies.

use std::collections::BTreeSet;

use super::{context::Context, order::Mentions, touched::How};
use crate::schema::{Database, QualifiedName};

/// The columns that change and the tables they belong to, as something that definitions may mention.
pub(super) struct Watched<'a> {
    context: Context<'a>,
    tables: Vec<(&'a QualifiedName, Vec<&'a str>)>,
    mentions: Mentions<'a>,
}

impl<'a> Watched<'a> {
    /// What changes so that its users notice.
    pub(super) fn of(actual: &'a Database, wanted: &'a Database, context: Context<'a>) -> Self {
        let holds = context.capabilities().views_hold_columns;
        let least = match context.rebuilds() {
            true => How::Gone,
            false => How::Retyped,
        };
        let tables = actual.tables.iter().chain(&wanted.tables);
        let names: BTreeSet<&QualifiedName> = tables.map(|table| &table.name).collect();
        let tables: Vec<(&QualifiedName, Vec<&str>)> = names
            .into_iter()
            .filter(|_| holds)
            .map(|name| (name, context.touched.at_least(name, least)))
            .filter(|(_, columns)| !columns.is_empty())
            .collect();
        let names = tables.iter().enumerate();
        let names = names.map(|(place, (name, _))| ((*name).clone(), place));
        let mentions = Mentions::of(context.language.equivalence, names);
        Watched {
            context,
            tables,
            mentions,
        }
    }

    /// Whether a definition, of something that belongs to a table or to none, uses a column that changes.
    pub(super) fn holds(&self, definition: &str, own: Option<&QualifiedName>) -> bool {
        if self.tables.is_empty() {
            return false;
        }
        let mentioned = self.mentions.within(definition);
        let mut tables = self.tables.iter().enumerate();
        tables.any(|(place, (name, columns))| {
            (own == Some(*name) || mentioned.contains(&place))
                && columns
                    .iter()
                    .any(|column| self.context.language.uses_column(definition, column))
        })
    }
}
