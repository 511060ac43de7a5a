//! Partitions and heirs: when they leave and join their parents, and what they have from them.

use super::*;
use crate::schema::{ColumnDefault, Domain, EnumType, QualifiedName};

fn log(columns: &[&str]) -> Table {
    let mut log = table("log", columns);
    log.options.postgresql.partition_by = Some("RANGE (id)".to_owned());
    log
}

fn part(name: &str, bound: &str, columns: &[&str]) -> Table {
    let mut part = table(name, columns);
    part.constraints.clear();
    part.options.postgresql.partition_of = Some(QualifiedName::new("log"));
    part.options.postgresql.partition_bound = Some(bound.to_owned());
    part
}

fn heir(parent: &str, columns: &[&str]) -> Table {
    let mut heir = table("heir", columns);
    heir.constraints.clear();
    heir.options.postgresql.inherits = vec![QualifiedName::new(parent)];
    heir
}

fn price(data_type: DataType, not_null: bool) -> Domain {
    Domain {
        name: "price".into(),
        data_type,
        collation: None,
        default: None,
        not_null,
        checks: Vec::new(),
    }
}

/// The statements on PostgreSQL that change what a table has from its parents.
fn family_statements(actual: &Database, wanted: &Database) -> String {
    let name = DialectName::Postgresql;
    let comparison = comparison(name, actual, wanted, &Decisions::default());
    let dialect = dialect(name, None);
    let statements = comparison.operations().flat_map(|operation| {
        let written = dialect.statements(operation, crate::dialect::Values::Literal);
        written.unwrap().into_iter().map(|one| one.sql)
    });
    joined(statements)
}

