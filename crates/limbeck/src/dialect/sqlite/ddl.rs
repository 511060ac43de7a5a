//! Tables, columns and indexes as SQLite writes them.

use super::Sqlite;
use crate::{
    dialect::{
        AlterForm, DdlError, Dialect, Statement, Values,
        ansi::{self, Grammar, Quoting, Surroundings},
    },
    operation::{
        AddColumn, AlterColumn, CreateIndex, CreateTable, DropIndex, Operation, RenameIndex,
    },
    schema::{Check, Column, ColumnDefault, Constraint, QualifiedName, Table},
};

/// The statements of an operation.
pub(super) fn statements(
    dialect: &Sqlite,
    operation: &Operation,
    values: Values,
) -> Result<Vec<Statement>, DdlError> {
    match operation {
        // Whoever has the file may do everything with it.
        Operation::GrantPrivileges(_) | Operation::RevokePrivileges(_) => Ok(Vec::new()),
        Operation::AddColumn(add) => {
            if add_needs_rebuild(dialect, add) {
                return Err(DdlError::NeedsRebuild {
                    dialect: dialect.name(),
                    subject: operation.to_string(),
                    table: add.table.clone(),
                });
            }
            let add = AddColumn {
                constraints: add
                    .constraints
                    .iter()
                    .filter(|constraint| !stands_for_type(constraint))
                    .cloned()
                    .collect(),
                ..add.as_ref().clone()
            };
            ansi::statements(dialect, &add.into(), values)
        }
        Operation::CreateTable(create) if create.table.options.sqlite.module.is_some() => {
            create_virtual_table(dialect, create)
        }
        Operation::SetTableOptions(set) if !set.options.sqlite.is_default() => {
            Err(DdlError::NeedsRebuild {
                dialect: dialect.name(),
                subject: operation.to_string(),
                table: set.table.clone(),
            })
        }
        Operation::RenameIndex(rename) => rename_index(dialect, operation, rename, values),
        other => ansi::statements(dialect, other, values),
    }
}

/// `CREATE VIRTUAL TABLE`; the module makes the columns.
fn create_virtual_table(
    dialect: &Sqlite,
    create: &CreateTable,
) -> Result<Vec<Statement>, DdlError> {
    let module = create.table.options.sqlite.module.as_deref();
    Ok(vec![Statement::new(format!(
        "CREATE VIRTUAL TABLE {}{} USING {}",
        if create.if_not_exists {
            "IF NOT EXISTS "
        } else {
            ""
        },
        dialect.qualified(&create.table.name),
        module.unwrap_or_default()
    ))])
}

/// SQLite has no statement for it: the index is dropped and made again.
fn rename_index(
    dialect: &Sqlite,
    operation: &Operation,
    rename: &RenameIndex,
    values: Values,
) -> Result<Vec<Statement>, DdlError> {
    let (Some(table), Some(definition)) = (&rename.table, &rename.definition) else {
        return Err(DdlError::Missing {
            dialect: dialect.name(),
            subject: operation.to_string(),
            what: "the table and definition of the index",
            advice: "give them, or drop the index and create it",
        });
    };
    let drop = DropIndex {
        index: rename.index.clone(),
        table: Some(table.clone()),
        if_exists: false,
        concurrently: false,
        original: None,
    };
    let mut index = definition.clone();
    index.name = Some(rename.new_name.clone());
    let create = CreateIndex {
        table: table.clone(),
        index,
        if_not_exists: false,
        concurrently: false,
    };
    let mut statements = ansi::statements(dialect, &drop.into(), values)?;
    statements.extend(ansi::statements(dialect, &create.into(), values)?);
    Ok(statements)
}

/// Whether `ADD COLUMN` refuses the column (<https://sqlite.org/lang_altertable.html>), or would leave out what comes
/// with it. A CHECK for its type is left out, as Alembic does.
fn add_needs_rebuild(dialect: &Sqlite, add: &AddColumn) -> bool {
    let beside = add.constraints.iter().any(|constraint| {
        let inline = add.inline_references && matches!(constraint, Constraint::ForeignKey(_));
        !is_primary_key(constraint) && !stands_for_type(constraint) && !inline
    });
    let keyed = add.inline_primary_key && add.constraints.iter().any(is_primary_key);
    let refused = match &add.column.default {
        Some(ColumnDefault::Expression(text)) => !is_constant(text),
        Some(ColumnDefault::Computed(computed)) => computed.persisted == Some(true),
        _ => false,
    };
    let plain = dialect.capabilities().alter == AlterForm::Clauses;
    beside || (!plain && (keyed || refused || add.position.is_some()))
}

fn stands_for_type(constraint: &Constraint) -> bool {
    matches!(constraint, Constraint::Check(Check { of_type: true, .. }))
}

fn is_primary_key(constraint: &Constraint) -> bool {
    matches!(constraint, Constraint::PrimaryKey(_))
}

