//! Constraints and indexes.

use super::*;
use crate::schema::{Check, ForeignKey, SortOrder, Unique};

fn constraint(name: &str, condition: &str) -> Constraint {
    Constraint::Check(Check::new(condition).named(name))
}

fn on_t(constraints: Vec<Constraint>, indexes: Vec<Index>) -> Database {
    let mut one = table("t", &["a", "b"]);
    one.constraints.extend(constraints);
    one.indexes = indexes;
    database(vec![one])
}

#[test]
fn constraints_are_told_apart_by_name_and_then_by_what_they_are() {
    let actual = on_t(
        vec![
            constraint("stays", "a > ''"),
            constraint("changes", "b > ''"),
            constraint("old name", "a < 'z'"),
            Constraint::Unique(Unique::new(["a"]).named("goes")),
        ],
        Vec::new(),
    );
    let wanted = on_t(
        vec![
            constraint("new name", "a < 'z'"),
            constraint("stays", "a > ''"),
            constraint("changes", "b > 'b'"),
            Constraint::Unique(Unique::new(["b"]).named("comes")),
        ],
        Vec::new(),
    );
    let found = comparison(
        DialectName::Postgresql,
        &actual,
        &wanted,
        &Decisions::default(),
    );
    insta::assert_snapshot!(written(&found), @r"
    drop check constraint changes of t
    drop unique constraint goes of t
    rename constraint old name of t to new name
    add unique constraint comes to t
    add check constraint changes to t
    ");
    insta::assert_snapshot!(joined(found.detected()), @r"
    Detected removed unique constraint 'goes' on 't'
    Detected renamed check constraint 'old name' on table 't' to 'new name'
    Detected added unique constraint 'comes' on '('b',)'
    Detected changed check constraint 'changes' on table 't'
    ");
    // No way to give a constraint another name.
    insta::assert_snapshot!(lines_on(DialectName::Sqlite, &actual, &wanted), @r"
    drop check constraint changes of t
    drop check constraint old name of t
    drop unique constraint goes of t
    add unique constraint comes to t
    add check constraint changes to t
    add check constraint new name to t
    ");
}

#[test]
fn a_constraint_said_twice_without_a_name_is_one() {
    let once = on_t(vec![Constraint::Unique(Unique::new(["a"]))], Vec::new());
    let unique = Constraint::Unique(Unique::new(["a"]));
    let twice = on_t(vec![unique.clone(), unique], Vec::new());
    let none = on_t(Vec::new(), Vec::new());
    assert_eq!(lines_on(DialectName::Sqlite, &twice, &once), "");
    assert_eq!(lines_on(DialectName::Sqlite, &once, &twice), "");
    insta::assert_snapshot!(lines_on(DialectName::Sqlite, &twice, &none), @"drop unique constraint of t");
}

#[test]
fn a_name_that_nobody_gave_is_any_name() {
    let named = on_t(
        vec![Constraint::Unique(Unique::new(["a"]).named("uq"))],
        Vec::new(),
    );
    let unnamed = on_t(vec![Constraint::Unique(Unique::new(["a"]))], Vec::new());
    assert_eq!(lines(&named, &unnamed), "");
    insta::assert_snapshot!(lines(&unnamed, &named), @r"
    drop unique constraint of t
    add unique constraint uq to t
    ");
}

#[test]
fn the_primary_key_changes_with_the_keys_that_refer_to_it() {
    let mut parent = table("parent", &["code"]);
    let mut child = table("child", &["code"]);
    child.constraints.push(Constraint::ForeignKey(
        ForeignKey::new(["id"], "parent", ["id"]).named("fk"),
    ));
    let actual = database(vec![parent.clone(), child.clone()]);
    parent.constraints = vec![
        Constraint::PrimaryKey(PrimaryKey::new(["code"]).named("parent_pkey")),
        Constraint::Unique(Unique::new(["id"]).named("uq_id")),
    ];
    let wanted = database(vec![parent, child]);
    insta::assert_snapshot!(lines(&actual, &wanted), @r"
    drop foreign key fk of child
    drop primary key parent_pkey of parent
    alter column parent.id: default
    add primary key parent_pkey to parent
    add unique constraint uq_id to parent
    add foreign key fk to child
    drop sequence parent_id_seq
    ");
    insta::assert_snapshot!(lines_on(DialectName::Sqlite, &actual, &wanted), @r"
    drop primary key parent_pkey of parent
    add primary key parent_pkey to parent
    add unique constraint uq_id to parent
    ");
}

#[test]
fn a_type_changes_with_the_foreign_keys_on_it_set_aside() {
    let parent = table("parent", &[]);
    let mut child = table("child", &[]);
    child.columns.push(integer("parent_id"));
    child.constraints.push(Constraint::ForeignKey(
        ForeignKey::new(["parent_id"], "parent", ["id"]).named("fk"),
    ));
    let actual = database(vec![parent, child]);
    let wanted = with(&actual, |database| {
        database.tables[0].columns[0].data_type = DataType::BigInteger;
        database.tables[1].columns[1].data_type = DataType::BigInteger;
    });
    insta::assert_snapshot!(lines(&actual, &wanted), @r"
    drop foreign key fk of child
    alter column child.parent_id: type
    alter column parent.id: type
    add foreign key fk to child
    ");
    insta::assert_snapshot!(lines_on(DialectName::Sqlite, &actual, &wanted), @r"
    alter column child.parent_id: type
    alter column parent.id: type
    ");
}

#[test]
fn untested_constraints_are_tested_when_that_is_wanted() {
    let untested = Constraint::Check(Check {
        not_valid: true,
        ..Check::new("a > ''").named("ck")
    });
    let actual = on_t(vec![untested], Vec::new());
    let wanted = on_t(vec![constraint("ck", "a > ''")], Vec::new());
    insta::assert_snapshot!(lines(&actual, &wanted), @r"validate constraint ck of t");
    insta::assert_snapshot!(lines(&wanted, &actual), @r"
    drop check constraint ck of t
    add check constraint ck to t
    ");
}

#[test]
fn indexes_change_with_any_of_their_options() {
    let mut down = index("turned", &["a"]);
    down.elements[0].order = Some(SortOrder::Descending);
    let actual = on_t(
        Vec::new(),
        vec![
            index("plain", &["a"]),
            index("turned", &["a"]),
            index("called", &["b"]),
            index("goes", &["a", "b"]),
        ],
    );
    let wanted = on_t(
        Vec::new(),
        vec![
            index("renamed", &["b"]),
            Index {
                predicate: Some("a > ''".to_owned()),
                ..index("plain", &["a"]).unique()
            },
            down,
            Index {
                using: Some("BTREE".to_owned()),
                ..index("comes", &["b", "a"])
            },
        ],
    );
    let found = comparison(
        DialectName::Postgresql,
        &actual,
        &wanted,
        &Decisions::default(),
    );
    insta::assert_snapshot!(written(&found), @r"
    drop index plain
    drop index turned
    drop index goes
    rename index called to renamed
    create index comes on t
    create unique index plain on t
    create index turned on t
    ");
    insta::assert_snapshot!(joined(found.detected()), @r"
    Detected removed index 'goes' on 't'
    Detected renamed index 'called' on 't' to 'renamed'
    Detected added index 'comes' on '('b', 'a')'
    Detected changed index 'plain' on 't': unique=False to unique=True, predicate
    Detected changed index 'turned' on 't': expression (a) to (a DESC)
    ");
    insta::assert_snapshot!(joined(found.hazards()), @r"this fails where rows of 't' have the same (a)");
}

#[test]
fn where_a_unique_constraint_is_an_index_either_stands_for_the_other() {
    let indexed = on_t(Vec::new(), vec![index("uq", &["a"]).unique()]);
    let constrained = on_t(
        vec![Constraint::Unique(Unique::new(["a"]).named("uq"))],
        Vec::new(),
    );
    assert_eq!(lines_on(DialectName::Mysql, &indexed, &constrained), "");
    insta::assert_snapshot!(lines(&indexed, &constrained), @r"
    drop index uq
    add unique constraint uq to t
    ");
}

#[test]
fn an_index_that_a_foreign_key_has_made_goes_with_the_key() {
    let mut child = table("child", &["a"]);
    child.constraints.push(Constraint::ForeignKey(
        ForeignKey::new(["a"], "child", ["id"]).named("fk"),
    ));
    let wanted = database(vec![child.clone()]);
    child.indexes.push(index("fk", &["a"]));
    let actual = database(vec![child]);
    assert_eq!(lines_on(DialectName::Mysql, &actual, &wanted), "");
    let without = database(vec![table("child", &["a"])]);
    insta::assert_snapshot!(lines_on(DialectName::Mysql, &actual, &without), @r"
    drop foreign key fk of child
    drop index fk
    ");
}
