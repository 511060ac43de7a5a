//! What comes before what.

use super::*;
use crate::schema::{
    Check, ColumnDefault, Domain, EnumType, ForeignKey, Routine, RoutineKind, Sequence,
    SequenceOptions, Trigger, View,
};

fn refers(name: &str, targets: &[&str]) -> Table {
    let mut one = table(name, &[]);
    for target in targets {
        one.constraints.push(Constraint::ForeignKey(
            ForeignKey::new(["id"], *target, ["id"]).named(format!("fk_{name}_{target}")),
        ));
    }
    one
}

#[test]
fn targets_come_first_and_circles_are_closed_afterwards() {
    let wanted = database(vec![
        refers("a", &["c"]),
        refers("b", &["a"]),
        refers("c", &["b", "c"]),
        refers("d", &["a"]),
        table("e", &[]),
    ]);
    let nothing = Database::default();
    insta::assert_snapshot!(lines(&nothing, &wanted), @r"
    create table e
    create table a
    create table b
    create table c
    create table d
    add foreign key fk_a_c to a
    ");
    insta::assert_snapshot!(lines(&wanted, &nothing), @r"
    drop foreign key fk_a_c of a
    drop table d
    drop table c
    drop table b
    drop table a
    drop table e
    ");
    // No constraint is ever added to a table, so all are there from the start.
    insta::assert_snapshot!(lines_on(DialectName::Sqlite, &nothing, &wanted), @r"
    create table e
    create table a
    create table b
    create table c
    create table d
    ");
}

#[test]
fn a_foreign_key_waits_for_the_key_it_refers_to() {
    let actual = database(vec![table("parent", &["code"])]);
    let wanted = with(&actual, |database| {
        database.tables[0].indexes = vec![index("uq", &["code"]).unique()];
        let mut child = refers("child", &["parent"]);
        child.columns.push(text("code"));
        child.constraints.push(Constraint::ForeignKey(
            ForeignKey::new(["code"], "parent", ["code"]).named("fk_code"),
        ));
        database.tables.push(child);
    });
    insta::assert_snapshot!(lines(&actual, &wanted), @r"
    create table child
    create unique index uq on parent
    add foreign key fk_code to child
    ");
}

fn function(name: &str, body: &str) -> Routine {
    Routine {
        kind: RoutineKind::Function,
        name: name.into(),
        signature: Some(String::new()),
        definition: format!("CREATE OR REPLACE FUNCTION {name}()\n RETURNS integer\n AS '{body}'"),
    }
}

/// One of everything, each using others.
pub(super) fn everything() -> Database {
    let mut item = table("item", &["name"]);
    let expression = |text: &str| Some(ColumnDefault::Expression(text.to_owned()));
    let mut state = Column::new(
        "state",
        DataType::Enum(EnumType {
            create_type: false,
            ..EnumType::new("state", &["new", "old"])
        }),
    );
    state.default = expression("'new'::state");
    let mut code = Column::new("code", DataType::Defined("code".into()));
    code.default = expression("next_code()");
    let mut number = integer("number");
    number.default = expression("nextval('numbers'::regclass)");
    item.columns.extend([state, code, number]);
    item.constraints.push(Constraint::Check(
        Check::new("length(name) < longest()").named("short"),
    ));
    item.indexes.push(index("by_name", &["name"]));
    item.options.postgresql.row_security = true;
    let mut numbers = Sequence {
        name: "numbers".into(),
        data_type: None,
        options: SequenceOptions::default(),
        owned_by: Some(("item".into(), "number".into())),
    };
    numbers.options.increment = Some(2);
    Database {
        enums: vec![EnumType::new("state", &["new", "old"])],
        domains: vec![Domain {
            name: "code".into(),
            data_type: DataType::Integer,
            collation: None,
            default: None,
            not_null: false,
            checks: vec![Check::new("VALUE < longest()").named("small")],
        }],
        sequences: vec![numbers],
        tables: vec![item],
        views: vec![
            View::new("all_names", "SELECT name FROM named"),
            View::new("named", "SELECT id, name FROM item"),
        ],
        routines: vec![
            function("count_names", "SELECT count(*) FROM all_names"),
            function("longest", "SELECT 10"),
            function("next_code", "SELECT longest()"),
            function("touch", "BEGIN END"),
        ],
        triggers: vec![Trigger {
            name: "touched".into(),
            table: "item".into(),
            definition:
                "CREATE TRIGGER touched AFTER UPDATE OF name ON item EXECUTE FUNCTION touch()"
                    .to_owned(),
        }],
        policies: vec![crate::schema::Policy {
            name: "own".into(),
            table: "item".into(),
            restrictive: false,
            command: crate::schema::PolicyCommand::All,
            roles: Vec::new(),
            using: Some("id > 0".to_owned()),
            with_check: None,
        }],
        ..Database::default()
    }
}

#[test]
fn everything_is_built_and_torn_down_in_order() {
    let nothing = Database::default();
    insta::assert_snapshot!(lines(&nothing, &everything()), @r"
    create enum state
    create sequence numbers
    create function longest
    create domain code
    create function next_code
    create table item
    alter sequence numbers
    create function count_names
    create function touch
    create view named
    create view all_names
    create trigger touched on item
    set row security of item
    create policy own on item
    ");
    insta::assert_snapshot!(lines(&everything(), &nothing), @r"
    drop view all_names
    drop view named
    drop table item
    drop domain code
    drop function touch
    drop function next_code
    drop function longest
    drop function count_names
    drop enum state
    ");
}

#[test]
fn what_uses_a_column_makes_room_for_its_change() {
    let wanted = with(&everything(), |database| {
        database.tables[0].columns[1].data_type = DataType::string(10);
    });
    insta::assert_snapshot!(lines(&everything(), &wanted), @r"
    drop trigger touched on item
    drop view all_names
    drop view named
    alter column item.name: type
    create view named
    create view all_names
    create trigger touched on item
    ");
    let of_another = with(&everything(), |database| {
        database.tables[0].columns[0].data_type = DataType::BigInteger;
    });
    insta::assert_snapshot!(lines(&everything(), &of_another), @r"
    drop policy own on item
    drop view all_names
    drop view named
    alter column item.id: type
    create view named
    create view all_names
    create policy own on item
    ");
}
