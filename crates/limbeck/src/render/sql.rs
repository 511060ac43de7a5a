//! Operations to the statements of a `.sql` script.

use super::RenderError;
use crate::{
    dialect::{Dialect, DialectName, Isolation, Statement},
    operation::Operation,
    script::sql::split,
};

/// Marks that may end a statement which `;` does not.
const DELIMITERS: [&str; 4] = ["//", "$$", "@@", "~~~~"];

/// The statements of `operations` in order, one after the other with a blank line between operations; empty for none.
/// What has to run outside a transaction is preceded by the directive that says so, and what cannot be told from its
/// neighbours by `;` alone gets another delimiter.
///
/// # Errors
/// [`RenderError`] when a script for this database cannot say an operation.
pub fn sql_script(dialect: &dyn Dialect, operations: &[Operation]) -> Result<String, RenderError> {
    let mut parts = Vec::with_capacity(operations.len());
    for operation in operations {
        let statements =
            dialect
                .script_statements(operation)
                .map_err(|source| RenderError::Sql {
                    operation: operation.to_string(),
                    source: Box::new(source),
                })?;
        let part: String = statements
            .iter()
            .map(|statement| written(statement, dialect.name()))
            .collect();
        if !part.is_empty() {
            parts.push(part);
        }
    }
    Ok(parts.join("\n"))
}

fn written(statement: &Statement, dialect: DialectName) -> String {
    let mut text = String::new();
    if statement.isolation == Isolation::Autocommit {
        text.push_str("-- limbeck: no transaction for next statement\n");
    }
    if let Some(batches) = &statement.batches {
        let (rows, key) = (batches.rows, &batches.key);
        text.push_str(&format!("-- limbeck: in batches of {rows} by {key}\n"));
    }
    let sql = statement.sql.trim_end().trim_end_matches(';');
    let plain = format!("{sql};\n");
    let is_one = split(&plain, dialect)
        .is_ok_and(|found| matches!(found.as_slice(), [only] if only.sql == sql.trim_start()));
    if is_one {
        text.push_str(&plain);
        return text;
    }
    let delimiter = DELIMITERS
        .into_iter()
        .find(|mark| !sql.contains(mark))
        .unwrap_or("~~~~~~~~");
    // The directive about the transaction stands right above its statement.
    format!(
        "-- limbeck: delimiter {delimiter}\n{text}{sql}\n{delimiter}\n-- limbeck: delimiter ;\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dialect::{Mysql, Postgres, Sqlite},
        operation::{AddConstraint, AlterColumn, CreateIndex, DropConstraint, Execute, Operation},
        schema::{Check, Constraint, Index, Unique},
    };

    #[test]
    fn sqlite_is_told_what_shall_be_instead_of_the_steps_of_a_rebuild() {
        let operations: [Operation; 3] = [
            AlterColumn {
                nullable: Some(false),
                ..AlterColumn::new("book", "pages")
            }
            .into(),
            AddConstraint {
                table: "book".into(),
                constraint: Constraint::Check(Check::new("pages > 0").named("some_pages")),
            }
            .into(),
            DropConstraint {
                table: "book".into(),
                name: None,
                kind: None,
                if_exists: false,
                cascade: false,
                original: Some(Constraint::Unique(Unique::new(["isbn"]))),
            }
            .into(),
        ];
        insta::assert_snapshot!(sql_script(&Sqlite::new(None), &operations).unwrap(), @r#"
    ALTER TABLE book ALTER COLUMN pages SET NOT NULL;

    ALTER TABLE book ADD CONSTRAINT some_pages CHECK (pages > 0);

    ALTER TABLE book DROP UNIQUE (isbn);
    "#);
    }

    #[test]
    fn what_runs_outside_a_transaction_says_so() {
        let create = CreateIndex {
            table: "book".into(),
            index: Index::new("by_isbn", ["isbn"]),
            if_not_exists: false,
            concurrently: true,
        };
        insta::assert_snapshot!(sql_script(&Postgres::new(None), &[create.into()]).unwrap(), @r#"
    -- limbeck: no transaction for next statement
    CREATE INDEX CONCURRENTLY by_isbn ON book (isbn);
    "#);
    }

    #[test]
    fn a_text_that_a_semicolon_would_cut_gets_another_delimiter() {
        let two: Operation = Execute::new("SET @a = 1; SET @b = '//'").into();
        let body: Operation =
            Execute::new("CREATE TRIGGER t BEFORE INSERT ON b FOR EACH ROW BEGIN SET @a = 1; END")
                .into();
        insta::assert_snapshot!(sql_script(&Mysql::new(None), &[two, body]).unwrap(), @r#"
    -- limbeck: delimiter $$
    SET @a = 1; SET @b = '//'
    $$
    -- limbeck: delimiter ;

    CREATE TRIGGER t BEFORE INSERT ON b FOR EACH ROW BEGIN SET @a = 1; END;
    "#);
    }
}
