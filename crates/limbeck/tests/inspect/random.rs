//! Random schemas: what was read from one database, built on another, reads the same.

use limbeck::{
    dialect::DialectName,
    migrate::Session,
    schema::{
        ArrayType, Check, Column, ColumnDefault, Constraint, DataType, Database, EnumType,
        ForeignKey, Index, IndexElement, NamedType, PrimaryKey, SortOrder, Table, Unique,
    },
};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};

use crate::{
    build::{build, reads_the_same, run},
    mariadb, postgres, sqlite,
};

const NAMES: [&str; 8] = ["a", "B c", "order", "x\"y", "ünï", "select", "it's", "z_9"];

/// A column: its type's and its default's number, whether it takes NULL.
type ColumnDraft = (u8, u8, bool);

/// A table: its columns, the length of its key, whether it has a unique constraint, a check, an index in descending
/// order, and a reference to the table before it.
type TableDraft = (Vec<ColumnDraft>, u8, bool, bool, bool, bool);

fn tables() -> impl Strategy<Value = Vec<TableDraft>> {
    let column = (any::<u8>(), any::<u8>(), any::<bool>());
    let table = (
        vec(column, 1..NAMES.len()),
        0..3u8,
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    );
    vec(table, 1..4)
}

fn data_type(dialect: DialectName, number: u8) -> DataType {
    let mut types = vec![
        DataType::Integer,
        DataType::BigInteger,
        DataType::SmallInteger,
        DataType::Boolean,
        DataType::string(40),
        DataType::Named(NamedType::new("CHAR").with_numbers(&[3])),
        DataType::Numeric {
            precision: Some(10),
            scale: Some(2),
        },
        DataType::Double { precision: None },
        DataType::Date,
        DataType::DateTime { time_zone: false },
        DataType::Time { time_zone: false },
        DataType::Json,
    ];
    match dialect {
        DialectName::Postgresql => types.extend([
            DataType::DateTime { time_zone: true },
            DataType::Uuid { native: true },
            DataType::named("INT4RANGE"),
            DataType::Enum(EnumType {
                create_type: false,
                ..EnumType::new("mood", &["sad", "it's"])
            }),
            DataType::Array(ArrayType {
                item: Box::new(DataType::text()),
                dimensions: Some(2),
            }),
        ]),
        DialectName::Mariadb => types.extend([
            DataType::named("MEDIUMINT"),
            DataType::named("YEAR"),
            DataType::Enum(EnumType {
                name: None,
                ..EnumType::new("", &["sad", "it's"])
            }),
        ]),
        _ => types.push(DataType::text()),
    }
    let place = usize::from(number) % types.len();
    types.swap_remove(place)
}

fn default(data_type: &DataType, number: u8) -> Option<ColumnDefault> {
    let text = match (data_type, number % 3) {
        (_, 0) => return None,
        (DataType::Integer | DataType::BigInteger | DataType::SmallInteger, 1) => "-7",
        (DataType::Integer | DataType::BigInteger | DataType::SmallInteger, _) => "42",
        (DataType::String { .. }, 1) => "'it''s'",
        (DataType::String { .. }, _) => "''",
        (DataType::Numeric { .. }, _) => "0.50",
        (DataType::DateTime { time_zone: false }, _) => "CURRENT_TIMESTAMP",
        _ => return None,
    };
    Some(ColumnDefault::Expression(text.to_owned()))
}

