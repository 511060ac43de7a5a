//! Renames, decided and not.

use super::*;
use crate::schema::{Check, EnumType, ForeignKey, View};

fn decided(renames: &[&str]) -> Decisions {
    Decisions {
        renames: renames.iter().map(|text| text.parse().unwrap()).collect(),
        ..Decisions::default()
    }
}

fn renamed(actual: &Database, wanted: &Database, renames: &[&str]) -> String {
    let found = comparison(DialectName::Postgresql, actual, wanted, &decided(renames));
    assert_eq!(found.unused, Vec::<String>::new());
    written(&found)
}

fn library() -> Database {
    let author = table("author", &["titel"]);
    let mut book = table("book", &["name"]);
    book.constraints.push(Constraint::ForeignKey(
        ForeignKey::new(["id"], "author", ["id"]).named("fk"),
    ));
    let mut library = database(vec![author, book]);
    library.tables[0].constraints.push(Constraint::Check(
        Check::new("titel <> 'titel'").named("ck"),
    ));
    library.tables[0]
        .indexes
        .push(index("by_title", &["titel"]));
    library.views = vec![View::new("v", "SELECT id FROM author")];
    library
}

fn writers() -> Database {
    with(&library(), |database| {
        let writer = &mut database.tables[0];
        writer.name = "writer".into();
        writer.columns[1].name = "title".into();
        writer.constraints[1] = Constraint::Check(Check::new("title <> 'titel'").named("ck"));
        writer.constraints[0].set_name(Some("writer_pkey".into()));
        writer.indexes = vec![index("by_title", &["title"])];
        if let Constraint::ForeignKey(key) = &mut database.tables[1].constraints[1] {
            key.target = "writer".into();
        }
        database.views = vec![View::new("v", "SELECT id FROM writer")];
    })
}

