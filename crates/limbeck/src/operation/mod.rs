//! What a migration does, as plain data. Must not build SQL text, do I/O or know which database it is.
//!
//! A front end makes an [`Operation`], a dialect turns it into statements. Every operation can say its reverse,
//! or why it has none; those that remove something can carry what they remove for that purpose.

mod batches;
mod column;
mod constraint;
mod data;
mod domain;
mod enum_type;
mod extension;
mod given;
mod grant;
mod index;
mod kind;
mod location;
mod namespace;
mod policy;
mod reverse;
mod routine;
mod sequence;
mod table;
mod trigger;
mod view;

pub use batches::Batches;
pub use column::{AddColumn, AlterColumn, ColumnPosition, DropColumn, ExistingColumn};
pub use constraint::{AddConstraint, DropConstraint, RenameConstraint, ValidateConstraint};
pub use data::{BulkInsert, Execute};
pub use domain::{AlterDomain, CreateDomain, DropDomain};
pub use enum_type::{
    AddEnumValue, ChangeEnum, CreateEnum, DropEnum, EnumColumn, EnumValuePosition, RenameEnum,
    RenameEnumValue,
};
pub use extension::{CreateExtension, DropExtension};
pub use given::Given;
pub use grant::{GrantPrivileges, RevokePrivileges};
pub use index::{CreateIndex, DropIndex, RenameIndex};
pub use kind::Operation;
pub use location::SourceLocation;
pub use namespace::{CreateSchema, DropSchema, RenameSchema};
pub use policy::{CreatePolicy, DropPolicy, SetRowSecurity};
pub use reverse::Irreversible;
pub use routine::{CreateRoutine, DropRoutine};
pub use sequence::{AlterSequence, CreateSequence, DropSequence, RenameSequence};
pub use table::{
    CreateTable, DropTable, RenameTable, RestateTable, SetTableComment, SetTableOptions,
};
pub use trigger::{CreateTrigger, DropTrigger};
pub use view::{
    CreateMaterializedView, CreateView, DropMaterializedView, DropView, RefreshMaterializedView,
    RenameView,
};

#[cfg(test)]
mod tests;
