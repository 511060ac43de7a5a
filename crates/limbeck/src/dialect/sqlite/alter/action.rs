//! The actions of an `ALTER TABLE`.

use super::{AlterError, Cursor};
use crate::dialect::sqlite::{
    change::{ColumnPlace, ConstraintChoice, ConstraintKind, TableChange},
    rebuild::draft::read_column,
    table_sql::Kind,
};

/// Words that begin a table constraint.
const CONSTRAINT: [&str; 5] = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

/// Reads one action.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Vec<TableChange>, AlterError> {
    if cursor.take("ADD") {
        return add(cursor).map(|change| vec![change]);
    }
    if cursor.take("DROP") {
        return drop(cursor).map(|change| vec![change]);
    }
    if cursor.take("ALTER") {
        let _ = cursor.take("COLUMN");
        return alter_column(cursor);
    }
    if cursor.take("RENAME") {
        return rename(cursor).map(|change| vec![change]);
    }
    if cursor.take("MODIFY") {
        let _ = cursor.take("COLUMN");
        return redefine(cursor, None);
    }
    if cursor.take("CHANGE") {
        let _ = cursor.take("COLUMN");
        let column = cursor.name()?;
        return redefine(cursor, Some(column));
    }
    if cursor.take("SET") {
        return set(cursor).map(|change| vec![change]);
    }
    if cursor.take_all(&["VALIDATE", "CONSTRAINT"]) {
        cursor.name()?;
        return Ok(Vec::new());
    }
    Err(cursor.error("expected ADD, DROP, ALTER, RENAME, MODIFY or CHANGE"))
}

fn add(cursor: &mut Cursor<'_>) -> Result<TableChange, AlterError> {
    if cursor.is_any(&CONSTRAINT) {
        let tail = tail(cursor, &["NOT", "VALID"]);
        let definition = cursor.text_before_last(tail)?.to_owned();
        let _ = cursor.take_all(&["NOT", "VALID"]);
        return Ok(TableChange::AddConstraint { definition });
    }
    let _ = cursor.take("COLUMN");
    let if_not_exists = cursor.take_all(&["IF", "NOT", "EXISTS"]);
    let (definition, place) = placed_definition(cursor)?;
    Ok(TableChange::AddColumn {
        definition,
        place,
        if_not_exists,
    })
}

/// How many tokens at the end are these words: all or none.
fn tail(cursor: &Cursor<'_>, words: &[&str]) -> usize {
    let Some(start) = cursor.left().checked_sub(words.len()) else {
        return 0;
    };
    let found = words
        .iter()
        .enumerate()
        .all(|(index, word)| cursor.is_at(start + index, word));
    if found { words.len() } else { 0 }
}

/// A column definition with what MySQL lets follow it.
fn placed_definition(cursor: &mut Cursor<'_>) -> Result<(String, Option<ColumnPlace>), AlterError> {
    let left = cursor.left();
    if left > 2 && tail(cursor, &["FIRST"]) == 1 {
        let definition = cursor.text_before_last(1)?.to_owned();
        cursor.expect("FIRST")?;
        return Ok((definition, Some(ColumnPlace::First)));
    }
    if left > 3 && cursor.is_at(left - 2, "AFTER") {
        let definition = cursor.text_before_last(2)?.to_owned();
        cursor.expect("AFTER")?;
        return Ok((definition, Some(ColumnPlace::After(cursor.name()?))));
    }
    Ok((cursor.text_before_last(0)?.to_owned(), None))
}

