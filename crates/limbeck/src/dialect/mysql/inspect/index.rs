//! Indexes and the primary key.

use super::{Scope, Tables};
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, Part},
    },
    schema::{Constraint, Identifier, Index, IndexElement, IndexKey, PrimaryKey, SortOrder, Table},
};

/// Reads the indexes of all tables. A unique index and a unique constraint are the same thing here.
pub(super) async fn read_all(
    query: &mut dyn Query,
    scope: &Scope<'_>,
    tables: &mut Tables,
) -> Result<(), InspectError> {
    let expression = match scope.is_mariadb() {
        true => "NULL",
        false => "EXPRESSION",
    };
    let sql = format!(
        "SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, INDEX_TYPE, INDEX_COMMENT, COLUMN_NAME, COLLATION, SUB_PART, {expression} \
         FROM information_schema.STATISTICS WHERE {{filter}} ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX"
    );
    let filter = ("TABLE_SCHEMA", Some("TABLE_NAME"));
    for mut cells in scope.rows(query, "the indexes", &sql, filter).await? {
        let table = cells.text();
        let name = cells.text();
        if let Some(table) = tables.get(&table) {
            add(table, scope, &name, &mut cells);
        }
    }
    Ok(())
}

fn add(table: &mut Table, scope: &Scope<'_>, name: &str, cells: &mut Cells) {
    let unique = !cells.flag();
    let kind = cells.text();
    let comment = cells.maybe().filter(|comment| !comment.is_empty());
    let element = element(cells, &kind);
    if name == "PRIMARY" {
        if scope.request.wants(Part::Constraints) {
            add_to_key(table, element);
        }
        return;
    }
    if !scope.request.wants(Part::Indexes) {
        return;
    }
    let own = |index: &Index| index.name.as_ref().is_some_and(|own| own.as_str() == name);
    match table.indexes.last_mut().filter(|index| own(index)) {
        Some(index) => index.elements.push(element),
        None => table.indexes.push(Index {
            name: Some(Identifier::new(name)),
            elements: vec![element],
            unique,
            using: matches!(kind.as_str(), "HASH" | "RTREE").then(|| kind.clone()),
            prefix: matches!(kind.as_str(), "FULLTEXT" | "SPATIAL").then(|| kind.clone()),
            comment,
            ..Index::default()
        }),
    }
}

fn element(cells: &mut Cells, kind: &str) -> IndexElement {
    let column = cells.maybe();
    let down = cells.maybe().as_deref() == Some("D");
    // The 32 that stands beside a spatial index is no length of a text.
    let length = cells.number().filter(|_| kind != "SPATIAL");
    let expression = cells.maybe();
    let mut element = match (column, expression) {
        (Some(column), _) => IndexElement::column(column),
        (None, expression) => {
            let text = expression.unwrap_or_default().replace("\\'", "'");
            IndexElement::expression(format!("({text})"))
        }
    };
    element.order = down.then_some(SortOrder::Descending);
    element.length = length.and_then(|length| u32::try_from(length).ok());
    element
}

fn add_to_key(table: &mut Table, element: IndexElement) {
    let IndexKey::Column(name) = element.key else {
        return;
    };
    for column in &mut table.columns {
        // An integer key counts by itself unless it says that it does not.
        if column.name == name && column.data_type.is_number() && column.autoincrement.is_none() {
            column.autoincrement = Some(false);
        }
    }
    match table.constraints.first_mut() {
        Some(Constraint::PrimaryKey(key)) => key.columns.push(name),
        _ => table
            .constraints
            .insert(0, Constraint::PrimaryKey(PrimaryKey::new([name]))),
    }
}
