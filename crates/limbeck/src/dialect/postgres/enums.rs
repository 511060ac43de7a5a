//! Enum types: objects of the schema, made, extended, and rebuilt where they cannot be extended.

use std::collections::BTreeSet;

use super::Postgres;
use crate::{
    dialect::{
        DdlError, Dialect, Statement,
        ansi::{self, Grammar},
    },
    operation::{AddEnumValue, ChangeEnum, EnumColumn, EnumValuePosition, Operation},
    schema::{DataType, EnumType, QualifiedName, Table},
};

/// The statements of an operation on an enum type; `None` for any other operation.
pub(super) fn statements(
    dialect: &Postgres,
    operation: &Operation,
) -> Result<Option<Vec<Statement>>, DdlError> {
    let texts = match operation {
        Operation::CreateEnum(create) => match &create.enum_type.name {
            Some(name) => vec![create_text(dialect, name, &create.enum_type.values)],
            None => {
                return Err(DdlError::Missing {
                    dialect: dialect.name(),
                    subject: operation.to_string(),
                    what: "the name of the enum type",
                    advice: "give it one",
                });
            }
        },
        Operation::DropEnum(drop) => {
            let exists = if drop.if_exists { "IF EXISTS " } else { "" };
            vec![format!(
                "DROP TYPE {exists}{}",
                dialect.qualified(&drop.name)
            )]
        }
        Operation::RenameEnum(rename) => vec![format!(
            "ALTER TYPE {} RENAME TO {}",
            dialect.qualified(&rename.name),
            dialect.quote(&rename.new_name)
        )],
        Operation::AddEnumValue(add) => {
            let statement = Statement::new(add_value(dialect, add));
            return Ok(Some(vec![
                if dialect.capabilities.enum_value_in_transaction {
                    statement
                } else {
                    statement.autocommit()
                },
            ]));
        }
        Operation::RenameEnumValue(rename) => vec![format!(
            "ALTER TYPE {} RENAME VALUE {} TO {}",
            dialect.qualified(&rename.name),
            dialect.quoting().text(&rename.value),
            dialect.quoting().text(&rename.new_value)
        )],
        Operation::ChangeEnum(change) => rebuild(dialect, change)?,
        _ => return Ok(None),
    };
    Ok(Some(texts.into_iter().map(Statement::new).collect()))
}

/// `CREATE TYPE` for every enum that a new table brings along, each once.
pub(super) fn of_table(dialect: &Postgres, table: &Table) -> Result<Vec<Statement>, DdlError> {
    let mut seen = BTreeSet::new();
    let mut statements = Vec::new();
    for column in &table.columns {
        let Some(enum_type) = enum_of(column.data_type.for_dialect(dialect.name().as_str())) else {
            continue;
        };
        let Some(name) = &enum_type.name else {
            continue;
        };
        if enum_type.native && enum_type.create_type && seen.insert(name.clone()) {
            let text = create_text(dialect, name, &enum_type.values);
            statements.push(Statement::new(text));
        }
    }
    Ok(statements)
}

fn enum_of(data_type: &DataType) -> Option<&EnumType> {
    match data_type {
        DataType::Enum(enum_type) => Some(enum_type),
        DataType::Array(array) => enum_of(&array.item),
        _ => None,
    }
}

fn create_text(dialect: &Postgres, name: &QualifiedName, values: &[String]) -> String {
    let values: Vec<String> = values
        .iter()
        .map(|value| dialect.quoting().text(value))
        .collect();
    format!(
        "CREATE TYPE {} AS ENUM ({})",
        dialect.qualified(name),
        values.join(", ")
    )
}

fn add_value(dialect: &Postgres, add: &AddEnumValue) -> String {
    let place = match &add.position {
        Some(EnumValuePosition::Before(value)) => {
            format!(" BEFORE {}", dialect.quoting().text(value))
        }
        Some(EnumValuePosition::After(value)) => {
            format!(" AFTER {}", dialect.quoting().text(value))
        }
        None => String::new(),
    };
    let exists = if add.if_not_exists {
        "IF NOT EXISTS "
    } else {
        ""
    };
    format!(
        "ALTER TYPE {} ADD VALUE {exists}{}{place}",
        dialect.qualified(&add.name),
        dialect.quoting().text(&add.value)
    )
}

/// The old type steps aside, a new one takes its name, every column moves over, the old one goes.
fn rebuild(dialect: &Postgres, change: &ChangeEnum) -> Result<Vec<String>, DdlError> {
    let kept: BTreeSet<&String> = change.to.iter().collect();
    if let Some(stray) = change
        .replacements
        .values()
        .find(|value| !kept.contains(value))
    {
        return Err(DdlError::Contradiction {
            subject: format!("change enum {}", change.name),
            reason: format!("the replacement '{stray}' is none of the new values"),
        });
    }
    let name = dialect.qualified(&change.name);
    let old = change.name.sibling(aside(change.name.name.as_str()));
    let mut texts = vec![
        format!("ALTER TYPE {name} RENAME TO {}", dialect.quote(&old.name)),
        create_text(dialect, &change.name, &change.to),
    ];
    for column in &change.columns {
        let head = format!(
            "{} ALTER COLUMN {}",
            ansi::alter_table(dialect, &column.table),
            dialect.quote(&column.column)
        );
        let default = ansi::default_text(dialect, column.default.as_ref());
        if default.is_some() {
            texts.push(format!("{head} DROP DEFAULT"));
        }
        texts.push(move_text(dialect, change, column, &head, &name));
        texts.extend(default.map(|default| format!("{head} SET DEFAULT {default}")));
    }
    texts.push(format!("DROP TYPE {}", dialect.qualified(&old)));
    Ok(texts)
}

fn move_text(
    dialect: &Postgres,
    change: &ChangeEnum,
    column: &EnumColumn,
    head: &str,
    name: &str,
) -> String {
    let text = |value: &str| dialect.quoting().text(value);
    let value = dialect.quote(&column.column);
    let brackets = if column.array { "[]" } else { "" };
    let old = format!("{value}::text{brackets}");
    let new = if change.replacements.is_empty() {
        old
    } else if column.array {
        change.replacements.iter().fold(old, |inner, (from, to)| {
            format!("array_replace({inner}, {}, {})", text(from), text(to))
        })
    } else {
        let cases: String = change
            .replacements
            .iter()
            .map(|(from, to)| format!("WHEN {} THEN {} ", text(from), text(to)))
            .collect();
        format!("(CASE {old} {cases}ELSE {old} END)")
    };
    format!("{head} TYPE {name}{brackets} USING {new}::{name}{brackets}")
}

/// A name for the old type that fits beside the new one.
fn aside(name: &str) -> String {
    let beginning: String = name.chars().take(55).collect();
    format!("{beginning}_before")
}
