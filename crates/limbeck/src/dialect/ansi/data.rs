//! Rows and their values.

use super::{Grammar, name::list};
use crate::{
    dialect::{DdlError, Statement, Values},
    operation::BulkInsert,
    schema::Value,
};

/// One `INSERT` per row.
pub(super) fn bulk_insert(
    grammar: &dyn Grammar,
    insert: &BulkInsert,
    values: Values,
) -> Result<Vec<Statement>, DdlError> {
    let head = format!(
        "INSERT INTO {} ({}) VALUES",
        grammar.qualified(&insert.table),
        list(grammar, &insert.columns)
    );
    let places: Vec<String> = (1..=insert.columns.len())
        .map(|position| grammar.placeholder(position))
        .collect();
    let bound = format!("{head} ({})", places.join(", "));
    let mut statements = Vec::with_capacity(insert.rows.len());
    for row in &insert.rows {
        if row.len() != insert.columns.len() {
            return Err(DdlError::Contradiction {
                subject: format!("insert into {}", insert.table),
                reason: format!(
                    "a row has {} values for {} columns",
                    row.len(),
                    insert.columns.len()
                ),
            });
        }
        statements.push(match values {
            Values::Bound => Statement::new(bound.as_str()).with_parameters(row.clone()),
            Values::Literal => {
                let literals: Vec<String> = row
                    .iter()
                    .map(|value| grammar.literal(value))
                    .collect::<Result<_, _>>()?;
                Statement::new(format!("{head} ({})", literals.join(", ")))
            }
        });
    }
    Ok(statements)
}

/// A value as a literal, except bytes, which every database writes its own way.
pub(in crate::dialect) fn literal(
    grammar: &dyn Grammar,
    value: &Value,
    bytes: impl FnOnce(&str) -> String,
) -> Result<String, DdlError> {
    Ok(match value {
        Value::Null => "NULL".to_owned(),
        Value::Boolean(flag) if grammar.capabilities().boolean_literals => flag.to_string(),
        Value::Boolean(flag) => u8::from(*flag).to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Unsigned(number) => number.to_string(),
        Value::Float(number) if number.is_finite() => format!("{number:?}"),
        Value::Decimal(text) => text.clone(),
        Value::Text(text)
        | Value::Date(text)
        | Value::Time(text)
        | Value::Timestamp(text)
        | Value::Uuid(text)
        | Value::Json(text) => grammar.quoting().text(text),
        Value::Bytes(content) => {
            let digits: String = content.iter().map(|byte| format!("{byte:02x}")).collect();
            bytes(&digits)
        }
        other => {
            return Err(DdlError::Literal {
                dialect: grammar.name(),
                value: format!("{other:?}"),
            });
        }
    })
}
