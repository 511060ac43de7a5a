//! Columns and indexes.

use super::Generic;
use crate::{
    dialect::{
        DdlError, Dialect, Statement,
        ansi::{self, Grammar, Quoting, Surroundings},
    },
    operation::{AlterColumn, CreateIndex, DropIndex},
    schema::Column,
};

impl Grammar for Generic {
    fn quoting(&self) -> &Quoting {
        &self.quoting
    }

    fn column_definition(
        &self,
        column: &Column,
        _surroundings: &Surroundings<'_>,
    ) -> Result<String, DdlError> {
        let mut text = format!(
            "{} {}",
            self.quote(&column.name),
            self.type_text(&column.data_type)?
        );
        if let Some(default) = ansi::default_text(self, column.default.as_ref()) {
            text.push_str(&format!(" DEFAULT {default}"));
        }
        if let Some(computed) = column.computed() {
            text.push_str(&format!(" {}", ansi::computed(computed)));
        }
        if let Some(identity) = column.identity() {
            text.push_str(&format!(" {}", ansi::identity(self, identity)));
        } else if !column.nullable {
            text.push_str(" NOT NULL");
        }
        Ok(text)
    }

    fn alter_column(&self, alter: &AlterColumn) -> Result<Vec<Statement>, DdlError> {
        ansi::alter_column(self, alter)
    }

    fn create_index(&self, create: &CreateIndex) -> Result<String, DdlError> {
        ansi::create_index(self, create)
    }

    fn drop_index(&self, drop: &DropIndex) -> Result<String, DdlError> {
        ansi::drop_index(self, drop)
    }
}
