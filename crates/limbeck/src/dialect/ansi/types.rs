//! Names of types in standard SQL.

use super::Grammar;
use crate::{
    dialect::DdlError,
    schema::{DataType, NamedType, TypeArgument},
};

/// Names that are written without what stands in parentheses: a number there means something to another database
/// only (MySQL's display width) and is refused by this one.
const BARE: [&str; 20] = [
    "SMALLINT",
    "INTEGER",
    "INT",
    "BIGINT",
    "TINYINT",
    "MEDIUMINT",
    "FLOAT",
    "REAL",
    "DOUBLE",
    "DOUBLE PRECISION",
    "DATE",
    "TIME",
    "DATETIME",
    "TIMESTAMP",
    "BOOLEAN",
    "BLOB",
    "CLOB",
    "UUID",
    "JSON",
    "YEAR",
];

/// A generic type in standard SQL; the dialects overrule what they name otherwise.
pub(in crate::dialect) fn generic_type(
    grammar: &dyn Grammar,
    data_type: &DataType,
) -> Result<String, DdlError> {
    let capabilities = grammar.capabilities();
    Ok(match data_type.for_dialect(grammar.name().as_str()) {
        DataType::SmallInteger => "SMALLINT".to_owned(),
        DataType::Integer => "INTEGER".to_owned(),
        DataType::BigInteger => "BIGINT".to_owned(),
        DataType::Boolean => "BOOLEAN".to_owned(),
        DataType::Numeric { precision, scale } => numeric("NUMERIC", *precision, *scale),
        DataType::Float { .. } => "FLOAT".to_owned(),
        DataType::Double { .. } => "DOUBLE".to_owned(),
        DataType::String { length, collation } => {
            characters("VARCHAR", *length, collation.as_deref())
        }
        DataType::Text { length, collation } => characters("TEXT", *length, collation.as_deref()),
        DataType::Date => "DATE".to_owned(),
        DataType::Time { .. } => "TIME".to_owned(),
        DataType::DateTime { .. } | DataType::Interval { .. } => "DATETIME".to_owned(),
        DataType::Binary { .. } => "BLOB".to_owned(),
        DataType::Json => "JSON".to_owned(),
        DataType::Uuid { native } if *native && capabilities.uuid_type => "UUID".to_owned(),
        DataType::Uuid { .. } => "CHAR(32)".to_owned(),
        DataType::Enum(enum_type) => characters(
            "VARCHAR",
            Some(enum_type.text_length()),
            enum_type.collation.as_deref(),
        ),
        DataType::Array(_) => {
            return Err(DdlError::Type {
                data_type: "ARRAY".to_owned(),
                reason: format!(
                    "{} has no arrays; choose another type for it",
                    grammar.name()
                ),
            });
        }
        DataType::Defined(name) => grammar.qualified(name),
        DataType::Named(named) => named_type(grammar, named),
        DataType::Variants { base, .. } => grammar.type_text(base)?,
        DataType::Modelled(model) => grammar.type_text(&model.data_type)?,
        DataType::Custom(text) => text.clone(),
    })
}

/// A type by its name, with what standard SQL puts behind it.
pub(in crate::dialect) fn named_type(grammar: &dyn Grammar, named: &NamedType) -> String {
    let text = if BARE.contains(&named.name.as_str()) {
        named.name.clone()
    } else {
        with_arguments(grammar, named)
    };
    let text = match &named.schema {
        Some(schema) => format!("{}.{text}", grammar.quote(schema)),
        None => text,
    };
    match &named.collation {
        Some(collation) => format!("{text} COLLATE {}", quoted(collation)),
        None => text,
    }
}

/// The name and, in parentheses, its arguments.
pub(in crate::dialect) fn with_arguments(grammar: &dyn Grammar, named: &NamedType) -> String {
    if named.arguments.is_empty() {
        return named.name.clone();
    }
    let arguments: Vec<String> = named
        .arguments
        .iter()
        .map(|argument| match argument {
            TypeArgument::Number(number) => number.to_string(),
            TypeArgument::Text(text) => grammar.quoting().text(text),
        })
        .collect();
    format!("{}({})", named.name, arguments.join(", "))
}

fn numeric(name: &str, precision: Option<u32>, scale: Option<i32>) -> String {
    match (precision, scale) {
        (None, _) => name.to_owned(),
        (Some(precision), None) => format!("{name}({precision})"),
        (Some(precision), Some(scale)) => format!("{name}({precision}, {scale})"),
    }
}

fn characters(name: &str, length: Option<u32>, collation: Option<&str>) -> String {
    let mut text = match length {
        Some(length) if length > 0 => format!("{name}({length})"),
        _ => name.to_owned(),
    };
    if let Some(collation) = collation {
        text.push_str(&format!(" COLLATE {}", quoted(collation)));
    }
    text
}

/// A collation's name: always in quotes, because `C` and `en_US` are not what they look like without.
fn quoted(collation: &str) -> String {
    format!("\"{}\"", collation.replace('"', "\"\""))
}