fn drop(cursor: &mut Cursor<'_>) -> Result<TableChange, AlterError> {
    let kinds = [
        ("CHECK", "", ConstraintKind::Check),
        ("FOREIGN", "KEY", ConstraintKind::ForeignKey),
    ];
    if cursor.take_all(&["PRIMARY", "KEY"]) {
        let constraint = ConstraintChoice::Of {
            kind: ConstraintKind::PrimaryKey,
            columns: Vec::new(),
        };
        return Ok(TableChange::DropConstraint {
            constraint,
            if_exists: false,
        });
    }
    if let Some(constraint) = unnamed(cursor)? {
        return Ok(TableChange::DropConstraint {
            constraint,
            if_exists: false,
        });
    }
    let kind = kinds
        .into_iter()
        .find(|(first, second, _)| {
            cursor.is(first) && (second.is_empty() || cursor.is_at(1, second))
        })
        .map(|(first, second, kind)| {
            let _ = cursor.take(first) && cursor.take(second);
            kind
        });
    if kind.is_some() || cursor.take("CONSTRAINT") {
        let if_exists = cursor.take_all(&["IF", "EXISTS"]);
        let name = cursor.name()?;
        behaviour(cursor);
        return Ok(TableChange::DropConstraint {
            constraint: ConstraintChoice::Named { name, kind },
            if_exists,
        });
    }
    let _ = cursor.take("COLUMN");
    let if_exists = cursor.take_all(&["IF", "EXISTS"]);
    let column = cursor.name()?;
    behaviour(cursor);
    Ok(TableChange::DropColumn { column, if_exists })
}

/// A constraint that is told by what it says: `UNIQUE (a, b)`, `FOREIGN KEY (a)`, `CHECK (a > 0)`.
fn unnamed(cursor: &mut Cursor<'_>) -> Result<Option<ConstraintChoice>, AlterError> {
    if cursor.is("CHECK") && cursor.is_at(1, "(") {
        let _ = cursor.take("CHECK") && cursor.take("(");
        let expression = cursor.text_before_last(1)?.to_owned();
        cursor.expect(")")?;
        return Ok(Some(ConstraintChoice::Check { expression }));
    }
    let kind = if cursor.is("UNIQUE") && cursor.is_at(1, "(") {
        let _ = cursor.take("UNIQUE");
        ConstraintKind::Unique
    } else if cursor.is("FOREIGN") && cursor.is_at(1, "KEY") && cursor.is_at(2, "(") {
        let _ = cursor.take_all(&["FOREIGN", "KEY"]);
        ConstraintKind::ForeignKey
    } else {
        return Ok(None);
    };
    cursor.expect("(")?;
    let mut columns = vec![cursor.name()?];
    while cursor.take(",") {
        columns.push(cursor.name()?);
    }
    cursor.expect(")")?;
    Ok(Some(ConstraintChoice::Of { kind, columns }))
}

/// What only SQLite knows about a table.
fn set(cursor: &mut Cursor<'_>) -> Result<TableChange, AlterError> {
    let forms: [(&[&str], TableChange); 6] = [
        (&["STRICT"], TableChange::SetStrict(true)),
        (&["NOT", "STRICT"], TableChange::SetStrict(false)),
        (&["WITHOUT", "ROWID"], TableChange::SetWithoutRowid(true)),
        (&["WITH", "ROWID"], TableChange::SetWithoutRowid(false)),
        (&["AUTOINCREMENT"], TableChange::SetAutoincrement(true)),
        (
            &["NOT", "AUTOINCREMENT"],
            TableChange::SetAutoincrement(false),
        ),
    ];
    forms
        .into_iter()
        .find_map(|(words, change)| cursor.take_all(words).then_some(change))
        .ok_or_else(|| {
            cursor.error(
                "expected STRICT, NOT STRICT, WITHOUT ROWID, WITH ROWID, AUTOINCREMENT or NOT AUTOINCREMENT",
            )
        })
}

fn behaviour(cursor: &mut Cursor<'_>) {
    let _ = cursor.take("CASCADE") || cursor.take("RESTRICT");
}

