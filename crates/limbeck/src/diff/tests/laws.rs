//! What holds for all schemas.

use proptest::{collection::vec, prelude::*, sample::select};

use super::{order::everything, *};
use crate::schema::{Check, ColumnDefault, ForeignKey, Unique, View};

const NAMES: [&str; 6] = ["a", "b", "c", "order", "x\"y", "B"];

fn column() -> impl Strategy<Value = Column> {
    let types = select(vec![
        DataType::Integer,
        DataType::text(),
        DataType::string(9),
        DataType::Date,
    ]);
    let defaults = select(vec![None, Some("1"), Some("now()")]);
    (select(NAMES.to_vec()), types, any::<bool>(), defaults).prop_map(
        |(name, data_type, nullable, default)| {
            let mut column = Column::new(name, data_type);
            column.nullable = nullable;
            column.default = default.map(|text| ColumnDefault::Expression(text.to_owned()));
            column
        },
    )
}

fn one_table() -> impl Strategy<Value = Table> {
    let names = || select(NAMES.to_vec());
    let parts = (names(), vec(column(), 1..5), names(), any::<[bool; 5]>());
    parts.prop_map(|(name, mut columns, target, has)| {
        columns.sort_by(|a, b| a.name.cmp(&b.name));
        columns.dedup_by(|a, b| a.name == b.name);
        let first = columns[0].name.clone();
        let mut table = Table::new(name, columns);
        let said = |suffix: &str| format!("{name}_{suffix}");
        let all = [
            Constraint::PrimaryKey(PrimaryKey::new([first.clone()])),
            Constraint::Unique(Unique::new([first.clone()]).named(said("uq"))),
            Constraint::Check(Check::new(format!("{first} > 1")).named(said("ck"))),
            Constraint::ForeignKey(
                ForeignKey::new([first.clone()], target, [first.clone()]).named(said("fk")),
            ),
        ];
        let chosen = all.into_iter().zip(has).filter(|(_, has)| *has);
        table.constraints = chosen.map(|(constraint, _)| constraint).collect();
        if has[4] {
            table.indexes = vec![Index::new(said("ix"), [first])];
        }
        table
    })
}

fn schema() -> impl Strategy<Value = Database> {
    (vec(one_table(), 0..5), vec(select(NAMES.to_vec()), 0..3)).prop_map(|(mut tables, views)| {
        tables.sort_by(|a, b| a.name.cmp(&b.name));
        tables.dedup_by(|a, b| a.name == b.name);
        let mut database = database(tables);
        for (place, name) in views.iter().enumerate() {
            let query = format!("SELECT a FROM {name}");
            database
                .views
                .push(View::new(format!("v{place}").as_str(), query));
        }
        database
    })
}

/// Everything in another order that says nothing.
fn turned(database: &Database) -> Database {
    let mut turned = database.clone();
    turned.tables.reverse();
    turned.views.reverse();
    turned.routines.reverse();
    turned.triggers.reverse();
    for table in &mut turned.tables {
        table.constraints.reverse();
        table.indexes.reverse();
    }
    turned
}

const DATABASES: [DialectName; 3] = [
    DialectName::Postgresql,
    DialectName::Sqlite,
    DialectName::Mariadb,
];

proptest! {
    #[test]
    fn nothing_leads_from_a_schema_to_itself(database in schema()) {
        for name in DATABASES {
            let found = comparison(name, &database, &turned(&database), &Decisions::default());
            prop_assert!(found.is_empty(), "{}", written(&found));
            prop_assert_eq!(found.undecided, []);
        }
    }

    #[test]
    fn the_order_of_the_input_leaves_no_trace(actual in schema(), wanted in schema()) {
        for name in DATABASES {
            let decisions = Decisions::default();
            let found = comparison(name, &actual, &wanted, &decisions);
            let again = comparison(name, &turned(&actual), &turned(&wanted), &decisions);
            prop_assert_eq!(found, again);
        }
    }

    #[test]
    fn all_tables_are_created_after_what_they_refer_to_at_once(wanted in schema()) {
        let found = comparison(
            DialectName::Postgresql,
            &Database::default(),
            &wanted,
            &Decisions::default(),
        );
        let mut made = Vec::new();
        for operation in found.operations() {
            if let crate::operation::Operation::CreateTable(create) = operation {
                made.push(create.table.name.clone());
                for constraint in &create.table.constraints {
                    if let Constraint::ForeignKey(key) = constraint {
                        prop_assert!(made.contains(&key.target), "{}", written(&found));
                    }
                }
            }
        }
        prop_assert_eq!(made.len(), wanted.tables.len());
    }
}

#[test]
fn everything_in_any_order_is_the_same() {
    let found = lines(&everything(), &turned(&everything()));
    assert_eq!(found, "");
    let nothing = Database::default();
    assert_eq!(
        lines(&nothing, &everything()),
        lines(&nothing, &turned(&everything()))
    );
}
