//! What a dialect tells the shared code about its language.

use super::Quoting;
use crate::{
    dialect::{DdlError, Dialect, Statement},
    operation::{AlterColumn, CreateIndex, DropIndex},
    schema::{Column, Constraint, Identifier, PrimaryKey, QualifiedName, Table, TableOptions},
};

/// The table around a column or constraint, as far as the statement shows it.
#[derive(Clone, Copy, Debug)]
pub(in crate::dialect) struct Surroundings<'a> {
    /// The table's name.
    pub(in crate::dialect) table: &'a QualifiedName,
    /// The columns that the statement names.
    pub(in crate::dialect) columns: &'a [Column],
    /// The constraints that the statement names.
    pub(in crate::dialect) constraints: &'a [Constraint],
    /// The table's options.
    pub(in crate::dialect) options: &'a TableOptions,
}

impl<'a> Surroundings<'a> {
    /// A table that is created.
    pub(in crate::dialect) fn of(table: &'a Table) -> Self {
        Surroundings {
            table: &table.name,
            columns: &table.columns,
            constraints: &table.constraints,
            options: &table.options,
        }
    }

    /// The column of this name.
    pub(in crate::dialect) fn column(&self, name: &Identifier) -> Option<&'a Column> {
        self.columns
            .iter()
            .find(|column| column.name.as_str() == name.as_str())
    }

    /// The primary key.
    pub(in crate::dialect) fn primary_key(&self) -> Option<&'a PrimaryKey> {
        self.constraints
            .iter()
            .find_map(|constraint| match constraint {
                Constraint::PrimaryKey(key) => Some(key),
                _ => None,
            })
    }
}

/// The places where the languages differ by more than a value.
pub(in crate::dialect) trait Grammar: Dialect {
    /// Its quotes.
    fn quoting(&self) -> &Quoting;

    /// A column's definition: name, type, default, nullability, in the order this database wants.
    fn column_definition(
        &self,
        column: &Column,
        surroundings: &Surroundings<'_>,
    ) -> Result<String, DdlError>;

    /// What stands after the closing parenthesis of `CREATE TABLE`.
    fn table_suffix(&self, _table: &Table) -> Result<String, DdlError> {
        Ok(String::new())
    }

    /// Whether the primary key is written in its column's definition, so that it is none of the constraints.
    fn primary_key_in_column(&self, _surroundings: &Surroundings<'_>) -> bool {
        false
    }

    /// The table a foreign key refers to; `None` where the database cannot refer to it and leaves the key out.
    fn foreign_table(&self, _table: &QualifiedName, target: &QualifiedName) -> Option<String> {
        Some(self.qualified(target))
    }

    /// The statements that change a column, without the CHECKs of its types.
    fn alter_column(&self, alter: &AlterColumn) -> Result<Vec<Statement>, DdlError>;

    /// `CREATE INDEX`.
    fn create_index(&self, create: &CreateIndex) -> Result<String, DdlError>;

    /// `DROP INDEX`.
    fn drop_index(&self, drop: &DropIndex) -> Result<String, DdlError>;
}
