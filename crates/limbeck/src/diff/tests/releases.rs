//! What lets go of a routine that is replaced by one of another type, and takes hold of the new one.

use super::*;
use crate::schema::{Check, ColumnDefault, Computed, Domain, Routine, RoutineKind};

fn twice(data_type: &str) -> Routine {
    Routine {
        kind: RoutineKind::Function,
        name: "twice".into(),
        signature: Some("n integer".to_owned()),
        definition: format!(
            "CREATE OR REPLACE FUNCTION public.twice(n integer)\n RETURNS {data_type}\n LANGUAGE sql"
        ),
    }
}

fn item(column: &str, default: ColumnDefault) -> Table {
    let mut item = table("item", &[]);
    item.columns.push(integer(column).with_default(default));
    item
}

fn computed() -> Table {
    let twice = Computed {
        expression: "twice(id)".to_owned(),
        persisted: Some(true),
    };
    item("double", ColumnDefault::Computed(twice))
}

fn with_default() -> Table {
    item("number", ColumnDefault::Expression("twice(21)".to_owned()))
}

/// From the function of integers to that of big ones.
fn changed(before: Database, after: Database) -> String {
    let with_twice = |database: Database, data_type: &str| Database {
        routines: vec![twice(data_type)],
        ..database
    };
    lines(&with_twice(before, "integer"), &with_twice(after, "bigint"))
}

#[test]
fn a_computed_column_is_recreated() {
    let mut indexed = computed();
    indexed.indexes.push(index("by_double", &["double"]));
    insta::assert_snapshot!(changed(database(vec![indexed.clone()]), database(vec![indexed])), @r"
    drop index by_double
    drop column item.double
    drop function twice
    create function twice
    add column item.double
    create index by_double on item
    ");
    insta::assert_snapshot!(changed(database(vec![computed()]), Database::default()), @r"
    drop column item.double
    drop function twice
    drop table item
    create function twice
    ");
}

#[test]
fn a_default_is_dropped_and_set_again() {
    let same = changed(
        database(vec![with_default()]),
        database(vec![with_default()]),
    );
    insta::assert_snapshot!(same, @r"
    alter column item.number: default
    drop function twice
    create function twice
    alter column item.number: default
    ");
    let mut other = with_default();
    other.columns[1].default = Some(ColumnDefault::Expression("7".to_owned()));
    let changed = changed(database(vec![with_default()]), database(vec![other]));
    insta::assert_snapshot!(changed, @r"
    alter column item.number: default
    drop function twice
    alter column item.number: default
    create function twice
    ");
}

#[test]
fn a_domain_is_without_its_rule_meanwhile() {
    let of = |condition: Option<&str>| Database {
        domains: vec![Domain {
            name: "price".into(),
            data_type: DataType::Integer,
            collation: None,
            default: None,
            not_null: false,
            checks: Vec::from_iter(condition.map(Check::new)),
        }],
        ..Database::default()
    };
    insta::assert_snapshot!(changed(of(Some("twice(VALUE) > 0")), of(Some("twice(VALUE) > 0"))), @r"
    alter domain price
    drop function twice
    create function twice
    alter domain price
    ");
    insta::assert_snapshot!(changed(of(None), of(Some("twice(VALUE) > 0"))), @r"
    drop function twice
    create function twice
    alter domain price
    ");
    insta::assert_snapshot!(changed(of(Some("twice(VALUE) > 0")), Database::default()), @r"
    alter domain price
    drop function twice
    drop domain price
    create function twice
    ");
}
