//! Tables, columns and indexes as PostgreSQL writes them.

use super::{Postgres, alter, enums, objects};
use crate::{
    dialect::{
        DdlError, Dialect, Statement, Values,
        ansi::{self, Grammar, Quoting, Surroundings},
    },
    operation::{AlterColumn, CreateIndex, CreateTable, DropIndex, Operation},
    schema::{Column, ColumnDefault, DataType, Table},
};

/// The statements of an operation.
pub(super) fn statements(
    dialect: &Postgres,
    operation: &Operation,
    values: Values,
) -> Result<Vec<Statement>, DdlError> {
    if let Some(statements) = enums::statements(dialect, operation)? {
        return Ok(statements);
    }
    if let Some(statements) = objects::statements(dialect, operation)? {
        return Ok(statements);
    }
    if let Operation::CreateTable(create) = operation
        && create.table.options.postgresql.partition_of.is_some()
    {
        return partition(dialect, create, values);
    }
    let mut statements = ansi::statements(dialect, operation, values)?;
    match operation {
        Operation::CreateTable(create) => {
            let mut all = enums::of_table(dialect, &create.table)?;
            all.append(&mut statements);
            let table = &create.table;
            all.extend(objects::index_comments(
                dialect,
                &table.name,
                &table.indexes,
            )?);
            Ok(all)
        }
        Operation::CreateIndex(create) => {
            let concurrently = create.concurrently;
            let mut statements = isolate(statements, concurrently);
            let index = std::slice::from_ref(&create.index);
            statements.extend(objects::index_comments(dialect, &create.table, index)?);
            Ok(statements)
        }
        Operation::DropIndex(drop) => Ok(isolate(statements, drop.concurrently)),
        _ => Ok(statements),
    }
}

/// A table that is made a partition once it is there: `PARTITION OF` takes no types of columns, and its keys would
/// meet those of the parent.
fn partition(
    dialect: &Postgres,
    create: &CreateTable,
    values: Values,
) -> Result<Vec<Statement>, DdlError> {
    let mut create = create.clone();
    let options = &mut create.table.options.postgresql;
    let parent = options.partition_of.take();
    let bound = options.partition_bound.take();
    let name = create.table.name.clone();
    let mut made = statements(dialect, &create.into(), values)?;
    if let Some(parent) = parent {
        made.push(Statement::new(format!(
            "{} ATTACH PARTITION {} {}",
            ansi::alter_table(dialect, &parent),
            dialect.qualified(&name),
            bound.as_deref().unwrap_or("DEFAULT")
        )));
    }
    Ok(made)
}

/// `CONCURRENTLY` is refused inside a transaction.
fn isolate(statements: Vec<Statement>, concurrently: bool) -> Vec<Statement> {
    if !concurrently {
        return statements;
    }
    statements.into_iter().map(Statement::autocommit).collect()
}

impl Grammar for Postgres {
    fn quoting(&self) -> &Quoting {
        &self.quoting
    }

    fn column_definition(
        &self,
        column: &Column,
        surroundings: &Surroundings<'_>,
    ) -> Result<String, DdlError> {
        let mut text = self.quote(&column.name);
        let identity = column.identity();
        let numbered = ansi::autoincrement_column(surroundings)?
            .is_some_and(|numbered| numbered.name.as_str() == column.name.as_str())
            || is_serial(column);
        if numbered && identity.is_none() {
            let own = column.data_type.for_dialect(self.name().as_str());
            text.push_str(&format!(" {}", serial(own)));
        } else {
            text.push_str(&format!(" {}", self.type_text(&column.data_type)?));
            if let Some(default) = ansi::default_text(self, column.default.as_ref()) {
                text.push_str(&format!(" DEFAULT {default}"));
            }
        }
        if let Some(computed) = column.computed() {
            if computed.persisted == Some(false) {
                if !self.capabilities.virtual_columns {
                    return Err(DdlError::Unsupported {
                        dialect: self.name(),
                        subject: format!("column {}.{}", surroundings.table, column.name),
                        feature: "virtual computed columns before version 18",
                        advice: "have the value stored (persisted=True)",
                    });
                }
                text.push_str(&format!(" {}", ansi::computed(computed)));
            } else {
                text.push_str(&format!(
                    " GENERATED ALWAYS AS ({}) STORED",
                    computed.expression
                ));
            }
        }
        if let Some(identity) = identity {
            text.push_str(&format!(" {}", ansi::identity(self, identity)));
        }
        match (column.nullable, identity.is_some()) {
            (false, false) => text.push_str(" NOT NULL"),
            (true, true) => text.push_str(" NULL"),
            _ => {}
        }
        Ok(text)
    }

