//! `ALTER COLUMN`, one clause per property.

use super::{
    Grammar, Surroundings,
    column::default_text,
    constraint::constraint_text,
    name::{alter_table, constraint_name},
    table::comment_on_column,
};
use crate::{
    dialect::{CommentForm, DdlError, Statement},
    operation::{AlterColumn, ColumnPosition, Given},
    schema::{Check, Column, ColumnDefault, Constraint, DataType, Identifier, QualifiedName},
};

/// The statements of a change in standard SQL's order: nullability, default, type, comment, name.
pub(in crate::dialect) fn alter_column(
    grammar: &dyn Grammar,
    alter: &AlterColumn,
) -> Result<Vec<Statement>, DdlError> {
    let mut texts = Vec::new();
    texts.extend(nullability(grammar, alter));
    texts.extend(default(grammar, alter)?);
    texts.extend(data_type(grammar, alter, None)?);
    texts.extend(comment(grammar, alter)?);
    texts.extend(rename(grammar, alter));
    Ok(texts.into_iter().map(Statement::new).collect())
}

fn clause(grammar: &dyn Grammar, alter: &AlterColumn, what: &str) -> String {
    format!(
        "{} ALTER COLUMN {} {what}",
        alter_table(grammar, &alter.table),
        grammar.quote(&alter.column)
    )
}

/// `SET NOT NULL` or `DROP NOT NULL`.
pub(in crate::dialect) fn nullability(
    grammar: &dyn Grammar,
    alter: &AlterColumn,
) -> Option<String> {
    let nullable = alter.nullable?;
    let what = if nullable {
        "DROP NOT NULL"
    } else {
        "SET NOT NULL"
    };
    Some(clause(grammar, alter, what))
}

/// `SET DEFAULT` or `DROP DEFAULT`.
///
/// # Errors
/// [`DdlError::Unsupported`] for computed columns and identities, which come and go with the column.
pub(in crate::dialect) fn default(
    grammar: &dyn Grammar,
    alter: &AlterColumn,
) -> Result<Option<String>, DdlError> {
    let Given::Value(default) = &alter.default else {
        return Ok(None);
    };
    let before = alter.existing.default.value().and_then(Option::as_ref);
    refuse_generated(grammar, alter, default.as_ref())?;
    refuse_generated(grammar, alter, before)?;
    let what = match default_text(grammar, default.as_ref()) {
        Some(text) => format!("SET DEFAULT {text}"),
        None => "DROP DEFAULT".to_owned(),
    };
    Ok(Some(clause(grammar, alter, &what)))
}

fn refuse_generated(
    grammar: &dyn Grammar,
    alter: &AlterColumn,
    default: Option<&ColumnDefault>,
) -> Result<(), DdlError> {
    let feature = match default {
        Some(ColumnDefault::Computed(_)) => "change of a computed column",
        Some(ColumnDefault::Identity(_)) => "change of an identity",
        _ => return Ok(()),
    };
    Err(DdlError::Unsupported {
        dialect: grammar.name(),
        subject: format!("alter column {}.{}", alter.table, alter.column),
        feature,
        advice: "drop the column and add it again",
    })
}

/// `TYPE`, with `USING` where the database converts values by an expression.
pub(in crate::dialect) fn data_type(
    grammar: &dyn Grammar,
    alter: &AlterColumn,
    using: Option<&str>,
) -> Result<Option<String>, DdlError> {
    let Some(data_type) = &alter.data_type else {
        return Ok(None);
    };
    let mut what = format!("TYPE {}", grammar.type_text(data_type)?);
    if let Some(using) = using {
        what.push_str(&format!(" USING {using}"));
    }
    Ok(Some(clause(grammar, alter, &what)))
}

