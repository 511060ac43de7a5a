//! `ALTER TABLE` as other databases have it, read from a script's statement, so that one script does for SQLite too. Must not
//! do I/O; it says what shall change, and [`super::rebuild`] decides how.
//!
//! Decisions: `NOT VALID` and `VALIDATE CONSTRAINT` mean nothing here, because a constraint is checked when it is added;
//! `CASCADE` and `RESTRICT` mean nothing, because what depends on a column is always refused; MySQL's `MODIFY` and `CHANGE`
//! set type, NULL, DEFAULT and place as MySQL does; `DROP UNIQUE (a, b)`, `DROP FOREIGN KEY (a)` and `DROP CHECK (a > 0)` are for
//! constraints without a name, `SET [NOT] STRICT` and `SET WITHOUT ROWID` or `WITH ROWID` for what only SQLite has; a trailing `FIRST` or `AFTER c` is a place, although SQLite would take it for
//! a part of the type's name.

mod action;
mod cursor;
#[cfg(test)]
mod tests;
mod write;

use super::{
    change::TableChange,
    rebuild::{draft::read_column, value::is_literal},
    table_sql::{Kind, first_word, tokens},
};
use cursor::Cursor;
pub use write::write;

/// Changes of one table, as a script asked for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlterTable {
    /// The attached database, if named.
    pub schema: Option<String>,
    /// The table.
    pub table: String,
    /// Nothing is done, and nothing is wrong, when there is no such table.
    pub if_exists: bool,
    /// What shall change, in order.
    pub changes: Vec<TableChange>,
}

/// An `ALTER TABLE` that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot read this ALTER TABLE for SQLite: {reason}; write it in another form, or keep it in a section for the database that it is for"
)]
pub struct AlterError {
    /// Bytes from the start of the statement.
    pub offset: usize,
    /// What was expected or found.
    pub reason: String,
}

/// Reads a statement. Returns `None` for what SQLite should run as it stands: anything but `ALTER TABLE`, and an
/// `ALTER TABLE` that it runs itself and always rightly (renaming a table or a column, adding a plain column).
///
/// # Errors
/// [`AlterError`] for an `ALTER TABLE` with an action that is not known.
pub fn read(sql: &str) -> Result<Option<AlterTable>, AlterError> {
    // Every statement of every script comes by here, and data changes can be long.
    if !first_word(sql).is_some_and(|word| word.eq_ignore_ascii_case("ALTER")) {
        return Ok(None);
    }
    let Ok(found) = tokens(sql) else {
        // SQLite says better what is wrong.
        return Ok(None);
    };
    let mut cursor = Cursor::new(sql, &found);
    if !(cursor.take("ALTER") && cursor.take("TABLE")) {
        return Ok(None);
    }
    let if_exists = cursor.take_all(&["IF", "EXISTS"]);
    let _ = cursor.take("ONLY");
    let (schema, table) = cursor.qualified_name()?;
    let actions = cursor.split();
    let mut changes = Vec::new();
    let single = actions.len() == 1 && !if_exists;
    for mut action in actions {
        if action.is("RENAME") && action.is_at(1, "TO") {
            return match single {
                true => Ok(None),
                false => Err(action.error("RENAME TO has to stand alone and without IF EXISTS")),
            };
        }
        changes.extend(action::read(&mut action)?);
        if !action.is_done() {
            return Err(action.error("expected the end of the action"));
        }
    }
    if single && runs_as_it_stands(&changes) {
        return Ok(None);
    }
    Ok(Some(AlterTable {
        schema,
        table,
        if_exists,
        changes,
    }))
}

impl AlterTable {
    /// Takes over the changes of a statement on the same table that comes next, so that both are one rebuild; gives the
    /// statement back when it is on another.
    ///
    /// # Errors
    /// The statement itself.
    pub fn join(&mut self, next: AlterTable) -> Result<(), AlterTable> {
        let same_schema = match (&self.schema, &next.schema) {
            (Some(left), Some(right)) => left.eq_ignore_ascii_case(right),
            (None, None) => true,
            _ => false,
        };
        if same_schema
            && self.table.eq_ignore_ascii_case(&next.table)
            && self.if_exists == next.if_exists
        {
            self.changes.extend(next.changes);
            Ok(())
        } else {
            Err(next)
        }
    }
}

/// Whether SQLite has the statement itself and does with it what is meant.
fn runs_as_it_stands(changes: &[TableChange]) -> bool {
    match changes {
        [TableChange::RenameColumn { .. }] => true,
        [
            TableChange::AddColumn {
                definition,
                place: None,
                if_not_exists: false,
            },
        ] => read_column("", definition).is_ok_and(|(text, column)| {
            let mut not_null = false;
            let mut default = false;
            for each in &column.constraints {
                match &each.kind {
                    Kind::PrimaryKey { .. }
                    | Kind::Unique { .. }
                    | Kind::ForeignKey { .. }
                    | Kind::Check { .. }
                    | Kind::Generated { .. } => return false,
                    Kind::NotNull => not_null = true,
                    Kind::Default { expression } => {
                        let value = text.at(expression);
                        if !is_literal(value) {
                            return false;
                        }
                        default = !value.eq_ignore_ascii_case("NULL");
                    }
                    Kind::Null | Kind::Collate { .. } | Kind::Nothing => {}
                }
            }
            default || !not_null
        }),
        _ => false,
    }
}