#[test]
fn a_decided_rename_takes_everything_along() {
    let renames = ["author:writer", "author.titel:title"];
    insta::assert_snapshot!(renamed(&library(), &writers(), &renames), @r"
    rename table author to writer
    alter column writer.titel: name to title
    drop view v
    rename constraint author_pkey of writer to writer_pkey
    create view v
    ");
    // The column may be named by way of the table's new name.
    let other = ["author:writer", "writer.titel:writer.title"];
    assert_eq!(
        renamed(&library(), &writers(), &other),
        renamed(&library(), &writers(), &renames)
    );
    let back = decided(&renames).inverted();
    let found = comparison(DialectName::Postgresql, &writers(), &library(), &back);
    insta::assert_snapshot!(written(&found), @r"
    rename table writer to author
    alter column author.title: name to titel
    drop view v
    rename constraint writer_pkey of author to author_pkey
    create view v
    ");
}

#[test]
fn what_is_not_decided_is_a_candidate_and_nothing_is_hidden() {
    let wanted = with(&library(), |database| {
        database.tables[0].columns[1].name = "title".into();
    });
    let found = comparison(
        DialectName::Postgresql,
        &library(),
        &wanted,
        &Decisions::default(),
    );
    insta::assert_snapshot!(joined(found.undecided.iter()), @r"column 'author.titel' may have been renamed to 'title'");
    assert!(written(&found).contains("drop column author.titel"));
    let chosen = Decisions::default().renaming(&found.undecided);
    let found = comparison(DialectName::Postgresql, &library(), &wanted, &chosen);
    assert_eq!(found.undecided, []);
    assert!(written(&found).starts_with("alter column author.titel: name to title"));
    let accepted = Decisions {
        accept_drops: true,
        ..Decisions::default()
    };
    let found = comparison(DialectName::Postgresql, &library(), &wanted, &accepted);
    assert_eq!(found.undecided, []);
}

#[test]
fn tables_that_share_their_columns_are_candidates() {
    let actual = database(vec![
        table("author", &["name", "born"]),
        table("x", &["a", "b"]),
    ]);
    let wanted = database(vec![
        table("writer", &["name", "born"]),
        table("y", &["c", "d"]),
    ]);
    let found = comparison(DialectName::Sqlite, &actual, &wanted, &Decisions::default());
    insta::assert_snapshot!(joined(found.undecided.iter()), @r"table 'author' may have been renamed to 'writer'");
}

#[test]
fn chains_and_swaps_find_their_way() {
    let three = |a: &str, b: &str, c: &str| {
        database(vec![Table::new(
            "t",
            vec![integer(a), text(b), Column::new(c, DataType::Date)],
        )])
    };
    let chain = renamed(
        &three("a", "b", "c"),
        &three("b", "c", "d"),
        &["t.a:b", "t.b:c", "t.c:d"],
    );
    insta::assert_snapshot!(chain, @r"
    alter column t.c: name to d
    alter column t.b: name to c
    alter column t.a: name to b
    ");
    let swap = renamed(
        &three("a", "b", "c"),
        &three("b", "a", "c"),
        &["t.a:b", "t.b:a"],
    );
    insta::assert_snapshot!(swap, @r"
    alter column t.b: name to b_before
    alter column t.a: name to b
    alter column t.b_before: name to a
    ");
    let tables = |a: &str, b: &str| database(vec![table(a, &["one"]), table(b, &["two"])]);
    let swap = renamed(&tables("a", "b"), &tables("b", "a"), &["a:b", "b:a"]);
    insta::assert_snapshot!(swap, @r"
    rename table b to b_before
    rename table a to b
    rename table b_before to a
    rename constraint b_pkey of a to b_pkey_before
    rename constraint a_pkey of b to b_pkey
    rename constraint b_pkey_before of a to a_pkey
    ");
}

#[test]
fn a_name_in_the_way_steps_aside() {
    let actual = database(vec![table("a", &["one"]), table("b", &["two"])]);
    let wanted = database(vec![table("b", &["one"])]);
    insta::assert_snapshot!(renamed(&actual, &wanted, &["a:b"]), @r"
    rename table b to b_before
    rename table a to b
    drop primary key b_pkey of b_before
    rename constraint a_pkey of b to b_pkey
    drop table b_before
    ");
}

#[test]
fn a_value_in_the_same_place_is_a_candidate() {
    let moods = |values: &[&str]| Database {
        enums: vec![EnumType::new("mood", values)],
        ..Database::default()
    };
    let (actual, wanted) = (moods(&["sad", "ok"]), moods(&["sad", "fine"]));
    let found = comparison(
        DialectName::Postgresql,
        &actual,
        &wanted,
        &Decisions::default(),
    );
    insta::assert_snapshot!(joined(found.undecided.iter()), @r"enum value 'mood.ok' may have been renamed to 'fine'");
    let chosen = Decisions::default().renaming(&found.undecided);
    let found = comparison(DialectName::Postgresql, &actual, &wanted, &chosen);
    insta::assert_snapshot!(written(&found), @r"rename value 'ok' of enum mood to 'fine'");
}

#[test]
fn a_decision_that_meets_nothing_is_told() {
    let decisions = decided(&["author.nane:name", "book:volume"]);
    let found = comparison(DialectName::Postgresql, &library(), &library(), &decisions);
    assert_eq!(found.unused, ["author.nane:name", "book:volume"]);
    assert!(found.is_empty());
}

#[test]
fn decisions_are_read_and_written() {
    for text in ["a:b", "t.a:b", "s.t.a:s.t.b"] {
        let decision: RenameDecision = text.parse().unwrap();
        assert_eq!(decision.to_string(), text);
    }
    for text in ["a", "a:", ":b", "a..b:c", "a.b.c.d:e"] {
        assert!(text.parse::<RenameDecision>().is_err(), "{text}");
    }
    let fill: Fill = "s.t.c = now() - '1'".parse().unwrap();
    assert_eq!(fill.to_string(), "s.t.c=now() - '1'");
    insta::assert_snapshot!("c=1".parse::<Fill>().unwrap_err(), @r"'c=1' is not of the form table.column=expression, such as book.pages=0");
}

#[test]
fn a_trigger_that_keeps_an_old_name_is_made_anew() {
    let of = |on: &str, other: &str| {
        let definition =
            format!("CREATE TRIGGER swept AFTER DELETE ON {on} FOR EACH ROW DELETE FROM {other}");
        let trigger = crate::schema::Trigger {
            name: "swept".into(),
            table: on.into(),
            definition,
        };
        Database {
            triggers: vec![trigger],
            ..database(
                [on, other]
                    .map(|name| Table::new(name, vec![text("a")]))
                    .to_vec(),
            )
        }
    };
    let decisions = Decisions {
        renames: vec!["one:uno".parse().unwrap()],
        ..Decisions::default()
    };
    let renamed = |name, actual: &Database, wanted: &Database| {
        written(&comparison(name, actual, wanted, &decisions))
    };
    let (mentioned, own) = (of("two", "one"), of("one", "two"));
    let mysql = DialectName::Mariadb;
    insta::assert_snapshot!(renamed(mysql, &mentioned, &of("two", "uno")), @r"
    rename table one to uno
    drop trigger swept on two
    create trigger swept on two
    ");
    insta::assert_snapshot!(renamed(mysql, &own, &of("uno", "two")), @"rename table one to uno");
    let sqlite = DialectName::Sqlite;
    insta::assert_snapshot!(renamed(sqlite, &mentioned, &of("two", "uno")), @"rename table one to uno");
}

#[test]
fn a_check_makes_room_for_a_new_name_where_it_does_not_follow() {
    let checked = |name: &str| {
        let mut one = table("one", &[name, "other"]);
        let condition = format!("`{name}` <> ''");
        let check = Check::new(condition.as_str());
        one.constraints
            .push(Constraint::Check(check.clone().named("ck")));
        one.columns[2].checks = vec![check];
        database(vec![one])
    };
    let (actual, wanted) = (checked("titel"), checked("title"));
    let decisions = decided(&["one.titel:title"]);
    let found = comparison(DialectName::Mysql, &actual, &wanted, &decisions);
    insta::assert_snapshot!(written(&found), @r"
    drop check constraint ck of one
    alter column one.other: checks
    alter column one.titel: name to title
    alter column one.other: checks
    add check constraint ck to one
    ");
    assert_eq!(
        joined(found.detected()),
        "Detected renamed column 'one.titel' to 'title'"
    );
    assert_eq!(
        renamed(&actual, &wanted, &["one.titel:title"]),
        "alter column one.titel: name to title"
    );
}