    fn table_suffix(&self, table: &Table) -> Result<String, DdlError> {
        let options = &table.options.postgresql;
        let mut text = String::new();
        if !options.inherits.is_empty() {
            let parents: Vec<String> = options
                .inherits
                .iter()
                .map(|parent| self.qualified(parent))
                .collect();
            text.push_str(&format!(" INHERITS ({})", parents.join(", ")));
        }
        if let Some(by) = &options.partition_by {
            text.push_str(&format!(" PARTITION BY {by}"));
        }
        if let Some(method) = &options.using {
            text.push_str(&format!(" USING {method}"));
        }
        if !options.parameters.is_empty() {
            text.push_str(&format!(
                " WITH ({})",
                objects::parameters(&options.parameters)
            ));
        }
        match options.with_oids {
            Some(true) => text.push_str(" WITH OIDS"),
            Some(false) => text.push_str(" WITHOUT OIDS"),
            None => {}
        }
        if let Some(action) = &options.on_commit {
            let action = action.replace('_', " ").to_uppercase();
            text.push_str(&format!(
                " ON COMMIT {}",
                ansi::phrase(&action, "ON COMMIT")?
            ));
        }
        if let Some(tablespace) = &options.tablespace {
            text.push_str(&format!(" TABLESPACE {}", self.quote(tablespace)));
        }
        Ok(text)
    }

    fn alter_column(&self, alter: &AlterColumn) -> Result<Vec<Statement>, DdlError> {
        alter::alter_column(self, alter)
    }

    fn create_index(&self, create: &CreateIndex) -> Result<String, DdlError> {
        let index = &create.index;
        let head = ansi::IndexHead {
            manner: if create.concurrently {
                "CONCURRENTLY "
            } else {
                ""
            },
            ..ansi::IndexHead::default()
        };
        let mut text = format!(
            "{} ON {} ",
            ansi::create_index_head(self, create, &head)?,
            self.qualified(&create.table)
        );
        if let Some(using) = &index.using {
            let using = ansi::phrase(using, "USING")?.to_lowercase();
            text.push_str(&format!("USING {using} "));
        }
        let elements = ansi::index_elements(self, &index.elements);
        text.push_str(&format!("({})", elements.join(", ")));
        if !index.include.is_empty() && self.capabilities.include {
            text.push_str(&format!(" INCLUDE ({})", ansi::list(self, &index.include)));
        }
        if let Some(words) = ansi::index_nulls_distinct(self, create)? {
            text.push_str(&format!(" {words}"));
        }
        if !index.parameters.is_empty() {
            text.push_str(&format!(
                " WITH ({})",
                objects::parameters(&index.parameters)
            ));
        }
        if let Some(tablespace) = &index.tablespace {
            text.push_str(&format!(" TABLESPACE {}", self.quote(tablespace)));
        }
        if let Some(predicate) = &index.predicate {
            text.push_str(&format!(" WHERE {predicate}"));
        }
        Ok(text)
    }

    fn drop_index(&self, drop: &DropIndex) -> Result<String, DdlError> {
        Ok(format!(
            "DROP INDEX {}{}{}",
            if drop.concurrently {
                "CONCURRENTLY "
            } else {
                ""
            },
            ansi::if_exists(self, drop)?,
            ansi::qualified_index(self, &drop.index)?
        ))
    }
}

/// Whether a column, in the primary key or not, was read from a database in which it has a sequence of its own.
fn is_serial(column: &Column) -> bool {
    column.autoincrement == Some(true)
        && matches!(&column.default, Some(ColumnDefault::Expression(text)) if text.starts_with("nextval("))
}

/// The type that stands for an integer with a sequence of its own.
fn serial(data_type: &DataType) -> &'static str {
    let named = match data_type {
        DataType::Named(named) => named.name.as_str(),
        _ => "",
    };
    match (data_type, named) {
        (DataType::BigInteger, _) | (_, "BIGINT") => "BIGSERIAL",
        (DataType::SmallInteger, _) | (_, "SMALLINT") => "SMALLSERIAL",
        _ => "SERIAL",
    }
}