fn table(dialect: DialectName, place: usize, draft: &TableDraft) -> Table {
    let (drafts, key, unique, check, index, refers) = draft;
    let columns: Vec<Column> = drafts
        .iter()
        .zip(NAMES)
        .map(|((kind, value, nullable), name)| {
            let data_type = data_type(dialect, *kind);
            let mut column = Column::new(name, data_type.clone());
            column.default = default(&data_type, *value);
            column.nullable = *nullable;
            column
        })
        .collect();
    let name = format!("t{place} {}", NAMES.get(place).unwrap());
    let mut table = Table::new(name.as_str(), columns);
    let keyable = |column: &Column| {
        let json = matches!(column.data_type, DataType::Json | DataType::Text { .. });
        !json
    };
    let keys: Vec<&str> = table
        .columns
        .iter()
        .zip(NAMES)
        .filter(|(column, _)| keyable(column))
        .map(|(_, name)| name)
        .collect();
    // Every table has a column of its own to be referred to.
    let mut number = Column::new("number", DataType::Integer).not_null();
    number.autoincrement = Some(false);
    table.columns.push(number);
    table.constraints.push(Constraint::Unique(
        Unique::new(["number"]).named(format!("uq_number_{place}")),
    ));
    let key: Vec<&str> = keys.iter().copied().take(usize::from(*key)).collect();
    if !key.is_empty() {
        for column in &mut table.columns {
            if key.contains(&column.name.as_str()) {
                column.nullable = false;
                let counts = key.len() == 1 && place % 2 == 1 && column.data_type.is_integer();
                if !counts {
                    column.autoincrement = Some(false);
                }
            }
        }
        let constraint = PrimaryKey::new(key).named(format!("pk_{place}"));
        table.constraints.push(Constraint::PrimaryKey(constraint));
    }
    if *unique && !keys.is_empty() {
        let constraint = Unique::new(keys.iter().copied().take(2)).named(format!("uq_{place}"));
        table.constraints.push(Constraint::Unique(constraint));
    }
    if *check {
        let constraint = Check::new("number > 0 AND number <> 7").named(format!("ck_{place}"));
        table.constraints.push(Constraint::Check(constraint));
    }
    if *refers {
        let to = place.saturating_sub(1);
        let target = format!("t{to} {}", NAMES.get(to).unwrap());
        let constraint = ForeignKey::new(["number"], target.as_str(), ["number"])
            .named(format!("fk_{place}"))
            .on_delete("CASCADE");
        table.constraints.push(Constraint::ForeignKey(constraint));
    }
    if *index && let Some(first) = keys.first() {
        let mut index = Index::new(format!("ix {place}"), ["number", first]);
        if let Some(IndexElement { order, .. }) = index.elements.first_mut() {
            *order = Some(SortOrder::Descending);
        }
        table.indexes.push(index);
    }
    table
}

fn schema(dialect: DialectName, drafts: &[TableDraft]) -> Database {
    let tables = drafts.iter().enumerate();
    let tables = tables.map(|(place, draft)| table(dialect, place, draft));
    Database {
        enums: match dialect {
            DialectName::Postgresql => vec![EnumType::new("mood", &["sad", "it's"])],
            _ => Vec::new(),
        },
        tables: tables.collect(),
        ..Database::default()
    }
}

/// Runs the law for random schemas; `empty` gives two databases without anything in them.
fn law<'s, F>(dialect: DialectName, cases: u32, empty: F)
where
    F: AsyncFn() -> (Session<'s>, Session<'s>),
{
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&tables(), |drafts| {
            runtime.block_on(async {
                let (mut full, mut other) = empty().await;
                build(&mut full, &schema(dialect, &drafts)).await;
                let read = reads_the_same(&mut full, &mut other).await;
                prop_assert_eq!(read.tables.len(), drafts.len());
                Ok(())
            })
        })
        .unwrap();
}

#[test]
fn random_sqlite_schemas_read_the_same() {
    law(DialectName::Sqlite, 200, async || {
        (sqlite::memory().await, sqlite::memory().await)
    });
}

#[test]
fn random_postgresql_schemas_read_the_same() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let found = runtime.block_on(async {
        (
            limbeck_testing::postgres().await,
            limbeck_testing::postgres().await,
        )
    });
    let (Some(first), Some(second)) = found else {
        return;
    };
    law(DialectName::Postgresql, 40, async || {
        let mut sessions = (
            postgres::session(&first).await,
            postgres::session(&second).await,
        );
        for session in [&mut sessions.0, &mut sessions.1] {
            run(
                session,
                &["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"],
            )
            .await;
        }
        sessions
    });
}

#[test]
fn random_mariadb_schemas_read_the_same() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let found = runtime.block_on(async {
        (
            limbeck_testing::mariadb().await,
            limbeck_testing::mariadb().await,
        )
    });
    let (Some(first), Some(second)) = found else {
        return;
    };
    law(DialectName::Mariadb, 40, async || {
        let mut sessions = (
            mariadb::session(&first).await,
            mariadb::session(&second).await,
        );
        for (session, name) in [
            (&mut sessions.0, &first.name),
            (&mut sessions.1, &second.name),
        ] {
            let drop = format!("DROP DATABASE {name}");
            let create = format!("CREATE DATABASE {name}");
            run(session, &[&drop, &create, &format!("USE {name}")]).await;
        }
        sessions
    });
}
