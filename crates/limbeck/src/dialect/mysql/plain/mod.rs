//! Statements that are understood without asking the server: tables and indexes of the plain types, with keys.
//!
//! What a table does not say, it has from its database and the server; a reader that does not know what that is reads
//! nothing. Whatever is not known for certain is left to the server.

mod same;

pub(super) use same::states;

use super::{Mysql, inspect::charset_of};
use crate::{
    dialect::{
        DialectName, Plain,
        ansi::{Cursor, Spelling, refuse_null_in_keys},
    },
    schema::{
        Column, ColumnDefault, Constraint, DataType, ForeignKey, Identifier, Index, IndexElement,
        MysqlOption, NamedType, PrimaryKey, QualifiedName, Table,
    },
};

/// MariaDB's and MySQL's names, which may have 64 letters.
static SPELLING: Spelling = Spelling {
    dialect: DialectName::Mariadb,
    quote: '`',
    folds: false,
    fits: |name| name.chars().count() <= 64,
};

/// What a table of a database has when it does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Usual {
    /// The storage engine.
    pub(crate) engine: String,
    /// The collation, which tells the character set.
    pub(crate) collation: String,
}

/// What the statement creates, where all of it is understood.
pub(super) fn read(dialect: &Mysql, sql: &str) -> Option<Plain> {
    let usual = dialect.usual.as_ref()?;
    let mut cursor = Cursor::of(sql, &SPELLING)?;
    cursor.word("CREATE")?;
    let unique = cursor.take("UNIQUE");
    let plain = match !unique && cursor.take("TABLE") {
        true => Plain::Table(Box::new(table(&mut cursor, dialect.name, usual)?)),
        false => {
            cursor.word("INDEX")?;
            let name = cursor.name()?;
            cursor.word("ON")?;
            let table = QualifiedName::new(cursor.name()?);
            Plain::Index(table, Box::new(index(Some(name), unique, cursor.names()?)))
        }
    };
    cursor.at_end().then_some(plain)
}

fn index(name: Option<Identifier>, unique: bool, columns: Vec<Identifier>) -> Index {
    Index {
        name,
        unique,
        elements: columns.into_iter().map(IndexElement::column).collect(),
        ..Index::default()
    }
}

fn table(cursor: &mut Cursor<'_>, dialect: DialectName, usual: &Usual) -> Option<Table> {
    let mut table = Table::new(QualifiedName::new(cursor.name()?), Vec::new());
    cursor.list(|cursor| element(cursor, &mut table))?;
    refuse_null_in_keys(&mut table);
    let options = options(cursor, &mut table, usual)?;
    match dialect {
        DialectName::Mariadb => table.options.mariadb = options,
        _ => table.options.mysql = options,
    }
    Some(table)
}

fn element(cursor: &mut Cursor<'_>, table: &mut Table) -> Option<()> {
    let name = match cursor.take("CONSTRAINT") {
        true => Some(cursor.name()?),
        false => None,
    };
    if cursor.take("PRIMARY") {
        cursor.word("KEY")?;
        let key = PrimaryKey::new(cursor.names()?);
        table.constraints.push(Constraint::PrimaryKey(key));
    } else if cursor.take("FOREIGN") {
        cursor.word("KEY")?;
        let columns = cursor.names()?;
        table.constraints.push(Constraint::ForeignKey(ForeignKey {
            name,
            ..reference(cursor, columns)?
        }));
    } else if cursor.take("UNIQUE") {
        let _ = cursor.take("KEY") || cursor.take("INDEX");
        let name = named(cursor, name)?;
        let unique = index(name, true, cursor.names()?);
        table.indexes.push(unique);
    } else if name.is_some() || cursor.take("CHECK") {
        return None;
    } else if cursor.take("KEY") || cursor.take("INDEX") {
        let name = cursor.name()?;
        let plain = index(Some(name), false, cursor.names()?);
        table.indexes.push(plain);
    } else {
        column(cursor, table)?;
    }
    Some(())
}

/// The name of a unique constraint: before the word or behind it.
fn named(cursor: &mut Cursor<'_>, before: Option<Identifier>) -> Option<Option<Identifier>> {
    match (before, cursor.name()) {
        (Some(_), Some(_)) => None,
        (before, behind) => Some(before.or(behind)),
    }
}

fn column(cursor: &mut Cursor<'_>, table: &mut Table) -> Option<()> {
    let name = cursor.name()?;
    let mut column = Column::new(name.clone(), data_type(cursor)?);
    while !cursor.at_border() {
        if cursor.take("NOT") {
            cursor.word("NULL")?;
            column.nullable = false;
        } else if cursor.take("NULL") {
        } else if cursor.take("AUTO_INCREMENT") {
            column.autoincrement = Some(true);
        } else if cursor.take("COMMENT") {
            column.comment = Some(comment(cursor)?).filter(|text| !text.is_empty());
        } else if cursor.take("DEFAULT") {
            column.default = default(cursor)?;
        } else if cursor.take("PRIMARY") {
            cursor.word("KEY")?;
            let key = PrimaryKey::new([name.clone()]);
            table.constraints.push(Constraint::PrimaryKey(key));
        } else {
            cursor.word("UNIQUE")?;
            cursor.take("KEY");
            table.indexes.push(index(None, true, vec![name.clone()]));
        }
    }
    table.columns.push(column);
    Some(())
}

