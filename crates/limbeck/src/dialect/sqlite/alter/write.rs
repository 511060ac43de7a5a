//! Changes of a table as the text of an `ALTER TABLE`: what [`read`](super::read) reads. Must not know how a change is done.
//!
//! The words are PostgreSQL's where it has some. A constraint without a name is told by what it says, which no other
//! database has a word for: `DROP UNIQUE (a, b)`, `DROP FOREIGN KEY (a)`, `DROP CHECK (a > 0)`.

use crate::{
    dialect::{
        Dialect, Statement,
        sqlite::{
            Sqlite, TableChanges,
            change::{ColumnPlace, ConstraintChoice, ConstraintKind, TableChange},
        },
    },
    schema::Identifier,
};

/// The statements that mean these changes.
///
/// # Errors
/// What there is no word for.
pub fn write(dialect: &Sqlite, asked: &TableChanges) -> Result<Vec<Statement>, &'static str> {
    let table = dialect.qualified(&asked.table);
    let mut statements = Vec::new();
    let mut changes = asked.changes.iter().peekable();
    while let Some(change) = changes.next() {
        let mut action = action(dialect, change)?;
        // A collation is a part of the type to everyone but SQLite.
        if let TableChange::SetType { column, using, .. } = change
            && let Some(TableChange::SetCollation {
                column: of,
                collation,
            }) = changes.peek()
            && column == of
        {
            let collation = collation.as_deref().unwrap_or("BINARY");
            let clause = format!(" COLLATE {}", name(dialect, collation));
            let end = using.as_ref().map_or(action.len(), |using| {
                action.len() - " USING ".len() - using.len()
            });
            action.insert_str(end, &clause);
            changes.next();
        }
        statements.push(Statement::new(format!("ALTER TABLE {table} {action}")));
    }
    statements.extend(asked.after.iter().cloned());
    Ok(statements)
}

fn name(dialect: &Sqlite, name: &str) -> String {
    dialect.quote(&Identifier::new(name))
}

fn action(dialect: &Sqlite, change: &TableChange) -> Result<String, &'static str> {
    let name = |text: &str| name(dialect, text);
    Ok(match change {
        TableChange::AddColumn {
            definition,
            place,
            if_not_exists,
        } => {
            let exists = if *if_not_exists { "IF NOT EXISTS " } else { "" };
            let place = match place {
                None => String::new(),
                Some(ColumnPlace::First) => " FIRST".to_owned(),
                Some(ColumnPlace::After(other)) => format!(" AFTER {}", name(other)),
                Some(ColumnPlace::Before(_)) => return Err("place before another column"),
            };
            format!("ADD COLUMN {exists}{definition}{place}")
        }
        TableChange::DropColumn { column, if_exists } => {
            let exists = if *if_exists { "IF EXISTS " } else { "" };
            format!("DROP COLUMN {exists}{}", name(column))
        }
        TableChange::RenameColumn { column, to } => {
            format!("RENAME COLUMN {} TO {}", name(column), name(to))
        }
        TableChange::SetType { declared, .. } if declared.is_empty() => {
            return Err("word for a column without a type");
        }
        TableChange::SetType {
            column,
            declared,
            using,
        } => {
            let using = using.as_ref().map(|using| format!(" USING {using}"));
            let using = using.unwrap_or_default();
            format!("ALTER COLUMN {} TYPE {declared}{using}", name(column))
        }
        TableChange::SetNotNull { column } => {
            format!("ALTER COLUMN {} SET NOT NULL", name(column))
        }
        TableChange::SetConflict { column, action } => {
            format!(
                "ALTER COLUMN {} SET NOT NULL ON CONFLICT {action}",
                name(column)
            )
        }
        TableChange::DropNotNull { column } => {
            format!("ALTER COLUMN {} DROP NOT NULL", name(column))
        }
        TableChange::SetDefault { column, expression } => {
            format!("ALTER COLUMN {} SET DEFAULT {expression}", name(column))
        }
        TableChange::DropDefault { column } => {
            format!("ALTER COLUMN {} DROP DEFAULT", name(column))
        }
        TableChange::AddConstraint { definition } => format!("ADD {definition}"),
        TableChange::DropConstraint {
            constraint,
            if_exists,
        } => drop_constraint(dialect, constraint, *if_exists)?,
        TableChange::RenameConstraint { constraint, to } => {
            format!("RENAME CONSTRAINT {} TO {}", name(constraint), name(to))
        }
        TableChange::SetStrict(true) => "SET STRICT".to_owned(),
        TableChange::SetStrict(false) => "SET NOT STRICT".to_owned(),
        TableChange::SetWithoutRowid(true) => "SET WITHOUT ROWID".to_owned(),
        TableChange::SetWithoutRowid(false) => "SET WITH ROWID".to_owned(),
        TableChange::SetAutoincrement(true) => "SET AUTOINCREMENT".to_owned(),
        TableChange::SetAutoincrement(false) => "SET NOT AUTOINCREMENT".to_owned(),
        TableChange::MoveColumn { .. } => return Err("word for another place of a column"),
        TableChange::SetCollation { .. } => return Err("word for a collation without its type"),
        TableChange::Restate { .. } => {
            return Err("word for another layout of a table's definition");
        }
    })
}