#[test]
fn a_new_partition_is_attached_when_its_parent_has_its_columns() {
    let actual = database(vec![log(&["old"])]);
    let same = database(vec![log(&["old"]), part("a", "DEFAULT", &["old"])]);
    insta::assert_snapshot!(lines(&actual, &same), @"create table a");
    let wanted = database(vec![log(&["new"]), part("a", "DEFAULT", &["new"])]);
    insta::assert_snapshot!(lines(&actual, &wanted), @r"
    create table a
    add column log.new
    drop column log.old
    set options of table a
    ");
}

#[test]
fn a_new_heir_is_created_when_its_parent_has_its_columns() {
    let actual = database(vec![table("parent", &["old"])]);
    let wanted = database(vec![table("parent", &["new"]), heir("parent", &["new"])]);
    insta::assert_snapshot!(lines(&actual, &wanted), @r"
    add column parent.new
    create table heir
    drop column parent.old
    ");
}

#[test]
fn partitions_make_room_before_others_are_attached() {
    let first = |bound| part("a", bound, &[]);
    let second = |bound| part("b", bound, &[]);
    let (zero, five) = ("FOR VALUES FROM (0) TO (5)", "FOR VALUES FROM (5) TO (20)");
    let (ten, rest) = (
        "FOR VALUES FROM (0) TO (10)",
        "FOR VALUES FROM (10) TO (20)",
    );
    let actual = database(vec![log(&[]), first(zero), second(five)]);
    let wanted = database(vec![log(&[]), first(ten), second(rest)]);
    insta::assert_snapshot!(family_statements(&actual, &wanted), @r"
    ALTER TABLE log DETACH PARTITION a
    ALTER TABLE log DETACH PARTITION b
    ALTER TABLE log ATTACH PARTITION a FOR VALUES FROM (0) TO (10)
    ALTER TABLE log ATTACH PARTITION b FOR VALUES FROM (10) TO (20)
    ");
    let instead = database(vec![log(&[]), part("c", five, &[]), first(zero)]);
    insta::assert_snapshot!(lines(&actual, &instead), @r"
    set options of table b
    create table c
    drop table b
    ");
}

#[test]
fn an_heir_of_another_parent_leaves_the_first_before_its_columns_change() {
    let parents = || vec![table("one", &["name"]), table("two", &["title"])];
    let of = |heir: Table| {
        let mut tables = parents();
        tables.push(heir);
        database(tables)
    };
    let actual = of(heir("one", &["name"]));
    let wanted = of(heir("two", &["title"]));
    insta::assert_snapshot!(family_statements(&actual, &wanted), @r"
    ALTER TABLE heir NO INHERIT one
    ALTER TABLE heir ADD COLUMN title TEXT
    ALTER TABLE heir DROP COLUMN name
    ALTER TABLE heir INHERIT two
    ");
}

#[test]
fn a_parent_takes_its_heirs_along_to_another_type() {
    let amount = || Column::new("amount", DataType::Defined("price".into()));
    let mood = |values: &[&str]| EnumType::new("mood", values);
    let with_both = |default: Option<&str>, values: &[&str], domain: DataType| {
        let column = |default: Option<&str>| {
            let mut column = Column::new("mood", DataType::Enum(mood(values)));
            column.default = default.map(|text| ColumnDefault::Expression(text.to_owned()));
            column
        };
        let mut parent = table("parent", &[]);
        parent
            .columns
            .extend([amount(), column(Some("'ok'::mood"))]);
        let mut heir = heir("parent", &[]);
        heir.columns.extend([amount(), column(default)]);
        Database {
            enums: vec![mood(values)],
            domains: vec![price(domain, false)],
            ..database(vec![parent, heir])
        }
    };
    let actual = with_both(None, &["sad", "ok"], DataType::Integer);
    let wanted = with_both(None, &["ok", "sad"], DataType::BigInteger);
    insta::assert_snapshot!(family_statements(&actual, &wanted), @r"
    ALTER TYPE mood RENAME TO mood_before
    CREATE TYPE mood AS ENUM ('ok', 'sad')
    ALTER TABLE parent ALTER COLUMN mood DROP DEFAULT
    ALTER TABLE parent ALTER COLUMN mood TYPE mood USING mood::text::mood
    ALTER TABLE parent ALTER COLUMN mood SET DEFAULT 'ok'::mood
    DROP TYPE mood_before
    ALTER TABLE heir ALTER COLUMN mood DROP DEFAULT
    ALTER TABLE parent ALTER COLUMN amount TYPE BIGINT
    DROP DOMAIN price
    CREATE DOMAIN price AS BIGINT
    ALTER TABLE parent ALTER COLUMN amount TYPE price
    ");
}

#[test]
fn a_table_that_is_divided_in_another_way_takes_its_partitions_along() {
    let hashed = {
        let mut log = log(&[]);
        log.options.postgresql.partition_by = Some("HASH (id)".to_owned());
        log
    };
    let hash = "FOR VALUES WITH (modulus 1, remainder 0)";
    let actual = database(vec![log(&[]), part("a", "DEFAULT", &[])]);
    let wanted = database(vec![hashed, part("a", hash, &[])]);
    insta::assert_snapshot!(lines(&actual, &wanted), @r"
    rename table log to log_before
    rename table a to a_before
    drop primary key log_pkey of log_before
    create table log
    create table a
    drop table a_before
    drop table log_before
    ");
}

#[test]
fn a_column_that_goes_does_not_have_to_keep_to_a_new_rule_of_its_domain() {
    let item = |gone: bool| {
        let mut item = table("item", &[]);
        let price = || DataType::Defined("price".into());
        item.columns.push(Column::new("stays", price()));
        item.columns
            .extend(gone.then(|| Column::new("goes", price())));
        item
    };
    let of = |item: Table, not_null: bool| Database {
        domains: vec![price(DataType::Integer, not_null)],
        ..database(vec![item])
    };
    insta::assert_snapshot!(lines(&of(item(false), false), &of(item(false), true)), @"alter domain price");
    insta::assert_snapshot!(lines(&of(item(true), false), &of(item(false), true)), @r"
    drop column item.goes
    alter domain price
    ");
}

#[test]
fn an_heir_that_goes_leaves_a_table_that_gets_an_identity() {
    let mut counted = table("parent", &[]);
    let identity = ColumnDefault::Identity(Default::default());
    counted
        .columns
        .push(integer("counted").not_null().with_default(identity));
    let actual = database(vec![table("parent", &[]), heir("parent", &[])]);
    insta::assert_snapshot!(lines(&actual, &database(vec![counted])), @r"
    set options of table heir
    add column parent.counted
    drop table heir
    ");
}

#[test]
fn an_heir_that_has_left_its_parent_changes_its_own_columns() {
    let amount = || Column::new("amount", DataType::Defined("price".into()));
    let of = |parent: &str, data_type: DataType| {
        let mut tables = vec![table("one", &[]), table("two", &[]), heir(parent, &[])];
        tables
            .iter_mut()
            .for_each(|table| table.columns.push(amount()));
        Database {
            domains: vec![price(data_type, false)],
            ..database(tables)
        }
    };
    let (actual, wanted) = (
        of("one", DataType::Integer),
        of("two", DataType::BigInteger),
    );
    insta::assert_snapshot!(family_statements(&actual, &wanted), @r"
    ALTER TABLE heir NO INHERIT one
    ALTER TABLE heir ALTER COLUMN amount TYPE BIGINT
    ALTER TABLE one ALTER COLUMN amount TYPE BIGINT
    ALTER TABLE two ALTER COLUMN amount TYPE BIGINT
    DROP DOMAIN price
    CREATE DOMAIN price AS BIGINT
    ALTER TABLE heir ALTER COLUMN amount TYPE price
    ALTER TABLE one ALTER COLUMN amount TYPE price
    ALTER TABLE two ALTER COLUMN amount TYPE price
    ALTER TABLE heir INHERIT two
    ");
}
