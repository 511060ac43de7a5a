//! Catalogue queries and the cells of their rows.

use serde::de::DeserializeOwned;

use super::InspectError;
use crate::{
    dialect::{Query, Row},
    schema::Value,
};

/// Runs a catalogue query.
pub(in crate::dialect) async fn read(
    query: &mut dyn Query,
    what: &'static str,
    sql: &str,
    parameters: &[Value],
) -> Result<Vec<Row>, InspectError> {
    query
        .query(sql, parameters)
        .await
        .map_err(|source| InspectError::Refused {
            what,
            statement: sql.to_owned(),
            source,
        })
}

/// The cells of a row, taken in the order of the select list. A missing cell counts as NULL.
pub(in crate::dialect) struct Cells(std::vec::IntoIter<Value>);

impl From<Row> for Cells {
    fn from(row: Row) -> Self {
        Cells(row.into_iter())
    }
}

impl Cells {
    /// The next cell as text; `None` for NULL.
    pub(in crate::dialect) fn maybe(&mut self) -> Option<String> {
        match self.0.next()? {
            Value::Text(text)
            | Value::Decimal(text)
            | Value::Json(text)
            | Value::Date(text)
            | Value::Time(text)
            | Value::Timestamp(text) => Some(text),
            Value::Integer(number) => Some(number.to_string()),
            Value::Unsigned(number) => Some(number.to_string()),
            Value::Float(number) => Some(number.to_string()),
            Value::Bytes(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            _ => None,
        }
    }

    /// The next cell as text; empty for NULL.
    pub(in crate::dialect) fn text(&mut self) -> String {
        self.maybe().unwrap_or_default()
    }

    /// The next cell as a number; `None` for NULL.
    pub(in crate::dialect) fn number(&mut self) -> Option<i64> {
        let value = self.0.next()?;
        value
            .as_integer()
            .or_else(|| value.as_text().and_then(|text| text.parse().ok()))
    }

    /// The next cell as a truth value; NULL is false.
    pub(in crate::dialect) fn flag(&mut self) -> bool {
        match self.0.next() {
            Some(Value::Text(text)) => matches!(text.as_str(), "t" | "true" | "YES" | "1"),
            Some(value) => value.as_integer().is_some_and(|number| number != 0),
            None => false,
        }
    }

    /// The next cell, which is JSON; the default for NULL.
    pub(in crate::dialect) fn json<T: DeserializeOwned + Default>(&mut self) -> T {
        self.maybe()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }
}
