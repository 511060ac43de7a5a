//! Statements that are understood without asking the server: tables and indexes of PostgreSQL's own types, with keys.
//!
//! Whatever is not known for certain is left to the server: a reader that refuses costs time, one that guesses a difference.

mod data_type;
mod same;

pub(super) use same::states;

use crate::{
    dialect::{
        DialectName, Plain,
        ansi::{Cursor, Spelling, refuse_null_in_keys},
    },
    schema::{
        Check, Column, ColumnDefault, Constraint, ForeignKey, Identifier, Index, IndexElement,
        PrimaryKey, QualifiedName, SortOrder, Table, Unique,
    },
};

/// PostgreSQL's names, of which it keeps 63 bytes.
static SPELLING: Spelling = Spelling {
    dialect: DialectName::Postgresql,
    quote: '"',
    folds: true,
    fits: |name| name.len() <= 63,
};

/// Words that end a default at the level of its column.
const BEHIND_DEFAULT: [&str; 10] = [
    "NOT",
    "NULL",
    "PRIMARY",
    "UNIQUE",
    "REFERENCES",
    "CHECK",
    "CONSTRAINT",
    "COLLATE",
    "GENERATED",
    "DEFERRABLE",
];

/// What the statement creates, where all of it is understood.
pub(super) fn read(sql: &str) -> Option<Plain> {
    let mut cursor = Cursor::of(sql, &SPELLING)?;
    cursor.word("CREATE")?;
    let unique = cursor.take("UNIQUE");
    let plain = match !unique && cursor.take("TABLE") {
        true => Plain::Table(Box::new(table(&mut cursor)?)),
        false => {
            cursor.word("INDEX")?;
            let (table, mut index) = index(&mut cursor)?;
            index.unique = unique;
            Plain::Index(table, Box::new(index))
        }
    };
    cursor.at_end().then_some(plain)
}

fn table(cursor: &mut Cursor<'_>) -> Option<Table> {
    let mut table = Table::new(QualifiedName::new(cursor.name()?), Vec::new());
    cursor.list(|cursor| element(cursor, &mut table))?;
    refuse_null_in_keys(&mut table);
    Some(table)
}

fn element(cursor: &mut Cursor<'_>, table: &mut Table) -> Option<()> {
    let name = match cursor.take("CONSTRAINT") {
        true => Some(cursor.name()?),
        false => None,
    };
    let constraint = if cursor.take("PRIMARY") {
        cursor.word("KEY")?;
        let key = PrimaryKey::new(cursor.names()?);
        Constraint::PrimaryKey(PrimaryKey { name, ..key })
    } else if cursor.take("UNIQUE") {
        let unique = Unique::new(cursor.names()?);
        Constraint::Unique(Unique { name, ..unique })
    } else if cursor.take("FOREIGN") {
        cursor.word("KEY")?;
        let columns = cursor.names()?;
        Constraint::ForeignKey(ForeignKey {
            name,
            ..reference(cursor, columns)?
        })
    } else if cursor.take("CHECK") {
        Constraint::Check(Check {
            name,
            ..Check::new(cursor.enclosed()?)
        })
    } else if name.is_some() || cursor.is("EXCLUDE") || cursor.is("LIKE") {
        return None;
    } else {
        return column(cursor, table);
    };
    table.constraints.push(constraint);
    Some(())
}

fn column(cursor: &mut Cursor<'_>, table: &mut Table) -> Option<()> {
    let name = cursor.name()?;
    let (data_type, serial) = data_type::read(cursor)?;
    let mut column = Column::new(name.clone(), data_type);
    if serial {
        column.autoincrement = Some(true);
        column.nullable = false;
    }
    let own = || vec![name.clone()];
    while !cursor.at_border() {
        let named = match cursor.take("CONSTRAINT") {
            true => Some(cursor.name()?),
            false => None,
        };
        let constraint = if cursor.take("NOT") {
            cursor.word("NULL")?;
            column.nullable = false;
            continue;
        } else if cursor.take("NULL") {
            (!serial).then_some(())?;
            continue;
        } else if cursor.take("DEFAULT") {
            // A default of NULL is none, for the server to say.
            (column.default.is_none() && !serial && !cursor.is("NULL")).then_some(())?;
            let text = cursor.text_until(&BEHIND_DEFAULT)?;
            column.default = Some(ColumnDefault::Expression(text.to_owned()));
            continue;
        } else if cursor.take("PRIMARY") {
            cursor.word("KEY")?;
            Constraint::PrimaryKey(PrimaryKey {
                name: named,
                ..PrimaryKey::new(own())
            })
        } else if cursor.take("UNIQUE") {
            Constraint::Unique(Unique {
                name: named,
                ..Unique::new(own())
            })
        } else if cursor.take("CHECK") {
            Constraint::Check(Check {
                name: named,
                ..Check::new(cursor.enclosed()?)
            })
        } else {
            Constraint::ForeignKey(ForeignKey {
                name: named,
                ..reference(cursor, own())?
            })
        };
        table.constraints.push(constraint);
    }
    table.columns.push(column);
    Some(())
}

/// `REFERENCES` and what follows it. A key without the columns that it refers to is the server's to complete.
fn reference(cursor: &mut Cursor<'_>, columns: Vec<Identifier>) -> Option<ForeignKey> {
    cursor.word("REFERENCES")?;
    let target = QualifiedName::new(cursor.name()?);
    let mut key = ForeignKey::new(columns, target, cursor.names()?);
    while cursor.take("ON") {
        let on_delete = cursor.take("DELETE");
        if !on_delete {
            cursor.word("UPDATE")?;
        }
        let action = if cursor.take("NO") {
            cursor.word("ACTION")?;
            None
        } else if cursor.take("SET") {
            let words = if cursor.take("NULL") {
                "SET NULL"
            } else {
                cursor.word("DEFAULT")?;
                "SET DEFAULT"
            };
            Some(words.to_owned())
        } else if cursor.take("CASCADE") {
            Some("CASCADE".to_owned())
        } else {
            cursor.word("RESTRICT")?;
            Some("RESTRICT".to_owned())
        };
        match on_delete {
            true => key.on_delete = action,
            false => key.on_update = action,
        }
    }
    Some(key)
}

fn index(cursor: &mut Cursor<'_>) -> Option<(QualifiedName, Index)> {
    let mut index = Index {
        name: Some(cursor.name()?),
        ..Index::default()
    };
    cursor.word("ON")?;
    let table = QualifiedName::new(cursor.name()?);
    if cursor.take("USING") {
        cursor.word("BTREE")?;
    }
    cursor.list(|cursor| {
        let mut element = IndexElement::column(cursor.name()?);
        if cursor.take("DESC") {
            element.order = Some(SortOrder::Descending);
        } else {
            cursor.take("ASC");
        }
        index.elements.push(element);
        Some(())
    })?;
    Some((table, index))
}

#[cfg(test)]
mod tests;
