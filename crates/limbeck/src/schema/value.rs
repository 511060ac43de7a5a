//! A value as it crosses between a script, a statement and a row.

use serde::{Deserialize, Serialize};

/// One value of a row or a bound parameter.
///
/// Numbers and times that a 64-bit number cannot hold exactly travel as the text the database prints or
/// accepts, so that nothing is rounded on the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Value {
    /// SQL NULL.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A signed integer of up to 64 bits.
    Integer(i64),
    /// An unsigned integer above `i64::MAX` (MySQL `BIGINT UNSIGNED`).
    Unsigned(u64),
    /// A binary floating point number.
    Float(f64),
    /// An exact number, as text.
    Decimal(String),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// `YYYY-MM-DD`.
    Date(String),
    /// `HH:MM:SS[.ffffff]`.
    Time(String),
    /// `YYYY-MM-DD HH:MM:SS[.ffffff][+HH:MM]`.
    Timestamp(String),
    /// A UUID in its hyphenated form.
    Uuid(String),
    /// A JSON document, as text.
    Json(String),
}

impl Value {
    /// The text of a textual value; `None` for anything else, NULL included.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Decimal(text) | Value::Json(text) | Value::Uuid(text) => {
                Some(text)
            }
            Value::Date(text) | Value::Time(text) | Value::Timestamp(text) => Some(text),
            _ => None,
        }
    }

    /// The integer; booleans count as 0 and 1, because SQLite and MySQL have no other boolean.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Value::Integer(number) => Some(*number),
            Value::Unsigned(number) => i64::try_from(*number).ok(),
            Value::Boolean(flag) => Some(i64::from(*flag)),
            _ => None,
        }
    }

    /// Whether this is SQL NULL.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}