/// `COMMENT ON COLUMN`.
///
/// # Errors
/// [`DdlError::Unsupported`] on a database without comments.
pub(in crate::dialect) fn comment(
    grammar: &dyn Grammar,
    alter: &AlterColumn,
) -> Result<Option<String>, DdlError> {
    let Given::Value(comment) = &alter.comment else {
        return Ok(None);
    };
    if grammar.capabilities().comments == CommentForm::None {
        return Err(DdlError::Unsupported {
            dialect: grammar.name(),
            subject: format!("alter column {}.{}", alter.table, alter.column),
            feature: "comments",
            advice: "limit the operation to other databases",
        });
    }
    let comment = comment.as_deref();
    Ok(Some(comment_on_column(
        grammar,
        &alter.table,
        &alter.column,
        comment,
    )))
}

/// `RENAME [COLUMN] … TO`.
pub(in crate::dialect) fn rename(grammar: &dyn Grammar, alter: &AlterColumn) -> Option<String> {
    let new_name = alter.new_name.as_ref()?;
    let word = if grammar.capabilities().rename_says_column {
        "COLUMN "
    } else {
        ""
    };
    Some(format!(
        "{} RENAME {word}{} TO {}",
        alter_table(grammar, &alter.table),
        grammar.quote(&alter.column),
        grammar.quote(new_name)
    ))
}

/// Drops the CHECK that stood for the old type, where this database needed one.
pub(in crate::dialect) fn drop_type_check(
    grammar: &dyn Grammar,
    alter: &AlterColumn,
) -> Result<Option<String>, DdlError> {
    let Some((check, name)) = alter
        .drop_check
        .as_ref()
        .and_then(|check| Some((check, check.name.as_ref()?)))
    else {
        return Ok(None);
    };
    let existing = alter.existing.data_type.as_ref();
    if type_check_text(grammar, alter, check, existing, &alter.column)?.is_none() {
        return Ok(None);
    }
    Ok(Some(format!(
        "{} DROP CONSTRAINT {}",
        alter_table(grammar, &alter.table),
        constraint_name(grammar, name)?
    )))
}

/// Adds the CHECK that stands for the new type, where this database needs one.
pub(in crate::dialect) fn add_type_check(
    grammar: &dyn Grammar,
    alter: &AlterColumn,
) -> Result<Option<String>, DdlError> {
    let Some(check) = &alter.add_check else {
        return Ok(None);
    };
    let text = type_check_text(
        grammar,
        alter,
        check,
        alter.data_type.as_ref(),
        &alter.column,
    )?;
    let table = alter_table(grammar, &alter.table);
    Ok(text.map(|text| format!("{table} ADD {text}")))
}

fn type_check_text(
    grammar: &dyn Grammar,
    alter: &AlterColumn,
    check: &Check,
    data_type: Option<&DataType>,
    column: &Identifier,
) -> Result<Option<String>, DdlError> {
    let columns: Vec<Column> = data_type
        .map(|data_type| Column::new(column.clone(), data_type.clone()))
        .into_iter()
        .collect();
    let options = Default::default();
    let surroundings = Surroundings {
        table: &alter.table,
        columns: &columns,
        constraints: &[],
        options: &options,
    };
    constraint_text(grammar, &Constraint::Check(check.clone()), &surroundings)
}

/// ` FIRST` or ` AFTER c`.
///
/// # Errors
/// [`DdlError::Unsupported`] where columns stand in the order in which they were made.
pub(in crate::dialect) fn position(
    grammar: &dyn Grammar,
    table: &QualifiedName,
    column: &Identifier,
    position: &ColumnPosition,
) -> Result<String, DdlError> {
    let unsupported = |feature, advice| DdlError::Unsupported {
        dialect: grammar.name(),
        subject: format!("place of column {table}.{column}"),
        feature,
        advice,
    };
    if !grammar.capabilities().column_position {
        return Err(unsupported(
            "order of columns that can be changed",
            "leave the place out; the column goes last",
        ));
    }
    match position {
        ColumnPosition::First => Ok(" FIRST".to_owned()),
        ColumnPosition::After(other) => Ok(format!(" AFTER {}", grammar.quote(other))),
        ColumnPosition::Before(_) => Err(unsupported(
            "place before a column",
            "name the column it goes after, or first",
        )),
    }
}
