//! Columns.

use super::*;
use crate::schema::{ColumnDefault, Computed, Identity, SequenceOptions};

#[test]
fn tables_and_columns_come_and_go() {
    let actual = database(vec![table("author", &[]), table("book", &[])]);
    let wanted = database(vec![table("author", &["name"])]);
    insta::assert_snapshot!(lines(&actual, &wanted), @r"
    add column author.name
    drop table book
    ");
    insta::assert_snapshot!(lines(&wanted, &actual), @r"
    create table book
    drop column author.name
    ");
}

#[test]
fn a_column_says_all_that_is_different_about_it() {
    let actual = database(vec![table("t", &["a"])]);
    let wanted = with(&actual, |database| {
        let column = &mut database.tables[0].columns[1];
        column.data_type = DataType::string(20);
        column.nullable = false;
        column.default = Some(ColumnDefault::Expression("'x'".to_owned()));
        column.comment = Some("the a".to_owned());
    });
    let found = comparison(
        DialectName::Postgresql,
        &actual,
        &wanted,
        &Decisions::default(),
    );
    insta::assert_snapshot!(written(&found), @r"alter column t.a: type, nullability, default, comment");
    insta::assert_snapshot!(joined(found.detected()), @r"
    Detected type change from TEXT to VARCHAR(20) on 't.a'
    Detected NOT NULL on column 't.a'
    Detected server default on column 't.a'
    Detected column comment 't.a'
    ");
    insta::assert_snapshot!(joined(found.hazards()), @r"
    't.a' may hold values that do not fit from TEXT into VARCHAR(20)
    this fails where 't.a' is NULL
    ");
    // SQLite has no comments.
    insta::assert_snapshot!(lines_on(DialectName::Sqlite, &actual, &wanted), @r"alter column t.a: type, nullability, default");
}

fn computed(expression: &str) -> ColumnDefault {
    ColumnDefault::Computed(Computed {
        expression: expression.to_owned(),
        persisted: Some(true),
    })
}

#[test]
fn computed_columns_go_and_come_back_with_what_they_are_computed_from() {
    let mut one = table("t", &["a"]);
    one.columns
        .push(text("b").with_default(computed("upper(a)")));
    one.columns
        .push(text("c").with_default(computed("lower(b)")));
    one.indexes.push(index("by_b", &["b"]));
    let actual = database(vec![one]);
    let another = with(&actual, |database| {
        database.tables[0].columns[2].default = Some(computed("trim(a)"));
    });
    insta::assert_snapshot!(lines(&actual, &another), @r"
    drop index by_b
    drop column t.c
    drop column t.b
    add column t.b
    add column t.c
    create index by_b on t
    ");
    let retyped = with(&actual, |database| {
        database.tables[0].columns[1].data_type = DataType::string(5);
    });
    insta::assert_snapshot!(lines(&actual, &retyped), @r"
    drop index by_b
    drop column t.c
    drop column t.b
    alter column t.a: type
    add column t.b
    add column t.c
    create index by_b on t
    ");
    insta::assert_snapshot!(lines_on(DialectName::Mysql, &actual, &retyped), @r"alter column t.a: type");
}

#[test]
fn an_identity_says_what_it_goes_back_to() {
    let identity = |options: SequenceOptions| {
        ColumnDefault::Identity(Identity {
            options,
            ..Identity::default()
        })
    };
    let five = SequenceOptions {
        increment: Some(5),
        start: Some(10),
        ..SequenceOptions::default()
    };
    let actual = database(vec![Table::new(
        "t",
        vec![integer("id").not_null().with_default(identity(five))],
    )]);
    let wanted = with(&actual, |database| {
        database.tables[0].columns[0].default = Some(identity(SequenceOptions::default()));
    });
    let found = comparison(
        DialectName::Postgresql,
        &actual,
        &wanted,
        &Decisions::default(),
    );
    let dialect = dialect(DialectName::Postgresql, None);
    let operation = found.operations().next().unwrap();
    let statements = dialect
        .statements(operation, crate::dialect::Values::Literal)
        .unwrap();
    insta::assert_snapshot!(statements[0].sql, @r"ALTER TABLE t ALTER COLUMN id SET INCREMENT BY 1 SET START WITH 1");
}

#[test]
fn numbering_starts_and_stops() {
    let mut counting = table("t", &[]);
    counting.columns[0].autoincrement = Some(true);
    counting.columns[0].default = Some(ColumnDefault::Expression(
        "nextval('t_id_seq'::regclass)".to_owned(),
    ));
    let mut still = table("t", &[]);
    still.columns[0].autoincrement = Some(false);
    let (counting, still) = (database(vec![counting]), database(vec![still]));
    insta::assert_snapshot!(lines(&still, &counting), @r#"
    create sequence t_id_seq
    execute SELECT setval('"t_id_seq"', COALESCE(max("id"), 0) + 1, false) FROM "t"
    alter column t.id: default
    "#);
    insta::assert_snapshot!(lines(&counting, &still), @r"
    alter column t.id: default
    drop sequence t_id_seq
    ");
}

#[test]
fn where_numbering_hangs_on_the_key_it_stops_before_the_key_goes() {
    let mut actual = table("t", &["a"]);
    actual.columns[0].autoincrement = Some(true);
    let mut wanted = actual.clone();
    wanted.constraints = vec![Constraint::PrimaryKey(PrimaryKey::new(["id", "a"]))];
    let (actual, wanted) = (database(vec![actual]), database(vec![wanted]));
    insta::assert_snapshot!(lines_on(DialectName::Mysql, &actual, &wanted), @r"
    alter column t.id: autoincrement
    drop primary key t_pkey of t
    add primary key to t
    alter column t.id: autoincrement
    ");
}

#[test]
fn a_fill_comes_between_the_column_and_its_promise() {
    let actual = database(vec![table("t", &["a"])]);
    let wanted = with(&actual, |database| {
        database.tables[0].columns[1].nullable = false;
        database.tables[0].columns.push(integer("pages").not_null());
    });
    let decisions = Decisions {
        fills: vec![
            "t.pages=0".parse().unwrap(),
            "t.a='?'".parse().unwrap(),
            "t.page=1".parse().unwrap(),
        ],
        ..Decisions::default()
    };
    let found = comparison(DialectName::Postgresql, &actual, &wanted, &decisions);
    insta::assert_snapshot!(written(&found), @r#"
    add column t.pages
    execute UPDATE "t" SET "pages" = 0 WHERE "pages" IS NULL
    alter column t.pages: nullability
    execute UPDATE "t" SET "a" = '?' WHERE "a" IS NULL
    alter column t.a: nullability
    "#);
    assert_eq!(found.hazards().count(), 0);
    assert_eq!(found.unused, ["t.page=1"]);
    let unsaid = comparison(
        DialectName::Postgresql,
        &actual,
        &wanted,
        &Decisions::default(),
    );
    insta::assert_snapshot!(joined(unsaid.hazards()), @r"
    't.pages' refuses NULL and has no default: this fails where 't' has rows
    this fails where 't.a' is NULL
    ");
}

#[test]
fn a_fill_is_a_value_of_the_new_type_and_only_for_columns_that_want_one() {
    let filled = |from: Column, to: Column| {
        let with = |column: Column| {
            let mut one = table("t", &[]);
            one.columns.push(column);
            database(vec![one])
        };
        let decisions = Decisions {
            fills: vec!["t.a='none'".parse().unwrap()],
            ..Decisions::default()
        };
        let name = DialectName::Postgresql;
        written(&comparison(name, &with(from), &with(to), &decisions))
    };
    insta::assert_snapshot!(filled(integer("a"), text("a").not_null()), @r#"
    alter column t.a: type
    execute UPDATE "t" SET "a" = 'none' WHERE "a" IS NULL
    alter column t.a: nullability
    "#);
    insta::assert_snapshot!(filled(text("a"), text("a").not_null()), @r#"
    execute UPDATE "t" SET "a" = 'none' WHERE "a" IS NULL
    alter column t.a: nullability
    "#);
    insta::assert_snapshot!(filled(text("a").not_null(), text("a")), @"alter column t.a: nullability");
}

#[test]
fn what_not_null_does_on_a_conflict_changes_on_sqlite() {
    let item = |action: Option<&str>| {
        let mut item = table("item", &["name"]);
        item.columns[1].nullable = false;
        item.columns[1].on_conflict = action.map(str::to_owned);
        database(vec![item])
    };
    let on = |from: Option<&str>, to: Option<&str>| {
        let name = DialectName::Sqlite;
        let comparison = comparison(name, &item(from), &item(to), &Decisions::default());
        let script = crate::render::sql_script(
            &crate::dialect::Sqlite::new(None),
            &comparison.into_operations(),
        );
        script.unwrap()
    };
    insta::assert_snapshot!(on(None, Some("REPLACE")), @"ALTER TABLE item ALTER COLUMN name SET NOT NULL ON CONFLICT REPLACE;");
    insta::assert_snapshot!(on(Some("IGNORE"), None), @"ALTER TABLE item ALTER COLUMN name SET NOT NULL ON CONFLICT ABORT;");
    assert_eq!(on(Some("ABORT"), None), "");
}
