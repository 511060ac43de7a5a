//! What env.py's functions say of a comparison: `include_name`, `include_object`, `compare_type`, `compare_server_default`.

use limbeck::schema::{Identifier, QualifiedName};
use serde::Deserialize;

/// All that they say.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Judgement {
    /// What is left out of the database.
    pub actual: LeftOut,
    /// What is left out of the models.
    pub declared: LeftOut,
    /// What is said of columns.
    #[serde(default)]
    pub verdicts: Vec<Verdict>,
}

/// Places of what is left out: positions in the lists of a schema.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LeftOut {
    /// Tables.
    pub tables: Vec<usize>,
    /// Columns, each after its table.
    pub columns: Vec<(usize, usize)>,
    /// Constraints, each after its table.
    pub constraints: Vec<(usize, usize)>,
    /// Indexes, each after its table.
    pub indexes: Vec<(usize, usize)>,
}

/// What is said of a column that is on both sides: that it differs, or that it does not; nothing leaves it to the engine.
#[derive(Clone, Debug, Deserialize)]
pub struct Verdict {
    /// Its table.
    pub table: QualifiedName,
    /// Its name.
    pub column: Identifier,
    /// Of its type.
    #[serde(default, rename = "type")]
    pub data_type: Option<bool>,
    /// Of its default.
    #[serde(default)]
    pub default: Option<bool>,
}