fn rename(cursor: &mut Cursor<'_>) -> Result<TableChange, AlterError> {
    if cursor.take("CONSTRAINT") {
        let constraint = cursor.name()?;
        cursor.expect("TO")?;
        return Ok(TableChange::RenameConstraint {
            constraint,
            to: cursor.name()?,
        });
    }
    let _ = cursor.take("COLUMN");
    let column = cursor.name()?;
    cursor.expect("TO")?;
    Ok(TableChange::RenameColumn {
        column,
        to: cursor.name()?,
    })
}

fn alter_column(cursor: &mut Cursor<'_>) -> Result<Vec<TableChange>, AlterError> {
    let column = cursor.name()?;
    if cursor.take_all(&["SET", "NOT", "NULL"]) {
        if !cursor.take_all(&["ON", "CONFLICT"]) {
            return Ok(vec![TableChange::SetNotNull { column }]);
        }
        let action = cursor.name()?.to_uppercase();
        return Ok(vec![TableChange::SetConflict { column, action }]);
    }
    if cursor.take_all(&["DROP", "NOT", "NULL"]) {
        return Ok(vec![TableChange::DropNotNull { column }]);
    }
    if cursor.take_all(&["DROP", "DEFAULT"]) {
        return Ok(vec![TableChange::DropDefault { column }]);
    }
    if cursor.take_all(&["SET", "DEFAULT"]) {
        let expression = cursor.text_before_last(0)?.to_owned();
        return Ok(vec![TableChange::SetDefault { column, expression }]);
    }
    if !(cursor.take("TYPE") || cursor.take_all(&["SET", "DATA", "TYPE"])) {
        return Err(cursor.error(
            "expected TYPE, SET DATA TYPE, SET NOT NULL, DROP NOT NULL, SET DEFAULT or DROP DEFAULT",
        ));
    }
    let declared = cursor.text_until(&["COLLATE", "USING"])?.to_owned();
    let collation = match cursor.take("COLLATE") {
        true => Some(cursor.name()?),
        false => None,
    };
    let using = match cursor.take("USING") {
        true => Some(cursor.text_before_last(0)?.to_owned()),
        false => None,
    };
    let mut changes = vec![TableChange::SetType {
        column: column.clone(),
        declared,
        using,
    }];
    if collation.is_some() {
        // The one that a column has without any word.
        let collation = collation.filter(|name| !name.eq_ignore_ascii_case("BINARY"));
        changes.push(TableChange::SetCollation { column, collation });
    }
    Ok(changes)
}

/// MySQL's `MODIFY` and `CHANGE`: the new definition says all there is about type, NULL and DEFAULT.
fn redefine(cursor: &mut Cursor<'_>, old: Option<String>) -> Result<Vec<TableChange>, AlterError> {
    let start = cursor.error("cannot read the column definition");
    let (definition, place) = placed_definition(cursor)?;
    let (text, found) = read_column("", &definition).map_err(|_| start)?;
    let column = old.unwrap_or_else(|| found.name.clone());
    let mut changes = vec![TableChange::SetType {
        column: column.clone(),
        declared: text.type_of(&found).to_owned(),
        using: None,
    }];
    let mut default = TableChange::DropDefault {
        column: column.clone(),
    };
    for each in &found.constraints {
        match &each.kind {
            Kind::NotNull | Kind::Null => {}
            Kind::Default { expression } => {
                default = TableChange::SetDefault {
                    column: column.clone(),
                    expression: text.at(expression).to_owned(),
                };
            }
            _ => {
                let what = text.at(&each.span);
                return Err(cursor.error(&format!(
                    "expected a type, NULL and DEFAULT only, not {what}"
                )));
            }
        }
    }
    changes.push(match found.is_not_null() {
        true => TableChange::SetNotNull {
            column: column.clone(),
        },
        false => TableChange::DropNotNull {
            column: column.clone(),
        },
    });
    changes.push(default);
    if let Some(place) = place {
        changes.push(TableChange::MoveColumn {
            column: column.clone(),
            place,
        });
    }
    if column != found.name {
        changes.push(TableChange::RenameColumn {
            column,
            to: found.name,
        });
    }
    Ok(changes)
}
