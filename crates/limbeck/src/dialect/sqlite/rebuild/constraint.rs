//! Adding, dropping and renaming constraints of a draft, wherever they stand.

use super::{
    super::{
        change::{ConstraintChoice, ConstraintKind},
        table_sql::{Column, Constraint, Kind, TableSql, TableSqlError, quote, same_name, tokens},
    },
    draft::Draft,
    error::RebuildError,
};

/// Adds a table constraint. The columns of a PRIMARY KEY become NOT NULL, as the standard has it and SQLite forgets.
pub(crate) fn add(draft: &mut Draft, definition: &str) -> Result<(), RebuildError> {
    let table = draft.table.name.clone();
    let (text, added) = read(&table, definition)?;
    if let Some(name) = &added.name
        && draft.table.every_constraint().any(|(_, each)| {
            each.name
                .as_deref()
                .is_some_and(|known| same_name(known, name))
        })
    {
        return Err(RebuildError::ConstraintExists {
            table,
            constraint: name.clone(),
        });
    }
    draft.edit(|table| table.append_constraint(&text))?;
    if let Kind::PrimaryKey { columns, .. } = &added.kind {
        let alias = draft.table.rowid_alias().is_some();
        for column in columns {
            let column = draft.column(column)?;
            if !alias {
                draft.set_not_null(&column.name)?;
            }
        }
    }
    Ok(())
}

/// Drops a constraint, and every other one of its name: SQLite takes one that is said twice.
pub(crate) fn drop(
    draft: &mut Draft,
    choice: &ConstraintChoice,
    if_exists: bool,
) -> Result<(), RebuildError> {
    match find(&draft.table, choice) {
        Some(found) => {
            draft.edit(|table| table.remove_constraint(&found))?;
            while found.name.is_some()
                && let Some(same) = find(&draft.table, choice)
                    .filter(|same| same.name.is_some() && same.name == found.name)
            {
                draft.edit(|table| table.remove_constraint(&same))?;
            }
            Ok(())
        }
        None if if_exists || went_with_column(draft, choice) => Ok(()),
        None => Err(missing(&draft.table, choice)),
    }
}

/// Whether an earlier change dropped a column and with it the constraint.
fn went_with_column(draft: &Draft, choice: &ConstraintChoice) -> bool {
    let names = &draft.dropped_with_columns;
    matches!(choice, ConstraintChoice::Named { name, .. } if names.iter().any(|gone| same_name(gone, name)))
}

/// The name under which a constraint can be dropped.
pub(crate) fn known_as(
    table: &TableSql,
    at: Option<&Column>,
    constraint: &Constraint,
) -> Option<String> {
    let usual = || usual_name(table, at, constraint);
    constraint.name.clone().or_else(usual)
}

/// Renames a constraint; one without a name gets one.
pub(crate) fn rename(draft: &mut Draft, name: &str, to: &str) -> Result<(), RebuildError> {
    let choice = ConstraintChoice::Named {
        name: name.to_owned(),
        kind: None,
    };
    let Some(found) = find(&draft.table, &choice) else {
        return Err(missing(&draft.table, &choice));
    };
    match &found.name_span {
        Some(span) => draft.edit(|table| table.replace(span, &quote(to))),
        None => {
            let start = found.span.start..found.span.start;
            let text = format!("CONSTRAINT {} ", quote(to));
            draft.edit(|table| table.replace(&start, &text))
        }
    }
}

fn read(table: &str, definition: &str) -> Result<(String, Constraint), RebuildError> {
    let error = |source| RebuildError::Text {
        table: table.to_owned(),
        text: definition.to_owned(),
        source,
    };
    let read = TableSql::parse(&format!("CREATE TABLE t(c,\n{definition}\n)")).map_err(error)?;
    match (read.columns.len(), read.constraints.as_slice()) {
        (1, [constraint]) => Ok((read.at(&constraint.span).to_owned(), constraint.clone())),
        _ => Err(error(TableSqlError {
            offset: 0,
            reason: "expected one table constraint".to_owned(),
        })),
    }
}

