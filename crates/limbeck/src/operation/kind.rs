//! The one type of everything a migration does.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::reverse::Describe;
use super::*;
use crate::schema::QualifiedName;

/// Lists the operations once; the enum, the conversions and the way to what they share follow.
macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// One thing that a migration does.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "operation", rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Operation {
            $($(#[$doc])* $name(Box<$name>),)+
        }

        $(impl From<$name> for Operation {
            fn from(operation: $name) -> Self {
                Operation::$name(Box::new(operation))
            }
        })+

        impl Operation {
            fn describe(&self) -> &dyn Describe {
                match self {
                    $(Operation::$name(operation) => operation.as_ref(),)+
                }
            }
        }
    };
}

operations! {
    /// Creates a table with its indexes and comments, and the enum types its columns bring along.
    CreateTable,
    /// Drops a table.
    DropTable,
    /// Gives a table another name in its schema.
    RenameTable,
    /// Sets or removes a table's comment.
    SetTableComment,
    /// Changes what only some databases know about a table (engine, character set, storage parameters, STRICT …).
    SetTableOptions,
    /// Writes a table's stored definition anew.
    RestateTable,
    /// Adds a column.
    AddColumn,
    /// Drops a column.
    DropColumn,
    /// Changes a column.
    AlterColumn,
    /// Adds a constraint to a table.
    AddConstraint,
    /// Drops a constraint.
    DropConstraint,
    /// Gives a constraint another name.
    RenameConstraint,
    /// Tests the rows of a constraint that was added without (PostgreSQL).
    ValidateConstraint,
    /// Creates an index.
    CreateIndex,
    /// Drops an index.
    DropIndex,
    /// Gives an index another name.
    RenameIndex,
    /// Inserts rows.
    BulkInsert,
    /// Runs a statement as it stands.
    Execute,
    /// Creates an enum type.
    CreateEnum,
    /// Drops an enum type.
    DropEnum,
    /// Gives an enum type another name.
    RenameEnum,
    /// Adds a value to an enum type, in place.
    AddEnumValue,
    /// Gives a value of an enum type another text, in place.
    RenameEnumValue,
    /// Replaces an enum type by one with other values: what the database cannot do in place is done by a new type to
    ChangeEnum,
    /// Creates a domain.
    CreateDomain,
    /// Changes a domain's default, conditions, or whether it takes NULL.
    AlterDomain,
    /// Drops a domain.
    DropDomain,
    /// Creates a schema (on MySQL: a database).
    CreateSchema,
    /// Drops a schema.
    DropSchema,
    /// Gives a schema another name (PostgreSQL).
    RenameSchema,
    /// Creates a sequence.
    CreateSequence,
    /// Changes how a sequence counts.
    AlterSequence,
    /// Drops a sequence.
    DropSequence,
    /// Gives a sequence another name.
    RenameSequence,
    /// Creates a view.
    CreateView,
    /// Drops a view.
    DropView,
    /// Gives a view another name.
    RenameView,
    /// Creates a materialized view with its indexes.
    CreateMaterializedView,
    /// Drops a materialized view.
    DropMaterializedView,
    /// Computes the rows of a materialized view anew.
    RefreshMaterializedView,
    /// Creates a function or procedure by its full text.
    CreateRoutine,
    /// Drops a function or procedure.
    DropRoutine,
    /// Creates a trigger by its full text.
    CreateTrigger,
    /// Drops a trigger.
    DropTrigger,
    /// Installs an extension.
    CreateExtension,
    /// Removes an extension.
    DropExtension,
    /// Creates a policy.
    CreatePolicy,
    /// Drops a policy.
    DropPolicy,
    /// Switches a table's row-level security.
    SetRowSecurity,
    /// Gives privileges.
    GrantPrivileges,
    /// Takes privileges away.
    RevokePrivileges,
}

impl Operation {
    /// The operation that undoes this one.
    ///
    /// # Errors
    /// [`Irreversible`] with the reason, when there is none or it is not known.
    pub fn reverse(&self) -> Result<Operation, Irreversible> {
        self.describe().reverse()
    }

    /// The table that the operation changes; `None` where it changes none, or any (SQL of the script's own).
    pub fn table(&self) -> Option<&QualifiedName> {
        self.describe().table()
    }

    /// SQL of the script's own.
    pub fn execute(sql: impl Into<String>) -> Self {
        Execute::new(sql).into()
    }
}

impl fmt::Display for Operation {
    /// The operation in one line.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe().fmt(formatter)
    }
}