fn comment(cursor: &mut Cursor<'_>) -> Option<String> {
    let literal = cursor.literal()?;
    Some(literal.trim_matches('\'').to_owned())
}

fn default(cursor: &mut Cursor<'_>) -> Option<Option<ColumnDefault>> {
    if cursor.take("NULL") {
        return Some(None);
    }
    let text = if cursor.take("CURRENT_TIMESTAMP") {
        if cursor.open().is_some() {
            cursor.close()?;
        }
        "current_timestamp()"
    } else {
        cursor.literal().or_else(|| cursor.number())?
    };
    Some(Some(ColumnDefault::Expression(text.to_owned())))
}

/// Types of which the server makes nothing else, whatever its version and mode.
fn data_type(cursor: &mut Cursor<'_>) -> Option<DataType> {
    let name = cursor.any_word()?.to_ascii_uppercase();
    let numbers = cursor.numbers()?;
    let fits = match (name.as_str(), numbers.as_slice()) {
        ("TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "INTEGER" | "BIGINT", [] | [_])
        | ("BOOL" | "BOOLEAN" | "DATE" | "DOUBLE" | "TEXT" | "MEDIUMTEXT" | "LONGTEXT", [])
        | ("BLOB" | "MEDIUMBLOB" | "LONGBLOB", [])
        | ("DECIMAL" | "NUMERIC", [] | [_, _]) => true,
        ("CHAR", [length]) => (1..=255).contains(length),
        ("VARCHAR", [length]) => (1..=1024).contains(length),
        ("DATETIME", []) => true,
        ("DATETIME", [digits]) => (1..=6).contains(digits),
        _ => false,
    };
    fits.then_some(())?;
    let mut named = NamedType::new(name.as_str()).with_numbers(&numbers);
    if named.name == "INT" {
        named.name = "INTEGER".to_owned();
    }
    let data_type = DataType::Named(named.clone());
    if cursor.take("UNSIGNED") {
        data_type.is_integer().then_some(())?;
        named.unsigned = true;
    }
    Some(DataType::Named(named))
}

/// `REFERENCES` and what follows it.
fn reference(cursor: &mut Cursor<'_>, columns: Vec<Identifier>) -> Option<ForeignKey> {
    cursor.word("REFERENCES")?;
    let target = QualifiedName::new(cursor.name()?);
    let mut key = ForeignKey::new(columns, target, cursor.names()?);
    while cursor.take("ON") {
        let on_delete = cursor.take("DELETE");
        if !on_delete {
            cursor.word("UPDATE")?;
        }
        // What refuses has two names, of which each server shows one.
        let action = match cursor.take("CASCADE") {
            true => "CASCADE",
            false => {
                cursor.word("SET")?;
                cursor.word("NULL")?;
                "SET NULL"
            }
        };
        match on_delete {
            true => key.on_delete = Some(action.to_owned()),
            false => key.on_update = Some(action.to_owned()),
        }
    }
    Some(key)
}

/// What stands behind a table, completed by what is usual.
fn options(cursor: &mut Cursor<'_>, table: &mut Table, usual: &Usual) -> Option<Vec<MysqlOption>> {
    let mut engine = usual.engine.clone();
    let mut charset = None;
    let mut collation = None;
    while !cursor.at_end() {
        let default = cursor.take("DEFAULT");
        if !default && cursor.take("ENGINE") {
            cursor.equals();
            engine = cursor.any_word()?.to_ascii_uppercase();
        } else if !default && cursor.take("COMMENT") {
            cursor.equals();
            table.comment = Some(comment(cursor)?).filter(|text| !text.is_empty());
        } else if cursor.take("CHARSET") || cursor.take("CHARACTER") && cursor.take("SET") {
            cursor.equals();
            charset = Some(cursor.any_word()?);
        } else {
            cursor.word("COLLATE")?;
            cursor.equals();
            collation = Some(cursor.any_word()?.to_lowercase());
        }
    }
    // A character set alone has a default that depends on the server.
    let fits = |charset: &&str| {
        let own = collation.as_deref().map(charset_of);
        own.is_some_and(|own| own.eq_ignore_ascii_case(charset))
    };
    charset.as_ref().is_none_or(fits).then_some(())?;
    let collation = collation.unwrap_or_else(|| usual.collation.clone());
    let option = |name: &str, value: &str| MysqlOption {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    Some(vec![
        option("ENGINE", &engine),
        option("DEFAULT_CHARSET", charset_of(&collation)),
        option("COLLATE", &collation),
    ])
}

#[cfg(test)]
mod tests;
