//! Everything that one database holds.

use serde::{Deserialize, Serialize};

use super::{
    Domain, EnumType, Extension, Grants, Identifier, MaterializedView, Policy, Routine, Sequence,
    Table, Trigger, View,
};

/// A namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// Its name.
    pub name: Identifier,
    /// The role that owns it (PostgreSQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Identifier>,
}

/// What a database contains, or is wanted to contain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Database {
    /// Namespaces other than the default one.
    pub schemas: Vec<Schema>,
    /// Extensions.
    pub extensions: Vec<Extension>,
    /// Enum types.
    pub enums: Vec<EnumType>,
    /// Domains.
    pub domains: Vec<Domain>,
    /// Sequences that no column owns.
    pub sequences: Vec<Sequence>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Views.
    pub views: Vec<View>,
    /// Materialized views.
    pub materialized_views: Vec<MaterializedView>,
    /// Functions and procedures.
    pub routines: Vec<Routine>,
    /// Triggers.
    pub triggers: Vec<Trigger>,
    /// Row-level-security policies.
    pub policies: Vec<Policy>,
    /// Who may do what; `None` where nobody has said or asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grants: Option<Grants>,
}