fn drop_constraint(
    dialect: &Sqlite,
    constraint: &ConstraintChoice,
    if_exists: bool,
) -> Result<String, &'static str> {
    let list = |columns: &[String]| {
        let names: Vec<String> = columns.iter().map(|one| name(dialect, one)).collect();
        names.join(", ")
    };
    Ok(match constraint {
        ConstraintChoice::Named { name: of, .. } => {
            let exists = if if_exists { "IF EXISTS " } else { "" };
            format!("DROP CONSTRAINT {exists}{}", name(dialect, of))
        }
        _ if if_exists => return Err("IF EXISTS for a constraint without a name"),
        ConstraintChoice::Of {
            kind: ConstraintKind::PrimaryKey,
            ..
        } => "DROP PRIMARY KEY".to_owned(),
        ConstraintChoice::Of {
            kind: ConstraintKind::Unique,
            columns,
        } => format!("DROP UNIQUE ({})", list(columns)),
        ConstraintChoice::Of {
            kind: ConstraintKind::ForeignKey,
            columns,
        } => format!("DROP FOREIGN KEY ({})", list(columns)),
        ConstraintChoice::Of {
            kind: ConstraintKind::Check,
            ..
        } => return Err("word for a CHECK without its condition"),
        ConstraintChoice::Check { expression } => format!("DROP CHECK ({expression})"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::sqlite::alter::read;

    /// The changes that are read from what was written.
    fn read_back(changes: Vec<TableChange>) -> (Vec<String>, Vec<TableChange>) {
        let asked = TableChanges {
            table: "my table".into(),
            changes,
            after: Vec::new(),
        };
        let written = write(&Sqlite::new(None), &asked).unwrap();
        let texts: Vec<String> = written.into_iter().map(|one| one.sql).collect();
        let read = texts
            .iter()
            .flat_map(|text| read(text).unwrap().unwrap().changes)
            .collect();
        (texts, read)
    }

    #[test]
    fn what_is_written_is_read_as_what_was_meant() {
        let column = || "a b".to_owned();
        let drop = |constraint| TableChange::DropConstraint {
            constraint,
            if_exists: false,
        };
        let of = |kind, columns: &[&str]| {
            drop(ConstraintChoice::Of {
                kind,
                columns: columns.iter().map(|&name| name.to_owned()).collect(),
            })
        };
        let changes = vec![
            TableChange::AddColumn {
                definition: "n INT NOT NULL".to_owned(),
                place: Some(ColumnPlace::After("a".to_owned())),
                if_not_exists: true,
            },
            TableChange::DropColumn {
                column: column(),
                if_exists: true,
            },
            TableChange::SetType {
                column: column(),
                declared: "NUMERIC(10, 2)".to_owned(),
                using: Some("round(a, 2)".to_owned()),
            },
            TableChange::SetCollation {
                column: column(),
                collation: Some("NOCASE".to_owned()),
            },
            TableChange::SetNotNull { column: column() },
            TableChange::SetConflict {
                column: column(),
                action: "REPLACE".to_owned(),
            },
            TableChange::DropNotNull { column: column() },
            TableChange::SetDefault {
                column: column(),
                expression: "coalesce(1, 'a,b')".to_owned(),
            },
            TableChange::DropDefault { column: column() },
            TableChange::AddConstraint {
                definition: "CONSTRAINT ck CHECK (a > 0)".to_owned(),
            },
            drop(ConstraintChoice::Named {
                name: "the key".to_owned(),
                kind: None,
            }),
            of(ConstraintKind::PrimaryKey, &[]),
            of(ConstraintKind::Unique, &["a", "b c"]),
            of(ConstraintKind::ForeignKey, &["a"]),
            drop(ConstraintChoice::Check {
                expression: "a IN (1, 2) OR b".to_owned(),
            }),
            TableChange::RenameConstraint {
                constraint: "c d".to_owned(),
                to: "e".to_owned(),
            },
            TableChange::SetStrict(true),
            TableChange::SetStrict(false),
            TableChange::SetWithoutRowid(true),
            TableChange::SetWithoutRowid(false),
            TableChange::SetAutoincrement(true),
            TableChange::SetAutoincrement(false),
            TableChange::SetType {
                column: column(),
                declared: "TEXT".to_owned(),
                using: None,
            },
            TableChange::SetCollation {
                column: column(),
                collation: None,
            },
        ];
        let (texts, read) = read_back(changes.clone());
        assert_eq!(read, changes);
        insta::assert_snapshot!(texts.join("\n"), @r#"
    ALTER TABLE "my table" ADD COLUMN IF NOT EXISTS n INT NOT NULL AFTER a
    ALTER TABLE "my table" DROP COLUMN IF EXISTS "a b"
    ALTER TABLE "my table" ALTER COLUMN "a b" TYPE NUMERIC(10, 2) COLLATE "NOCASE" USING round(a, 2)
    ALTER TABLE "my table" ALTER COLUMN "a b" SET NOT NULL
    ALTER TABLE "my table" ALTER COLUMN "a b" SET NOT NULL ON CONFLICT REPLACE
    ALTER TABLE "my table" ALTER COLUMN "a b" DROP NOT NULL
    ALTER TABLE "my table" ALTER COLUMN "a b" SET DEFAULT coalesce(1, 'a,b')
    ALTER TABLE "my table" ALTER COLUMN "a b" DROP DEFAULT
    ALTER TABLE "my table" ADD CONSTRAINT ck CHECK (a > 0)
    ALTER TABLE "my table" DROP CONSTRAINT "the key"
    ALTER TABLE "my table" DROP PRIMARY KEY
    ALTER TABLE "my table" DROP UNIQUE (a, "b c")
    ALTER TABLE "my table" DROP FOREIGN KEY (a)
    ALTER TABLE "my table" DROP CHECK (a IN (1, 2) OR b)
    ALTER TABLE "my table" RENAME CONSTRAINT "c d" TO e
    ALTER TABLE "my table" SET STRICT
    ALTER TABLE "my table" SET NOT STRICT
    ALTER TABLE "my table" SET WITHOUT ROWID
    ALTER TABLE "my table" SET WITH ROWID
    ALTER TABLE "my table" SET AUTOINCREMENT
    ALTER TABLE "my table" SET NOT AUTOINCREMENT
    ALTER TABLE "my table" ALTER COLUMN "a b" TYPE TEXT COLLATE "BINARY"
    "#);
    }
}
