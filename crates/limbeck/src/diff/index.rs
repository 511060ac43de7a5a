//! Indexes: when two are the same, and how one comes and goes.

use super::{
    Equivalence, Hazard, Object,
    constraint::{same_columns, same_key},
};
use crate::{
    operation::{CreateIndex, DropIndex, Operation},
    schema::{Identifier, Index, IndexElement, IndexKey, NullsOrder, QualifiedName, SortOrder},
};

/// Whether two indexes are the same but for their names.
pub(super) fn same(equivalence: &dyn Equivalence, actual: &Index, wanted: &Index) -> bool {
    differences(equivalence, actual, wanted).is_empty()
}

/// How two indexes differ, in the words of Alembic's log where it has them.
pub(super) fn differences(
    equivalence: &dyn Equivalence,
    actual: &Index,
    wanted: &Index,
) -> Vec<String> {
    let same_elements = actual.elements.len() == wanted.elements.len()
        && actual
            .elements
            .iter()
            .zip(&wanted.elements)
            .all(|(a, b)| same_element(equivalence, a, b));
    let same_predicate = match (&actual.predicate, &wanted.predicate) {
        (Some(a), Some(b)) => equivalence.same_expression(a, b),
        (a, b) => a == b,
    };
    let word = |flag: bool| if flag { "True" } else { "False" };
    let said = |what: &str, same: bool| (!same).then(|| what.to_owned());
    let differs = [
        (actual.unique != wanted.unique).then(|| {
            format!(
                "unique={} to unique={}",
                word(actual.unique),
                word(wanted.unique)
            )
        }),
        (!same_elements).then(|| format!("expression {} to {}", list(actual), list(wanted))),
        said("predicate", same_predicate),
        said("method", method(actual) == method(wanted)),
        said("kind", actual.prefix == wanted.prefix),
        said("parser", actual.parser == wanted.parser),
        said(
            "included columns",
            same_columns(equivalence, &actual.include, &wanted.include),
        ),
        said(
            "NULLS DISTINCT",
            actual.nulls_distinct.unwrap_or(true) == wanted.nulls_distinct.unwrap_or(true),
        ),
        said("parameters", actual.parameters == wanted.parameters),
        said("tablespace", actual.tablespace == wanted.tablespace),
        said("comment", actual.comment == wanted.comment),
    ];
    differs.into_iter().flatten().collect()
}

/// The elements with all that is said about each.
fn list(index: &Index) -> String {
    let texts: Vec<String> = on(index)
        .into_iter()
        .zip(&index.elements)
        .map(|(mut text, element)| {
            if let Some(length) = element.length {
                text.push_str(&format!("({length})"));
            }
            if let Some(collation) = &element.collation {
                text.push_str(&format!(" COLLATE {collation}"));
            }
            if let Some(class) = &element.operator_class {
                text.push_str(&format!(" {class}"));
            }
            if down(element) {
                text.push_str(" DESC");
            }
            match nulls(element) {
                Some(NullsOrder::First) => text.push_str(" NULLS FIRST"),
                Some(NullsOrder::Last) => text.push_str(" NULLS LAST"),
                None => {}
            }
            text
        })
        .collect();
    format!("({})", texts.join(", "))
}

fn method(index: &Index) -> Option<String> {
    let method = index.using.as_deref()?.to_lowercase();
    // Every database's usual one.
    (method != "btree").then_some(method)
}

fn same_element(equivalence: &dyn Equivalence, a: &IndexElement, b: &IndexElement) -> bool {
    same_key(equivalence, &a.key, &b.key)
        && down(a) == down(b)
        && nulls(a) == nulls(b)
        && a.collation == b.collation
        && a.operator_class == b.operator_class
        && a.length == b.length
}

fn down(element: &IndexElement) -> bool {
    element.order == Some(SortOrder::Descending)
}

/// Where NULLs go, if it is not where they go by themselves.
fn nulls(element: &IndexElement) -> Option<NullsOrder> {
    match (down(element), element.nulls) {
        (false, Some(NullsOrder::Last)) | (true, Some(NullsOrder::First)) => None,
        (_, nulls) => nulls,
    }
}

/// The columns that an index names.
pub(super) fn columns(index: &Index) -> impl Iterator<Item = &Identifier> {
    let keys = index
        .elements
        .iter()
        .filter_map(|element| match &element.key {
            IndexKey::Column(column) => Some(column),
            IndexKey::Expression(_) => None,
        });
    keys.chain(&index.include)
}

/// The expressions that an index is made of.
pub(super) fn expressions(index: &Index) -> impl Iterator<Item = &str> {
    let keys = index
        .elements
        .iter()
        .filter_map(|element| match &element.key {
            IndexKey::Expression(expression) => Some(expression.as_str()),
            IndexKey::Column(_) => None,
        });
    keys.chain(index.predicate.as_deref())
}

fn on(index: &Index) -> Vec<String> {
    index
        .elements
        .iter()
        .map(|element| match &element.key {
            IndexKey::Column(column) => column.to_string(),
            IndexKey::Expression(expression) => expression.clone(),
        })
        .collect()
}

/// What an index is called in a report.
pub(super) fn object(table: &QualifiedName, index: &Index) -> Object {
    Object::Index {
        table: table.clone(),
        name: index.name.clone(),
        on: on(index),
    }
}

/// Creates an index of a table or materialized view.
pub(super) fn create(table: &QualifiedName, index: Index) -> Operation {
    CreateIndex {
        table: table.clone(),
        index,
        if_not_exists: false,
        concurrently: false,
    }
    .into()
}

/// Drops an index of a table or materialized view; `None` for one without a name, which no statement reaches.
pub(super) fn drop(table: &QualifiedName, index: &Index) -> Option<Operation> {
    let name = index.name.clone()?;
    Some(
        DropIndex {
            index: table.sibling(name),
            table: Some(table.clone()),
            if_exists: false,
            concurrently: false,
            original: Some(index.clone()),
        }
        .into(),
    )
}

/// What creating the index can meet in the rows there are.
pub(super) fn hazard(table: &QualifiedName, index: &Index) -> Option<Hazard> {
    index.unique.then(|| Hazard::UniqueOverRows {
        table: table.clone(),
        columns: columns(index).cloned().collect(),
    })
}
