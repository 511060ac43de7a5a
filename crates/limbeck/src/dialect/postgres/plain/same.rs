//! Whether plain statements say just what a table has.

use crate::{
    dialect::{
        Postgres,
        ansi::{each_has_its_like, same_constraint},
    },
    schema::{Column, ColumnDefault, DataType, Table},
};

/// Whether building `stated` would give `actual` again, whatever names the server would make up.
pub(in crate::dialect::postgres) fn states(
    dialect: &Postgres,
    stated: &Table,
    actual: &Table,
) -> bool {
    stated.name == actual.name
        && actual.comment.is_none()
        && actual.prefixes == stated.prefixes
        && actual.options == stated.options
        && actual.model_options == stated.model_options
        && each_has_its_like(&stated.columns, &actual.columns, same_column)
        && each_has_its_like(&stated.constraints, &actual.constraints, |said, is| {
            same_constraint(dialect, said, is, actual)
        })
        && each_has_its_like(&stated.indexes, &actual.indexes, |said, is| said == is)
}

fn same_column(stated: &Column, actual: &Column) -> bool {
    let numbered = actual.autoincrement == Some(true);
    stated.name == actual.name
        && stated.data_type == actual.data_type
        && stated.nullable == actual.nullable
        && actual.comment.is_none()
        && !actual.system
        && actual.checks.is_empty()
        && actual.model_options.is_empty()
        && (stated.autoincrement == Some(true)) == numbered
        && (numbered || same_default(stated, actual))
}

/// The catalogue's text, put into a statement, gives the catalogue's text again; so what is written like it means the same.
fn same_default(stated: &Column, actual: &Column) -> bool {
    match (&stated.default, &actual.default) {
        (None, None) => true,
        (Some(ColumnDefault::Expression(stated)), Some(ColumnDefault::Expression(is))) => {
            let plain = !stated.contains(['\'', '"']);
            stated == is
                || plain && stated.eq_ignore_ascii_case(is)
                || is_literal(stated)
                    && is
                        .strip_prefix(stated.as_str())
                        .and_then(|rest| rest.strip_prefix("::"))
                        .is_some_and(|cast| Some(cast) == cast_name(&actual.data_type))
        }
        _ => false,
    }
}

/// A string without anything special in it.
fn is_literal(text: &str) -> bool {
    let inside = text
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    inside.is_some_and(|inside| !inside.contains(['\'', '\\']))
}

/// What the server writes behind a string that is the default of a column of this type.
fn cast_name(data_type: &DataType) -> Option<&'static str> {
    let DataType::Named(named) = data_type else {
        return None;
    };
    Some(match named.name.as_str() {
        "VARCHAR" => "character varying",
        "CHAR" => "bpchar",
        "TEXT" => "text",
        "JSON" => "json",
        "JSONB" => "jsonb",
        "UUID" => "uuid",
        _ => return None,
    })
}