/// Whether a default is a literal: only those are taken when rows exist.
fn is_constant(default: &str) -> bool {
    let text = default.trim();
    let words = ["CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"];
    let changing = words.iter().any(|word| text.eq_ignore_ascii_case(word));
    let number = text.parse::<f64>().is_ok();
    !changing && !text.starts_with('(') && (number || !ansi::needs_parentheses(text))
}

impl Grammar for Sqlite {
    fn quoting(&self) -> &Quoting {
        &self.quoting
    }

    fn column_definition(
        &self,
        column: &Column,
        surroundings: &Surroundings<'_>,
    ) -> Result<String, DdlError> {
        let numbered = ansi::autoincrement_column(surroundings)?;
        let composite = surroundings
            .primary_key()
            .is_some_and(|key| key.columns.len() > 1);
        if numbered.is_some() && composite {
            return Err(DdlError::Unsupported {
                dialect: self.name(),
                subject: format!("column {}.{}", surroundings.table, column.name),
                feature: "autoincrement in a primary key of several columns",
                advice: "make the column the whole key, or leave autoincrement out",
            });
        }
        let mut text = format!(
            "{} {}",
            self.quote(&column.name),
            self.type_text(&column.data_type)?
        );
        if let Some(default) = ansi::default_text(self, column.default.as_ref()) {
            if ansi::needs_parentheses(&default) {
                text.push_str(&format!(" DEFAULT ({default})"));
            } else {
                text.push_str(&format!(" DEFAULT {default}"));
            }
        }
        if !column.nullable {
            text.push_str(" NOT NULL");
            if let Some(action) = &column.on_conflict {
                let action = ansi::phrase(action, "ON CONFLICT")?;
                text.push_str(&format!(" ON CONFLICT {action}"));
            }
        }
        if let Some(key) = autoincrement_key(surroundings, column) {
            text.push_str(" PRIMARY KEY");
            if let Some(action) = key {
                let action = ansi::phrase(action, "ON CONFLICT")?;
                text.push_str(&format!(" ON CONFLICT {action}"));
            }
            text.push_str(" AUTOINCREMENT");
        }
        if let Some(computed) = column.computed() {
            text.push_str(&format!(" {}", ansi::computed(computed)));
        }
        Ok(text)
    }

    fn table_suffix(&self, table: &Table) -> Result<String, DdlError> {
        let options = &table.options.sqlite;
        let words: Vec<&str> = [
            options.without_rowid.then_some("WITHOUT ROWID"),
            options.strict.then_some("STRICT"),
        ]
        .into_iter()
        .flatten()
        .collect();
        Ok(if words.is_empty() {
            String::new()
        } else {
            format!(" {}", words.join(", "))
        })
    }

    fn primary_key_in_column(&self, surroundings: &Surroundings<'_>) -> bool {
        surroundings
            .columns
            .iter()
            .any(|column| autoincrement_key(surroundings, column).is_some())
    }

    /// A database file cannot refer to another.
    fn foreign_table(&self, table: &QualifiedName, target: &QualifiedName) -> Option<String> {
        (table.schema == target.schema).then(|| self.quote(&target.name))
    }

    fn alter_column(&self, alter: &AlterColumn) -> Result<Vec<Statement>, DdlError> {
        ansi::alter_column(self, alter)
    }

    /// The schema stands before the index, never before the table.
    fn create_index(&self, create: &CreateIndex) -> Result<String, DdlError> {
        ansi::index_nulls_distinct(self, create)?;
        let schema = match &create.table.schema {
            Some(schema) => format!("{}.", self.quote(schema)),
            None => String::new(),
        };
        let mut text = format!(
            "{} ON {} ({})",
            ansi::create_index_head(
                self,
                create,
                &ansi::IndexHead {
                    schema,
                    ..Default::default()
                }
            )?,
            self.quote(&create.table.name),
            ansi::index_elements(self, &create.index.elements).join(", ")
        );
        if let Some(predicate) = &create.index.predicate {
            text.push_str(&format!(" WHERE {predicate}"));
        }
        Ok(text)
    }

    fn drop_index(&self, drop: &DropIndex) -> Result<String, DdlError> {
        ansi::drop_index(self, drop)
    }
}

/// The conflict clause of the primary key that has to be written in its column because the table never uses an id
/// again; `None` for any other column.
fn autoincrement_key<'a>(
    surroundings: &Surroundings<'a>,
    column: &Column,
) -> Option<Option<&'a str>> {
    let key = surroundings.primary_key()?;
    let [only] = key.columns.as_slice() else {
        return None;
    };
    let refers = surroundings.constraints.iter().any(|constraint| {
        matches!(constraint, Constraint::ForeignKey(foreign) if foreign.columns.contains(only))
    });
    let yes = surroundings.options.sqlite.autoincrement
        && only.as_str() == column.name.as_str()
        && column.data_type.is_integer()
        && !refers;
    yes.then_some(key.on_conflict.as_deref())
}