fn find(table: &TableSql, choice: &ConstraintChoice) -> Option<Constraint> {
    let matching = |wanted: &dyn Fn(Option<&Column>, &Constraint) -> bool| {
        table
            .every_constraint()
            .find(|(at, each)| wanted(*at, each))
            .map(|(_, each)| each.clone())
    };
    match choice {
        ConstraintChoice::Named { name, kind } => {
            let fits = |each: &Constraint| kind.is_none_or(|kind| is(&each.kind, kind));
            matching(&|_, each| {
                fits(each)
                    && each
                        .name
                        .as_deref()
                        .is_some_and(|known| same_name(known, name))
            })
            .or_else(|| {
                matching(&|at, each| {
                    fits(each)
                        && each.name.is_none()
                        && usual_name(table, at, each).is_some_and(|usual| same_name(&usual, name))
                })
            })
        }
        ConstraintChoice::Of { kind, columns } => matching(&|at, each| {
            is(&each.kind, *kind)
                && (same_columns(&each.columns(at), columns)
                    || (columns.is_empty() && *kind == ConstraintKind::PrimaryKey))
        }),
        ConstraintChoice::Check { expression } => matching(&|_, each| match &each.kind {
            Kind::Check { expression: span } => same_expression(table.at(span), expression),
            _ => false,
        }),
    }
}

fn is(kind: &Kind, wanted: ConstraintKind) -> bool {
    match wanted {
        ConstraintKind::PrimaryKey => matches!(kind, Kind::PrimaryKey { .. }),
        ConstraintKind::Unique => matches!(kind, Kind::Unique { .. }),
        ConstraintKind::Check => matches!(kind, Kind::Check { .. }),
        ConstraintKind::ForeignKey => matches!(kind, Kind::ForeignKey { .. }),
    }
}

fn same_columns(left: &[&str], right: &[String]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .all(|name| right.iter().any(|other| same_name(name, other)))
}

fn same_expression(left: &str, right: &str) -> bool {
    let words = |text: &str| -> Option<Vec<String>> {
        Some(
            tokens(text)
                .ok()?
                .iter()
                .filter_map(|token| text.get(token.span.clone()))
                .map(|word| match word.starts_with(['\'', '"', '`', '[']) {
                    true => word.to_owned(),
                    false => word.to_ascii_lowercase(),
                })
                .collect(),
        )
    };
    matches!((words(left), words(right)), (Some(left), Some(right)) if left == right)
}

/// The name that PostgreSQL gives to an unnamed constraint.
fn usual_name(table: &TableSql, at: Option<&Column>, constraint: &Constraint) -> Option<String> {
    let columns = constraint.columns(at).join("_");
    let name = &table.name;
    Some(match &constraint.kind {
        Kind::PrimaryKey { .. } => format!("{name}_pkey"),
        Kind::Unique { .. } => format!("{name}_{columns}_key"),
        Kind::ForeignKey { .. } => format!("{name}_{columns}_fkey"),
        Kind::Check { .. } if columns.is_empty() => format!("{name}_check"),
        Kind::Check { .. } => format!("{name}_{columns}_check"),
        _ => return None,
    })
}

fn missing(table: &TableSql, choice: &ConstraintChoice) -> RebuildError {
    let constraint = match choice {
        ConstraintChoice::Named { name, .. } => format!("constraint '{name}'"),
        ConstraintChoice::Of { kind, columns } => {
            let words = match kind {
                ConstraintKind::PrimaryKey => "PRIMARY KEY",
                ConstraintKind::Unique => "UNIQUE",
                ConstraintKind::Check => "CHECK",
                ConstraintKind::ForeignKey => "FOREIGN KEY",
            };
            format!("{words} constraint on ({})", columns.join(", "))
        }
        ConstraintChoice::Check { expression } => format!("constraint CHECK ({expression})"),
    };
    let known: Vec<String> = table
        .every_constraint()
        .filter(|(_, each)| {
            each.name.is_some()
                || matches!(
                    each.kind,
                    Kind::PrimaryKey { .. }
                        | Kind::Unique { .. }
                        | Kind::Check { .. }
                        | Kind::ForeignKey { .. }
                )
        })
        .map(|(at, each)| match &each.name {
            Some(name) => format!("'{name}'"),
            None => usual_name(table, at, each).map_or_else(
                || table.at(&each.span).to_owned(),
                |usual| format!("'{usual}' (unnamed)"),
            ),
        })
        .collect();
    RebuildError::NoSuchConstraint {
        table: table.name.clone(),
        constraint,
        known: if known.is_empty() {
            "none".to_owned()
        } else {
            known.join(", ")
        },
    }
}
