//! A schema of many tables in two forms: as it is, and as its model wants it, with one table in a hundred changed.

use std::fmt::Write;

/// A database that the schema is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Sqlite,
    Postgresql,
    Mariadb,
}

impl Target {
    /// The name in headings.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Target::Sqlite => "SQLite",
            Target::Postgresql => "PostgreSQL",
            Target::Mariadb => "MariaDB",
        }
    }

    /// The words in which the databases differ: a numbered key, a moment.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Target::Sqlite => ("INTEGER NOT NULL", "DATETIME"),
            Target::Postgresql => ("SERIAL NOT NULL", "TIMESTAMP WITHOUT TIME ZONE"),
            Target::Mariadb => ("INTEGER NOT NULL AUTO_INCREMENT", "DATETIME"),
        }
    }
}

/// What the model changes in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    NewColumn,
    LongerText,
    NewIndex,
    Required,
}

fn change(number: usize) -> Option<Change> {
    let kinds = [
        Change::NewColumn,
        Change::LongerText,
        Change::NewIndex,
        Change::Required,
    ];
    (number % 100 == 50)
        .then(|| kinds.get(number / 100 % kinds.len()).copied())
        .flatten()
}

/// The statements of each table: `CREATE TABLE` with ten columns, a primary key, a unique constraint and a foreign key to an
/// earlier table (the first one to itself), and two indexes.
pub(crate) fn statements(target: Target, tables: usize, wanted: bool) -> Vec<String> {
    let (key, moment) = target.words();
    let mut statements = Vec::with_capacity(tables * 3);
    for number in 0..tables {
        let change = change(number).filter(|_| wanted);
        let name = name(number);
        let length = text_length(change);
        let required = match change {
            Some(Change::Required) => " NOT NULL",
            _ => "",
        };
        let extra = match change {
            Some(Change::NewColumn) => "    extra VARCHAR(30),\n",
            _ => "",
        };
        statements.push(format!(
            "CREATE TABLE {name} (\n    id {key},\n    parent_id INTEGER,\n    name VARCHAR({length}) NOT NULL,\n    \
             code VARCHAR(20) NOT NULL,\n    price NUMERIC(10, 2) DEFAULT 0 NOT NULL,\n    amount BIGINT{required},\n    \
             active BOOLEAN DEFAULT true NOT NULL,\n    made {moment} DEFAULT CURRENT_TIMESTAMP NOT NULL,\n    \
             weight FLOAT,\n    note TEXT,\n{extra}    CONSTRAINT pk_{name} PRIMARY KEY (id),\n    \
             CONSTRAINT uq_{name}_code UNIQUE (code),\n    \
             CONSTRAINT fk_{name}_parent FOREIGN KEY (parent_id) REFERENCES {} (id)\n)",
            self::name(number / 2)
        ));
        let mut index = |kind: &str, columns: &str| {
            statements.push(format!(
                "CREATE INDEX ix_{name}_{kind} ON {name} ({columns})"
            ));
        };
        index("name", "name");
        index("made", "made, amount");
        if change == Some(Change::NewIndex) {
            index("weight", "weight");
        }
    }
    statements
}

/// The wanted schema as models of SQLAlchemy.
pub(crate) fn models(tables: usize) -> String {
    let mut text = String::from(MODELS);
    for number in 0..tables {
        let change = change(number);
        let name = name(number);
        let required = match change {
            Some(Change::Required) => ", nullable=False",
            _ => "",
        };
        let _ = write!(
            text,
            "\n\nclass Table{number}(Base):\n    __tablename__ = '{name}'\n    id = Column(Integer, nullable=False)\n    \
             parent_id = Column(Integer)\n    name = Column(String({length}), nullable=False)\n    \
             code = Column(String(20), nullable=False)\n    \
             price = Column(Numeric(10, 2), server_default=text('0'), nullable=False)\n    \
             amount = Column(BigInteger{required})\n    \
             active = Column(Boolean, server_default=text('true'), nullable=False)\n    \
             made = Column(DateTime, server_default=text('CURRENT_TIMESTAMP'), nullable=False)\n    \
             weight = Column(Float)\n    note = Column(Text)\n",
            length = text_length(change),
        );
        if change == Some(Change::NewColumn) {
            text.push_str("    extra = Column(String(30))\n");
        }
        let _ = write!(
            text,
            "    __table_args__ = (\n        PrimaryKeyConstraint('id', name='pk_{name}'),\n        \
             UniqueConstraint('code', name='uq_{name}_code'),\n        \
             ForeignKeyConstraint(['parent_id'], ['{}.id'], name='fk_{name}_parent'),\n        \
             Index('ix_{name}_name', 'name'),\n        Index('ix_{name}_made', 'made', 'amount'),\n",
            self::name(number / 2)
        );
        if change == Some(Change::NewIndex) {
            let _ = writeln!(text, "        Index('ix_{name}_weight', 'weight'),");
        }
        text.push_str("    )\n");
    }
    text
}

fn name(number: usize) -> String {
    format!("table_{number:05}")
}

fn text_length(change: Option<Change>) -> usize {
    match change {
        Some(Change::LongerText) => 120,
        _ => 80,
    }
}

const MODELS: &str = "\
from sqlalchemy import (
    BigInteger, Boolean, Column, DateTime, Float, ForeignKeyConstraint, Index, Integer, Numeric, PrimaryKeyConstraint, String,
    Text, UniqueConstraint, text,
)
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass
";
