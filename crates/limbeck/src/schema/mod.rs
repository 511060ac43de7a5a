//! What a database contains, as plain data. Must not build SQL text, do I/O or know which database it is.
//!
//! Every inspected database and every wanted schema ends in [`Database`]; operations carry the same nouns, so that
//! what is dropped can be kept for the way back.

mod check;
mod column;
mod constraint;
mod data_type;
mod database;
mod enum_type;
mod extension;
mod flag;
mod foreign_key;
mod grant;
mod identifier;
mod index;
mod model;
mod naming;
mod policy;
mod routine;
mod sequence;
mod table;
mod table_options;
mod trigger;
mod value;
mod view;

pub use check::{Check, Condition};
pub use column::{Column, ColumnDefault, Computed, Identity};
pub use constraint::{
    Constraint, ConstraintKind, Deferral, Exclude, ExcludeElement, PrimaryKey, Unique,
};
pub use data_type::{ArrayType, DataType, NamedType, TypeArgument};
pub use database::{Database, Schema};
pub use enum_type::{Domain, EnumType};
pub use extension::Extension;
pub use foreign_key::ForeignKey;
pub(crate) use grant::SinglePrivilege;
pub use grant::{Grant, GrantTarget, Grantee, Grants, Owned};
pub use identifier::{Identifier, QualifiedName};
pub use index::{Index, IndexElement, IndexKey, NullsOrder, SortOrder};
pub use model::{ModelOption, ModelType};
pub use naming::{ConventionError, NamingConvention, NamingKey};
pub use policy::{Policy, PolicyCommand};
pub use routine::{Routine, RoutineKind};
pub use sequence::{Sequence, SequenceOptions};
pub use table::Table;
pub use table_options::{MysqlOption, PostgresqlTable, SqliteTable, TableOptions};
pub use trigger::Trigger;
pub use value::Value;
pub use view::{MaterializedView, View};

#[cfg(test)]
mod tests;
