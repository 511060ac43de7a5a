//! PostgreSQL's own types, in the words in which its catalogue describes them.

use crate::{
    dialect::ansi::Cursor,
    schema::{DataType, NamedType},
};

/// A type, and whether it numbers the rows (`SERIAL`).
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<(DataType, bool)> {
    let plain = |name: &str| Some((DataType::Named(NamedType::new(name)), false));
    let serial = |name: &str| Some((DataType::Named(NamedType::new(name)), true));
    match cursor.any_word()?.to_ascii_lowercase().as_str() {
        "int" | "integer" | "int4" => plain("INTEGER"),
        "bigint" | "int8" => plain("BIGINT"),
        "smallint" | "int2" => plain("SMALLINT"),
        "serial" | "serial4" => serial("INTEGER"),
        "bigserial" | "serial8" => serial("BIGINT"),
        "smallserial" | "serial2" => serial("SMALLINT"),
        "text" => plain("TEXT"),
        "boolean" | "bool" => plain("BOOLEAN"),
        "date" => plain("DATE"),
        "uuid" => plain("UUID"),
        "json" => plain("JSON"),
        "jsonb" => plain("JSONB"),
        "bytea" => plain("BYTEA"),
        "real" | "float4" => plain("REAL"),
        "float8" => plain("DOUBLE PRECISION"),
        "double" => {
            cursor.word("PRECISION")?;
            plain("DOUBLE PRECISION")
        }
        "float" => match cursor.numbers()?.as_slice() {
            [] => plain("DOUBLE PRECISION"),
            _ => None,
        },
        "varchar" => text(cursor, "VARCHAR", None),
        "char" | "character" => match cursor.take("VARYING") {
            true => text(cursor, "VARCHAR", None),
            false => text(cursor, "CHAR", Some(1)),
        },
        "numeric" | "decimal" | "dec" => {
            let mut numbers = cursor.numbers()?;
            match numbers.as_slice() {
                [] | [_, _] => {}
                [_] => numbers.push(0),
                _ => return None,
            }
            Some((with_numbers("NUMERIC", &numbers), false))
        }
        "timestamp" => moment(cursor, "TIMESTAMP"),
        "time" => moment(cursor, "TIME"),
        "timestamptz" => with_zone(cursor, "TIMESTAMP", true),
        "timetz" => with_zone(cursor, "TIME", true),
        _ => None,
    }
}

fn with_numbers(name: &str, numbers: &[i64]) -> DataType {
    DataType::Named(NamedType::new(name).with_numbers(numbers))
}

fn text(cursor: &mut Cursor<'_>, name: &str, usual: Option<i64>) -> Option<(DataType, bool)> {
    let mut numbers = cursor.numbers()?;
    if numbers.is_empty() {
        numbers.extend(usual);
    }
    (numbers.len() < 2).then(|| (with_numbers(name, &numbers), false))
}

/// A time or timestamp, with its precision and what is said about its zone behind it.
fn moment(cursor: &mut Cursor<'_>, name: &str) -> Option<(DataType, bool)> {
    let numbers = cursor.numbers()?;
    let zone = cursor.take("WITH");
    if zone || cursor.take("WITHOUT") {
        cursor.word("TIME")?;
        cursor.word("ZONE")?;
    }
    moment_of(name, &numbers, zone)
}

fn with_zone(cursor: &mut Cursor<'_>, name: &str, zone: bool) -> Option<(DataType, bool)> {
    let numbers = cursor.numbers()?;
    moment_of(name, &numbers, zone)
}

fn moment_of(name: &str, numbers: &[i64], time_zone: bool) -> Option<(DataType, bool)> {
    let named = NamedType::new(name).with_numbers(numbers);
    let named = NamedType { time_zone, ..named };
    (numbers.len() < 2).then_some((DataType::Named(named), false))
}
