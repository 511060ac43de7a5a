//! A schema in the one order that a comparison reads it in, so that the order of the input leaves no trace.

use std::cmp::Ordering;

use crate::schema::{Constraint, Database, Index, Table};

/// The same schema, everything sorted whose order says nothing. Columns, values of enums and elements of indexes stay
/// as they are.
pub(super) fn canonical(database: &Database) -> Database {
    sorted(database.clone())
}

/// The same of a schema that nobody else needs.
pub(super) fn sorted(mut sorted: Database) -> Database {
    sorted.schemas.sort_by(|a, b| a.name.cmp(&b.name));
    sorted.extensions.sort_by(|a, b| a.name.cmp(&b.name));
    sorted.enums.sort_by(|a, b| a.name.cmp(&b.name));
    sorted.domains.sort_by(|a, b| a.name.cmp(&b.name));
    sorted.sequences.sort_by(|a, b| a.name.cmp(&b.name));
    sorted.tables.sort_by(|a, b| a.name.cmp(&b.name));
    sorted.views.sort_by(|a, b| a.name.cmp(&b.name));
    sorted
        .materialized_views
        .sort_by(|a, b| a.name.cmp(&b.name));
    sorted
        .routines
        .sort_by(|a, b| (&a.name, &a.signature).cmp(&(&b.name, &b.signature)));
    sorted
        .triggers
        .sort_by(|a, b| (&a.table, &a.name).cmp(&(&b.table, &b.name)));
    sorted
        .policies
        .sort_by(|a, b| (&a.table, &a.name).cmp(&(&b.table, &b.name)));
    for table in &mut sorted.tables {
        sort_parts(table);
    }
    for view in &mut sorted.materialized_views {
        view.indexes.sort_by(by_name);
    }
    sorted
}

/// Sorts constraints and indexes of a table.
pub(super) fn sort_parts(table: &mut Table) {
    table.constraints.sort_by(by_kind);
    table.indexes.sort_by(by_name);
}

fn by_kind(a: &Constraint, b: &Constraint) -> Ordering {
    let rank = |constraint: &Constraint| match constraint {
        Constraint::PrimaryKey(_) => 0,
        Constraint::Unique(_) => 1,
        Constraint::Check(_) => 2,
        Constraint::ForeignKey(_) => 3,
        Constraint::Exclude(_) => 4,
    };
    rank(a)
        .cmp(&rank(b))
        .then_with(|| a.name().cmp(&b.name()))
        .then_with(|| format!("{a:?}").cmp(&format!("{b:?}")))
}

fn by_name(a: &Index, b: &Index) -> Ordering {
    a.name
        .cmp(&b.name)
        .then_with(|| format!("{a:?}").cmp(&format!("{b:?}")))
}
