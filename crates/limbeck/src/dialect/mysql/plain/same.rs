//! Whether plain statements say just what a table has.

use crate::{
    dialect::{
        ansi::{self, each_has_its_like, left_over},
        mysql::{Mysql, options},
    },
    diff::Equivalence,
    schema::{Column, Constraint, Index, Table},
};

/// Whether building `stated` would give `actual` again, whatever names the server would make up.
pub(in crate::dialect::mysql) fn states(dialect: &Mysql, stated: &Table, actual: &Table) -> bool {
    let of = |table| options::own(dialect, table);
    let (said, is) = (of(&stated.options), of(&actual.options));
    stated.name == actual.name
        && stated.comment == actual.comment
        && actual.prefixes == stated.prefixes
        && actual.model_options == stated.model_options
        && said.len() == is.len()
        && options::differing(is, said).is_empty()
        && each_has_its_like(&stated.columns, &actual.columns, |said, is| {
            same_column(dialect, said, is)
        })
        && each_has_its_like(&stated.constraints, &actual.constraints, |said, is| {
            same_constraint(dialect, said, is, actual)
        })
        && left_over(&stated.indexes, &actual.indexes, |said, is| {
            same_index(dialect, said, is, actual)
        })
        // What is left are the indexes that foreign keys bring along.
        .is_some_and(|left| {
            left.iter()
                .all(|index| !index.unique && dialect.is_generated_index_name(actual, index))
        })
}

fn same_column(dialect: &Mysql, stated: &Column, actual: &Column) -> bool {
    stated.name == actual.name
        && dialect.same_type(&actual.data_type, &stated.data_type)
        && stated.nullable == actual.nullable
        && stated.comment == actual.comment
        && actual.checks.is_empty()
        && actual.model_options.is_empty()
        && (stated.autoincrement == Some(true)) == (actual.autoincrement == Some(true))
        && dialect.same_default(
            actual.default.as_ref(),
            stated.default.as_ref(),
            &actual.data_type,
        )
}

fn same_constraint(
    dialect: &Mysql,
    stated: &Constraint,
    actual: &Constraint,
    table: &Table,
) -> bool {
    match (stated, actual) {
        (Constraint::PrimaryKey(stated), Constraint::PrimaryKey(actual)) => {
            stated.columns == actual.columns
        }
        _ => ansi::same_constraint(dialect, stated, actual, table),
    }
}

fn same_index(dialect: &Mysql, stated: &Index, actual: &Index, table: &Table) -> bool {
    let mut stated = stated.clone();
    if stated.name.is_none() && dialect.is_generated_index_name(table, actual) {
        stated.name.clone_from(&actual.name);
    }
    stated == *actual
}
