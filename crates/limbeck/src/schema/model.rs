//! What a model's own language says, kept as that language writes it.
//!
//! A model may use types and options of its own, which no database of Limbeck's understands by name. A revision that is
//! written from the model has to repeat them word for word; everything else looks through them.

use serde::{Deserialize, Serialize};

use super::DataType;

/// A type as the model's language writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelType {
    /// The module that defines its class, such as `sqlalchemy.sql.sqltypes` or `shop.types`.
    pub module: String,
    /// The expression that makes it, without the module: `Money(currency='EUR')`.
    pub expression: String,
    /// What it is in the database.
    pub data_type: Box<DataType>,
}

impl ModelType {
    /// The type `expression` of `module`, stored as `data_type`.
    pub fn new(
        module: impl Into<String>,
        expression: impl Into<String>,
        data_type: DataType,
    ) -> Self {
        ModelType {
            module: module.into(),
            expression: expression.into(),
            data_type: Box::new(data_type),
        }
    }
}

/// An option that the model states and Limbeck has no field for, such as one for a database it does not speak. One with
/// the name of an option that has a field stands in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelOption {
    /// Its name: `oracle_compress`.
    pub name: String,
    /// Its value, as the model's language writes it: `'x'` with the quotes, `True`.
    pub value: String,
}
