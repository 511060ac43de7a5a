//! Which way a batch of changes goes.

use super::{
    Method,
    catalogue::Catalogue,
    draft::{Draft, read_column},
    error::RebuildError,
};
use crate::dialect::{
    Dialect, Query, Sqlite,
    sqlite::{
        change::TableChange,
        in_place,
        table_sql::{Kind, quote, same_name},
    },
};

/// The draft after all changes of a batch; refused where something outside the table needs what goes.
pub(crate) fn draft(catalogue: &Catalogue, changes: &[TableChange]) -> Result<Draft, RebuildError> {
    let mut draft = Draft::new(catalogue.table.clone());
    for change in changes {
        draft.change(change)?;
    }
    let restated = changes.iter().rev().find_map(|change| match change {
        TableChange::Restate { stated } => Some(stated),
        _ => None,
    });
    if let Some(stated) = restated {
        let sqlite = Sqlite::new(None);
        let name = |name: &str| sqlite.quote(&name.into());
        draft.edit(|table| table.restated(&catalogue.table, stated, &name))?;
    }
    let table = &catalogue.table.name;
    for column in &draft.dropped {
        let in_use = |user: String| {
            Err(RebuildError::ColumnInUse {
                table: table.clone(),
                column: column.clone(),
                user,
            })
        };
        let child = catalogue.references.iter().find(|(child, columns)| {
            !same_name(child, table) && columns.iter().any(|name| same_name(name, column))
        });
        if let Some((child, _)) = child {
            return in_use(format!("a foreign key of table '{child}'"));
        }
        // SQLite takes any name after UPDATE OF, so that such a trigger would be left to never fire.
        let trigger = catalogue
            .triggers
            .iter()
            .chain(&catalogue.temp_triggers)
            .find(|trigger| {
                trigger
                    .trigger()
                    .is_some_and(|head| head.columns.iter().any(|name| same_name(name, column)))
            });
        if let Some(trigger) = trigger {
            return in_use(format!("UPDATE OF in trigger '{}'", trigger.name));
        }
    }
    for index in &catalogue.indexes {
        if let Some(column) = draft.dropped.iter().find(|column| index.index_uses(column)) {
            draft.notes.push(format!(
                "index '{}' was dropped with column '{column}', which it uses",
                index.name
            ));
        }
    }
    Ok(draft)
}

/// The way for a draft. Native is only a first try: SQLite may refuse it, and then it is a rebuild.
pub(crate) async fn choose(
    query: &mut dyn Query,
    catalogue: &Catalogue,
    draft: &Draft,
    changes: &[TableChange],
) -> Result<Method, RebuildError> {
    if draft.table.text() == catalogue.table.text() && draft.dropped.is_empty() {
        let copies = Draft::new(catalogue.table.clone()).sources == draft.sources;
        if copies {
            return Ok(Method::Nothing);
        }
    }
    if native(catalogue, changes).is_some() {
        return Ok(Method::Native);
    }
    if in_place::fits(query, catalogue, draft).await? {
        return Ok(Method::InPlace);
    }
    Ok(Method::Rebuild)
}

/// SQLite's own statements for the changes, where it may have them: columns added at the end, or one column dropped. More
/// dropped columns are one rebuild instead of one rewrite of the table each.
pub(crate) fn native(catalogue: &Catalogue, changes: &[TableChange]) -> Option<Vec<String>> {
    let table = catalogue.qualified_name();
    if let [TableChange::DropColumn { column, .. }] = changes {
        let column = catalogue.table.column(column)?;
        return Some(vec![format!(
            "ALTER TABLE {table} DROP COLUMN {}",
            quote(&column.name)
        )]);
    }
    let mut statements = Vec::new();
    for change in changes {
        let TableChange::AddColumn {
            definition,
            place: None,
            ..
        } = change
        else {
            return None;
        };
        let (read, column) = read_column(&catalogue.table.name, definition).ok()?;
        let refused = column.constraint(|kind| {
            matches!(
                kind,
                Kind::PrimaryKey { .. }
                    | Kind::Unique { .. }
                    | Kind::Generated { stored: true, .. }
            )
        });
        if refused.is_some() {
            return None;
        }
        if catalogue.table.column(&column.name).is_none() {
            let text = read.at(&column.span);
            statements.push(format!("ALTER TABLE {table} ADD COLUMN {text}"));
        }
    }
    (!statements.is_empty()).then_some(statements)
}
