//! Names of types, with the signs, character sets and display widths that only this family has.

use super::Mysql;
use crate::{
    dialect::{
        DdlError, Dialect,
        ansi::{self, Grammar},
    },
    schema::{DataType, EnumType, NamedType, TypeArgument},
};

/// A type's text.
pub(super) fn type_text(dialect: &Mysql, data_type: &DataType) -> Result<String, DdlError> {
    Ok(match data_type.for_dialect(dialect.name().as_str()) {
        DataType::Boolean => "BOOL".to_owned(),
        DataType::Float {
            precision: Some(precision),
        } => format!("FLOAT({precision})"),
        DataType::String { length, collation } => named_text(
            dialect,
            &characters("VARCHAR", *length, collation.as_deref()),
        )?,
        DataType::Text { length, collation } => {
            named_text(dialect, &characters("TEXT", *length, collation.as_deref()))?
        }
        DataType::Binary {
            length: Some(length),
        } => format!("BLOB({length})"),
        DataType::Enum(enum_type) if enum_type.native => enum_text(dialect, enum_type),
        DataType::Enum(enum_type) => named_text(
            dialect,
            &characters(
                "VARCHAR",
                Some(enum_type.text_length()),
                enum_type.collation.as_deref(),
            ),
        )?,
        DataType::Named(named) => named_text(dialect, named)?,
        other => ansi::generic_type(dialect, other)?,
    })
}

fn characters(name: &str, length: Option<u32>, collation: Option<&str>) -> NamedType {
    let mut named = NamedType::new(name);
    if let Some(length) = length {
        named = named.with_numbers(&[i64::from(length)]);
    }
    named.collation = collation.map(ToOwned::to_owned);
    named
}

fn enum_text(dialect: &Mysql, enum_type: &EnumType) -> String {
    let mut named = NamedType::new("ENUM");
    named.charset = enum_type.charset.clone();
    named.collation = enum_type.collation.clone();
    let values: Vec<&str> = enum_type.values.iter().map(String::as_str).collect();
    let text = listed(dialect, "ENUM", &values);
    with_characters(&named, text)
}

/// `ENUM('a','b')`, without blanks as the server itself shows it.
fn listed(dialect: &Mysql, name: &str, values: &[&str]) -> String {
    let values: Vec<String> = values
        .iter()
        .map(|value| dialect.quoting().text(value))
        .collect();
    format!("{name}({})", values.join(","))
}

fn named_text(dialect: &Mysql, named: &NamedType) -> Result<String, DdlError> {
    let bare = || named.name.clone();
    let with_arguments = || ansi::with_arguments(dialect, named);
    Ok(match named.name.as_str() {
        "BOOLEAN" => "BOOL".to_owned(),
        "DOUBLE" | "REAL" if named.arguments.len() == 2 => with_numeric(named, with_arguments()),
        "DOUBLE" | "REAL" => with_numeric(named, bare()),
        "NUMERIC" | "DECIMAL" | "FLOAT" | "INTEGER" | "BIGINT" | "MEDIUMINT" | "TINYINT"
        | "SMALLINT" => with_numeric(named, with_arguments()),
        "DATETIME" | "TIMESTAMP" | "TIME" => match named.arguments.first() {
            Some(TypeArgument::Number(digits)) if *digits > 0 => {
                format!("{}({digits})", named.name)
            }
            _ => bare(),
        },
        "VARCHAR" | "NVARCHAR" if named.arguments.is_empty() => {
            return Err(DdlError::Type {
                data_type: bare(),
                reason: format!("{} wants a length for it; give one", dialect.name()),
            });
        }
        "NVARCHAR" | "NCHAR" => {
            let national = NamedType {
                name: named.name.trim_start_matches('N').to_owned(),
                national: true,
                ..named.clone()
            };
            named_text(dialect, &national)?
        }
        "CHAR" | "VARCHAR" | "TEXT" => with_characters(named, with_arguments()),
        "TINYTEXT" | "MEDIUMTEXT" | "LONGTEXT" => with_characters(named, bare()),
        "SET" | "ENUM" => {
            let values: Vec<&str> = named
                .arguments
                .iter()
                .filter_map(|argument| match argument {
                    TypeArgument::Text(text) => Some(text.as_str()),
                    TypeArgument::Number(_) => None,
                })
                .collect();
            with_characters(named, listed(dialect, &named.name, &values))
        }
        "YEAR" | "BIT" | "BLOB" | "BINARY" | "VARBINARY" => with_arguments(),
        _ => ansi::named_type(dialect, named),
    })
}

fn with_numeric(named: &NamedType, mut text: String) -> String {
    if named.unsigned {
        text.push_str(" UNSIGNED");
    }
    if named.zerofill {
        text.push_str(" ZEROFILL");
    }
    text
}

/// Character set and collation; `NATIONAL` overrules the former.
fn with_characters(named: &NamedType, text: String) -> String {
    let charset = match &named.charset {
        Some(charset) => format!(" CHARACTER SET {charset}"),
        None if named.ascii => " ASCII".to_owned(),
        None if named.unicode => " UNICODE".to_owned(),
        None => String::new(),
    };
    let collation = match &named.collation {
        Some(collation) => format!(" COLLATE {collation}"),
        None if named.binary => " BINARY".to_owned(),
        None => String::new(),
    };
    if named.national {
        format!("NATIONAL {text}{collation}")
    } else {
        format!("{text}{charset}{collation}")
    }
}
