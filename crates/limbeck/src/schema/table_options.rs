//! What a table can say about itself on one database only.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Identifier, QualifiedName};

/// Options by database; a dialect reads its own and leaves the others alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableOptions {
    /// SQLite's.
    #[serde(default, skip_serializing_if = "SqliteTable::is_default")]
    pub sqlite: SqliteTable,
    /// PostgreSQL's.
    #[serde(default, skip_serializing_if = "PostgresqlTable::is_default")]
    pub postgresql: PostgresqlTable,
    /// MySQL's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mysql: Vec<MysqlOption>,
    /// MariaDB's; MySQL's do not count there, as in SQLAlchemy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mariadb: Vec<MysqlOption>,
}

impl TableOptions {
    /// Whether nothing is said.
    pub fn is_default(&self) -> bool {
        *self == TableOptions::default()
    }
}

/// SQLite table options.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SqliteTable {
    /// `STRICT`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strict: bool,
    /// `WITHOUT ROWID`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_rowid: bool,
    /// `AUTOINCREMENT` on the integer primary key: ids are never used again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub autoincrement: bool,
    /// The module of a virtual table with its arguments, such as `fts5(title, body)`. Its columns are the module's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
}

impl SqliteTable {
    /// Whether nothing is said.
    pub fn is_default(&self) -> bool {
        *self == SqliteTable::default()
    }
}

/// PostgreSQL table options.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostgresqlTable {
    /// `INHERITS`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inherits: Vec<QualifiedName>,
    /// `PARTITION BY`, such as `RANGE (id)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_by: Option<String>,
    /// The table this one is a partition of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_of: Option<QualifiedName>,
    /// The rows of the partition: `FOR VALUES …` or `DEFAULT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_bound: Option<String>,
    /// Access method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub using: Option<String>,
    /// `WITH OIDS` or `WITHOUT OIDS` (before version 12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_oids: Option<bool>,
    /// Storage parameters (`WITH`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// `ON COMMIT` of a temporary table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_commit: Option<String>,
    /// Tablespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablespace: Option<Identifier>,
    /// Whether the table's policies are asked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub row_security: bool,
    /// Whether they are asked for the table's owner, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub force_row_security: bool,
}

impl PostgresqlTable {
    /// Whether nothing is said.
    pub fn is_default(&self) -> bool {
        *self == PostgresqlTable::default()
    }
}

/// One MySQL or MariaDB table option. A list, because their order is the script's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MysqlOption {
    /// The name in upper case with underscores: `ENGINE`, `DEFAULT_CHARSET`, `PARTITION_BY`.
    pub name: String,
    /// The value as text.
    pub value: String,
}
