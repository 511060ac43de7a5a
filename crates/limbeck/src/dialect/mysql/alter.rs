//! Changes of columns: the whole column is written anew, so that what is not said again is lost.

use super::Mysql;
use crate::{
    dialect::{
        DdlError, Dialect, Statement,
        ansi::{self, Grammar},
    },
    operation::{AlterColumn, Given},
    schema::{ColumnDefault, Constraint, DataType, TableOptions},
};

/// `CHANGE`, `MODIFY` or `ALTER COLUMN … SET DEFAULT`.
pub(super) fn alter_column(
    dialect: &Mysql,
    alter: &AlterColumn,
) -> Result<Vec<Statement>, DdlError> {
    refuse_generated(dialect, alter)?;
    let head = ansi::alter_table(dialect, &alter.table);
    let column = dialect.quote(&alter.column);
    let data_type = alter
        .data_type
        .as_ref()
        .or(alter.existing.data_type.as_ref());
    // The server takes a function as default of a time only together with the type.
    let timed = data_type.is_some_and(is_timed) && alter.default != Given::Value(None);
    let existing = alter.existing.default.value().and_then(Option::as_ref);
    // `DROP DEFAULT` would leave it.
    let loses_update = !alter.default.is_no() && existing.is_some_and(is_updated);
    let anew = alter.nullable.is_some()
        || alter.data_type.is_some()
        || alter.autoincrement.is_some()
        || alter.comment.is_given()
        || alter.checks.is_given()
        || alter.position.is_some()
        || loses_update;
    let text = if alter.new_name.is_some() || timed {
        let new_name = alter.new_name.as_ref().unwrap_or(&alter.column);
        let definition = definition(dialect, alter, data_type)?;
        format!(
            "{head} CHANGE {column} {} {definition}",
            dialect.quote(new_name)
        )
    } else if anew {
        format!(
            "{head} MODIFY {column} {}",
            definition(dialect, alter, data_type)?
        )
    } else if let Given::Value(default) = &alter.default {
        match ansi::default_text(dialect, default.as_ref()) {
            Some(default) => format!("{head} ALTER COLUMN {column} SET DEFAULT {default}"),
            None => format!("{head} ALTER COLUMN {column} DROP DEFAULT"),
        }
    } else {
        return Ok(Vec::new());
    };
    Ok(vec![Statement::new(text)])
}

fn refuse_generated(dialect: &Mysql, alter: &AlterColumn) -> Result<(), DdlError> {
    if alter.default.is_no() {
        return Ok(());
    }
    let involved = [&alter.default, &alter.existing.default]
        .into_iter()
        .filter_map(|default| default.value().and_then(Option::as_ref))
        .any(|default| {
            matches!(
                default,
                ColumnDefault::Computed(_) | ColumnDefault::Identity(_)
            )
        });
    if !involved {
        return Ok(());
    }
    Err(DdlError::Unsupported {
        dialect: dialect.name(),
        subject: format!("alter column {}.{}", alter.table, alter.column),
        feature: "change of a computed column or an identity",
        advice: "drop the column and add it again",
    })
}

/// Type, nullability, autoincrement, default, comment, checks, place.
fn definition(
    dialect: &Mysql,
    alter: &AlterColumn,
    data_type: Option<&DataType>,
) -> Result<String, DdlError> {
    let data_type = data_type.ok_or_else(|| DdlError::Missing {
        dialect: dialect.name(),
        subject: format!("alter column {}.{}", alter.table, alter.column),
        what: "the column's existing type, because it writes the whole column anew",
        advice: "give existing_type (and existing_nullable, existing_server_default, existing_comment)",
    })?;
    let existing = &alter.existing;
    let nullable = alter.nullable.or(existing.nullable).unwrap_or(true);
    let mut text = dialect.type_text(data_type)?;
    text.push_str(if nullable { " NULL" } else { " NOT NULL" });
    if alter.autoincrement.or(existing.autoincrement) == Some(true) {
        text.push_str(" AUTO_INCREMENT");
    }
    let default = match &alter.default {
        Given::Value(default) => default.as_ref(),
        Given::No => existing.default.value().and_then(Option::as_ref),
    };
    if let Some(default) = ansi::default_text(dialect, default) {
        text.push_str(&format!(" DEFAULT {default}"));
    }
    let comment = match &alter.comment {
        Given::Value(comment) => comment.as_deref(),
        Given::No => existing.comment.as_deref(),
    };
    if let Some(comment) = comment {
        text.push_str(&format!(" COMMENT {}", dialect.quoting().text(comment)));
    }
    for check in alter.checks.value().unwrap_or(&existing.checks) {
        let check = Constraint::Check(check.clone());
        let options = TableOptions::default();
        let surroundings = ansi::Surroundings {
            table: &alter.table,
            columns: &[],
            constraints: &[],
            options: &options,
        };
        if let Some(check) = ansi::constraint_text(dialect, &check, &surroundings)? {
            text.push_str(&format!(" {check}"));
        }
    }
    if let Some(place) = &alter.position {
        text.push_str(&ansi::position(
            dialect,
            &alter.table,
            &alter.column,
            place,
        )?);
    }
    Ok(text)
}

/// Whether the column gets the time of every change of its row.
fn is_updated(default: &ColumnDefault) -> bool {
    matches!(default, ColumnDefault::Expression(text) if text.to_uppercase().contains(" ON UPDATE "))
}

fn is_timed(data_type: &DataType) -> bool {
    match data_type {
        DataType::DateTime { .. } => true,
        DataType::Named(named) => matches!(named.name.as_str(), "DATETIME" | "TIMESTAMP"),
        _ => false,
    }
}
