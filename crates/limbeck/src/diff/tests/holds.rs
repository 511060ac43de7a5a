//! What holds on to something that goes, and has to go before it.

use super::*;
use crate::schema::{
    Check, ConstraintKind, EnumType, ForeignKey, Identifier, PostgresqlTable, PrimaryKey,
    QualifiedName, Routine, RoutineKind, Unique, View,
};

fn function(name: &str, signature: &str, rest: &str) -> Routine {
    Routine {
        kind: RoutineKind::Function,
        name: name.into(),
        signature: Some(signature.to_owned()),
        definition: format!("CREATE OR REPLACE FUNCTION public.{name}({signature})\n {rest}"),
    }
}

fn checked(name: &str, condition: &str) -> Table {
    let check = Check::new(condition).named(format!("{name}_check"));
    table(name, &[]).with_constraint(Constraint::Check(check))
}

#[test]
fn a_function_goes_before_the_table_it_is_made_of() {
    let tally = function(
        "tally",
        "",
        "RETURNS bigint\n RETURN (SELECT count(*) FROM item)",
    );
    let actual = Database {
        routines: vec![tally],
        ..database(vec![table("item", &[])])
    };
    insta::assert_snapshot!(lines(&actual, &Database::default()), @r"
    drop function tally
    drop table item
    ");
    let other = with(&actual, |database| {
        database.tables = vec![table("thing", &[])];
        database.routines = vec![function(
            "tally",
            "",
            "RETURNS bigint\n RETURN (SELECT count(*) FROM thing)",
        )];
    });
    insta::assert_snapshot!(lines(&actual, &other), @r"
    drop function tally
    create table thing
    drop table item
    create function tally
    ");
}

#[test]
fn what_uses_a_function_of_a_replaced_type_makes_room_too() {
    let actual = Database {
        enums: vec![EnumType::new("mood", &["sad", "ok"])],
        routines: vec![function(
            "is_fine",
            "m mood",
            "RETURNS boolean\n LANGUAGE sql\nAS $function$ SELECT true $function$",
        )],
        views: vec![View::new("fine", "SELECT is_fine('ok') AS yes")],
        ..database(vec![checked("item", "is_fine(NULL)")])
    };
    let wanted = with(&actual, |database| {
        database.enums = vec![EnumType::new("mood", &["ok", "sad"])];
    });
    insta::assert_snapshot!(lines(&actual, &wanted), @r"
    drop view fine
    drop check constraint item_check of item
    drop function is_fine
    change enum mood to (ok, sad)
    create function is_fine
    add check constraint item_check to item
    create view fine
    ");
    let without = with(&wanted, |database| {
        database.routines.clear();
        database.views.clear();
        database.tables = vec![table("item", &[])];
    });
    insta::assert_snapshot!(lines(&actual, &without), @r"
    drop view fine
    drop check constraint item_check of item
    drop function is_fine
    change enum mood to (ok, sad)
    ");
}

#[test]
fn another_function_of_the_same_name_is_only_in_the_way_with_the_same_arguments() {
    let twice = |signature: &str| {
        function(
            "twice",
            signature,
            "RETURNS integer\n LANGUAGE sql\nAS $$ SELECT 2 $$",
        )
    };
    let actual = Database {
        routines: vec![twice("n integer")],
        ..database(vec![checked("item", "twice(id) > 0")])
    };
    let replaced = |signature: &str| {
        lines(
            &actual,
            &Database {
                routines: vec![twice(signature)],
                ..Database::default()
            },
        )
    };
    insta::assert_snapshot!(replaced("n text"), @r"
    drop table item
    drop function twice
    create function twice
    ");
    insta::assert_snapshot!(replaced("number integer"), @r"
    drop function twice
    drop table item
    create function twice
    ");
}

#[test]
fn a_check_that_an_heir_has_from_its_parent_goes_with_that() {
    let heir = |parent: &str| {
        let mut heir = checked("heir", "id > 0");
        heir.constraints
            .retain(|one| one.kind() == ConstraintKind::Check);
        heir.options.postgresql = PostgresqlTable {
            inherits: vec![QualifiedName::new(parent)],
            ..PostgresqlTable::default()
        };
        heir
    };
    let check = |condition: &str| {
        let mut parent = checked("parent", condition);
        parent.constraints = vec![Constraint::Check(Check::new(condition).named("heir_check"))];
        parent
    };
    let actual = database(vec![check("id > 0"), heir("parent")]);
    let wanted = database(vec![check("id > 1")]);
    insta::assert_snapshot!(lines(&actual, &wanted), @r"
    drop check constraint heir_check of parent
    add check constraint heir_check to parent
    drop table heir
    ");
}

#[test]
fn storage_by_the_key_only_lasts_as_long_as_a_key() {
    let keyed = |column: &str| {
        let mut one = Table::new("t", vec![integer("a").not_null(), integer("b").not_null()]);
        one.constraints = vec![Constraint::PrimaryKey(
            PrimaryKey::new([column]).named("pk"),
        )];
        one.options.sqlite.without_rowid = true;
        database(vec![one])
    };
    let plain = with(&keyed("a"), |database| {
        database.tables[0].constraints.clear();
        database.tables[0].options.sqlite.without_rowid = false;
    });
    let on = |from: &Database, to: &Database| lines_on(DialectName::Sqlite, from, to);
    insta::assert_snapshot!(on(&keyed("a"), &plain), @r"
    set options of table t
    drop primary key pk of t
    ");
    insta::assert_snapshot!(on(&plain, &keyed("a")), @r"
    add primary key pk to t
    set options of table t
    ");
    insta::assert_snapshot!(on(&keyed("a"), &keyed("b")), @r"
    set options of table t
    drop primary key pk of t
    add primary key pk to t
    set options of table t
    ");
}

#[test]
fn a_policy_goes_before_another_table_that_it_asks() {
    let policy = crate::schema::Policy {
        name: "members".into(),
        table: "item".into(),
        restrictive: false,
        command: crate::schema::PolicyCommand::All,
        roles: Vec::new(),
        using: Some("EXISTS (SELECT 1 FROM a_member WHERE a_member.id = item.id)".to_owned()),
        with_check: None,
    };
    let actual = Database {
        policies: vec![policy],
        ..database(vec![table("a_member", &[]), table("item", &[])])
    };
    insta::assert_snapshot!(lines(&actual, &Database::default()), @r"
    drop policy members on item
    drop table item
    drop table a_member
    ");
}

#[test]
fn an_heir_does_not_say_what_it_has_from_its_parent() {
    let parent = table("parent", &["name"]);
    let mut heir = Table::new("heir", parent.columns.clone());
    heir.columns.push(text("own"));
    heir.options.postgresql.inherits = vec![QualifiedName::new("parent")];
    let built = comparison(
        DialectName::Postgresql,
        &Database::default(),
        &database(vec![heir, parent]),
        &Decisions::default(),
    );
    let dialect = dialect(DialectName::Postgresql, None);
    let statements = built.operations().flat_map(|operation| {
        let written = dialect.statements(operation, crate::dialect::Values::Literal);
        written.unwrap().into_iter().map(|one| one.sql)
    });
    insta::assert_snapshot!(joined(statements), @r"
    CREATE TABLE parent (
        id SERIAL NOT NULL,
        name TEXT,
        CONSTRAINT parent_pkey PRIMARY KEY (id)
    )
    CREATE TABLE heir (
        own TEXT
    ) INHERITS (parent)
    ");
}

#[test]
fn an_index_of_a_table_that_goes_makes_room_for_another_type() {
    let mut item = table("item", &[]);
    let mood = EnumType::new("mood", &["sad", "ok"]);
    item.columns
        .push(Column::new("mood", DataType::Enum(mood.clone())));
    let mut sad = index("sad", &["id"]);
    sad.predicate = Some("mood = 'sad'::mood".to_owned());
    item.indexes.push(sad);
    let actual = Database {
        enums: vec![mood],
        ..database(vec![item])
    };
    let wanted = Database {
        enums: vec![EnumType::new("mood", &["ok", "sad"])],
        ..Database::default()
    };
    insta::assert_snapshot!(lines(&actual, &wanted), @r"
    drop index sad
    alter column item.mood: type
    change enum mood to (ok, sad)
    drop table item
    ");
}

#[test]
fn a_column_has_its_new_name_in_heirs_too() {
    let named = |column: &str| {
        let mut heir = Table::new("heir", vec![text(column), text("own")]);
        heir.options.postgresql.inherits = vec![QualifiedName::new("parent")];
        database(vec![heir, Table::new("parent", vec![text(column)])])
    };
    let decisions = Decisions {
        renames: vec!["parent.old:new".parse().unwrap()],
        ..Decisions::default()
    };
    let name = DialectName::Postgresql;
    let renamed = comparison(name, &named("old"), &named("new"), &decisions);
    insta::assert_snapshot!(written(&renamed), @"alter column parent.old: name to new");
}

#[test]
fn a_key_waits_for_the_unique_constraint_it_refers_to() {
    let columns = || vec![Identifier::new("number")];
    let refers = |name: &str, target: &str| {
        Constraint::ForeignKey(ForeignKey::new(["refers"], target, columns()).named(name))
    };
    let mut key = PrimaryKey::new(columns()).named("pk");
    key.deferral.deferrable = Some(true);
    let mut item = table("item", &["number", "refers"]);
    item.constraints = vec![
        Constraint::PrimaryKey(key),
        Constraint::Unique(Unique::new(columns()).named("uq")),
        refers("own", "item"),
    ];
    let other = table("other", &["refers"]).with_constraint(refers("fk", "item"));
    insta::assert_snapshot!(lines(&Database::default(), &database(vec![item, other])), @r"
    create table item
    create table other
    add unique constraint uq to item
    add foreign key own to item
    add foreign key fk to other
    ");
}
