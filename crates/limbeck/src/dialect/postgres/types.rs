//! Names of types.

use super::Postgres;
use crate::{
    dialect::{DdlError, Dialect, ansi},
    schema::{ArrayType, DataType, NamedType, TypeArgument},
};

/// A type's text.
pub(super) fn type_text(dialect: &Postgres, data_type: &DataType) -> Result<String, DdlError> {
    Ok(match data_type.for_dialect(dialect.name().as_str()) {
        DataType::Float {
            precision: Some(precision),
        } => format!("FLOAT({precision})"),
        DataType::Double { .. } => "DOUBLE PRECISION".to_owned(),
        DataType::DateTime { time_zone } => with_zone("TIMESTAMP", None, *time_zone),
        DataType::Time { time_zone } => with_zone("TIME", None, *time_zone),
        DataType::Interval { native, precision } if *native => interval(None, *precision),
        DataType::Interval { .. } => with_zone("TIMESTAMP", None, false),
        DataType::Binary { .. } => "BYTEA".to_owned(),
        DataType::Enum(enum_type) if enum_type.native => match &enum_type.name {
            Some(name) => dialect.qualified(name),
            None => {
                return Err(DdlError::Type {
                    data_type: format!("enum ({})", enum_type.values.join(", ")),
                    reason: "PostgreSQL's enum types have names; give it one".to_owned(),
                });
            }
        },
        DataType::Array(array) => array_text(dialect, array)?,
        DataType::Named(named) => named_text(dialect, named),
        other => ansi::generic_type(dialect, other)?,
    })
}

/// The brackets stand before a collation.
fn array_text(dialect: &Postgres, array: &ArrayType) -> Result<String, DdlError> {
    let item = dialect.type_text(&array.item)?;
    let brackets = "[]".repeat(usize::try_from(array.dimensions.unwrap_or(1)).unwrap_or(1));
    Ok(match item.split_once(" COLLATE") {
        Some((name, collation)) => format!("{name}{brackets} COLLATE{collation}"),
        None => format!("{item}{brackets}"),
    })
}

fn named_text(dialect: &Postgres, named: &NamedType) -> String {
    let number = named.arguments.first().and_then(|argument| match argument {
        TypeArgument::Number(number) => u32::try_from(*number).ok(),
        TypeArgument::Text(_) => None,
    });
    match named.name.as_str() {
        name @ ("TIMESTAMP" | "TIME") => with_zone(name, number, named.time_zone),
        "INTERVAL" => interval(named.fields.as_deref(), number),
        "BIT" => {
            let name = if named.varying { "BIT VARYING" } else { "BIT" };
            number.map_or_else(|| name.to_owned(), |length| format!("{name}({length})"))
        }
        "FLOAT" => ansi::with_arguments(dialect, named),
        _ => ansi::named_type(dialect, named),
    }
}

fn with_zone(name: &str, precision: Option<u32>, time_zone: bool) -> String {
    let precision = precision
        .map(|digits| format!("({digits})"))
        .unwrap_or_default();
    let zone = if time_zone { "WITH" } else { "WITHOUT" };
    format!("{name}{precision} {zone} TIME ZONE")
}

fn interval(fields: Option<&str>, precision: Option<u32>) -> String {
    let fields = fields
        .map(|fields| format!(" {fields}"))
        .unwrap_or_default();
    let precision = precision
        .map(|digits| format!(" ({digits})"))
        .unwrap_or_default();
    format!("INTERVAL{fields}{precision}")
}
