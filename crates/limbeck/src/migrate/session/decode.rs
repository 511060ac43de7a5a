//! Rows of the three drivers as [`Value`]s. Nothing is rounded: exact numbers and times stay text.
//!
//! PostgreSQL and MySQL answer in their text protocol, so any type the driver has never heard of is still readable.

use sqlx::{
    Column, MySql, Row as _, Type, TypeInfo, ValueRef,
    mysql::MySqlRow,
    postgres::{PgRow, PgValueFormat},
    sqlite::SqliteRow,
};

use crate::{dialect::Row, schema::Value};

/// Decodes by the value's own storage class: a SQLite column may hold anything.
pub(super) fn sqlite(row: &SqliteRow) -> Result<Row, sqlx::Error> {
    (0..row.len())
        .map(|index| {
            let raw = row.try_get_raw(index)?;
            if raw.is_null() {
                return Ok(Value::Null);
            }
            Ok(match raw.type_info().name() {
                "INTEGER" | "BOOLEAN" => Value::Integer(row.try_get_unchecked(index)?),
                "REAL" => Value::Float(row.try_get_unchecked(index)?),
                "BLOB" => Value::Bytes(row.try_get_unchecked(index)?),
                _ => match row.try_get_unchecked(index) {
                    Ok(text) => Value::Text(text),
                    // Text that is not UTF-8: SQLite stores it without complaint.
                    Err(_) => Value::Bytes(row.try_get_unchecked(index)?),
                },
            })
        })
        .collect()
}

/// Decodes the text protocol by the column's type.
pub(super) fn postgres(row: &PgRow) -> Result<Row, sqlx::Error> {
    row.columns()
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let raw = row.try_get_raw(index)?;
            if raw.is_null() {
                return Ok(Value::Null);
            }
            if raw.format() == PgValueFormat::Binary {
                return Err(sqlx::Error::Protocol(format!(
                    "column '{}' came in binary form although the text protocol was used",
                    column.name()
                )));
            }
            let text = raw
                .as_str()
                .map_err(|source| decode_error(column.name(), source))?;
            Ok(postgres_text(column.type_info().name(), text))
        })
        .collect()
}

fn postgres_text(type_name: &str, text: &str) -> Value {
    let owned = || text.to_owned();
    match type_name {
        "BOOL" => Value::Boolean(text == "t"),
        "INT2" | "INT4" | "INT8" | "OID" => text
            .parse()
            .map_or_else(|_| Value::Text(owned()), Value::Integer),
        "FLOAT4" | "FLOAT8" => text
            .parse()
            .map_or_else(|_| Value::Text(owned()), Value::Float),
        "NUMERIC" => Value::Decimal(owned()),
        "BYTEA" => bytea(text).map_or_else(|| Value::Text(owned()), Value::Bytes),
        "DATE" => Value::Date(owned()),
        "TIME" | "TIMETZ" => Value::Time(owned()),
        "TIMESTAMP" | "TIMESTAMPTZ" => Value::Timestamp(owned()),
        "UUID" => Value::Uuid(owned()),
        "JSON" | "JSONB" => Value::Json(owned()),
        _ => Value::Text(owned()),
    }
}

/// The `\x…` form of `bytea`, PostgreSQL's default since 9.0.
fn bytea(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x")?.as_bytes();
    digits
        .chunks(2)
        .map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        })
        .collect()
}

/// Decodes the text protocol by the column's type.
pub(super) fn mysql(row: &MySqlRow) -> Result<Row, sqlx::Error> {
    row.columns()
        .iter()
        .enumerate()
        .map(|(index, column)| {
            if row.try_get_raw(index)?.is_null() {
                return Ok(Value::Null);
            }
            let Ok(text) = row.try_get_unchecked::<String, _>(index) else {
                return Ok(Value::Bytes(row.try_get_unchecked(index)?));
            };
            // The driver names a type after a flag that a `_bin` collation sets too.
            let is_text = <str as Type<MySql>>::compatible(column.type_info());
            Ok(match mysql_text(column.type_info().name(), text) {
                Value::Bytes(bytes) if is_text => match String::from_utf8(bytes) {
                    Ok(text) => Value::Text(text),
                    Err(error) => Value::Bytes(error.into_bytes()),
                },
                value => value,
            })
        })
        .collect()
}

fn mysql_text(type_name: &str, text: String) -> Value {
    match type_name {
        "BOOLEAN" | "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "BIGINT" | "YEAR"
        | "TINYINT UNSIGNED" | "SMALLINT UNSIGNED" | "MEDIUMINT UNSIGNED" | "INT UNSIGNED"
        | "BIGINT UNSIGNED" => match (text.parse(), text.parse()) {
            (Ok(signed), _) => Value::Integer(signed),
            (_, Ok(unsigned)) => Value::Unsigned(unsigned),
            _ => Value::Text(text),
        },
        "FLOAT" | "DOUBLE" => text.parse().map_or(Value::Text(text), Value::Float),
        "DECIMAL" => Value::Decimal(text),
        "DATE" => Value::Date(text),
        "TIME" => Value::Time(text),
        "DATETIME" | "TIMESTAMP" => Value::Timestamp(text),
        "JSON" => Value::Json(text),
        "BIT" | "BINARY" | "VARBINARY" | "TINYBLOB" | "BLOB" | "MEDIUMBLOB" | "LONGBLOB"
        | "GEOMETRY" => Value::Bytes(text.into_bytes()),
        _ => Value::Text(text),
    }
}

fn decode_error(column: &str, source: sqlx::error::BoxDynError) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source,
    }
}
