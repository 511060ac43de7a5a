use super::*;

fn parse(text: &str) -> TableSql {
    TableSql::parse(text).unwrap()
}

const COMMENTED: &str = "CREATE TABLE \"we ird\"\"\" ( -- the table
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key
    [na me] VARCHAR(20) COLLATE NOCASE DEFAULT ('a' || 'b') NOT NULL ON CONFLICT REPLACE, /* name */
    -- about parent
    `parent` INT CONSTRAINT fk REFERENCES \"p\" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    double DOUBLE PRECISION GENERATED ALWAYS AS (id * 2) STORED,
    plain, -- no type
    CONSTRAINT pos CHECK (id > 0)
    UNIQUE (plain COLLATE NOCASE, parent DESC) ON CONFLICT IGNORE
    -- done
) STRICT";

#[test]
fn every_part_is_found() {
    let table = parse(COMMENTED);
    assert_eq!(table.name, "we ird\"");
    let names: Vec<_> = table
        .columns
        .iter()
        .map(|each| each.name.as_str())
        .collect();
    assert_eq!(names, ["id", "na me", "parent", "double", "plain"]);
    let types: Vec<_> = table
        .columns
        .iter()
        .map(|each| table.type_of(each))
        .collect();
    assert_eq!(
        types,
        ["INTEGER", "VARCHAR(20)", "INT", "DOUBLE PRECISION", ""]
    );
    assert!(table.is_autoincrement() && table.is_strict() && !table.is_without_rowid());
    assert_eq!(table.rowid_alias().unwrap().name, "id");
    assert!(table.columns[3].is_generated());
    assert!(table.columns[1].is_not_null());
    assert_eq!(table.constraints.len(), 2);
    assert_eq!(table.constraints[1].columns(None), ["plain", "parent"]);
}

#[test]
fn a_key_counts_for_ever_or_no_longer() {
    let set = |text: &str, on| parse(text).set_autoincrement(on).unwrap().text().to_owned();
    let inline = "CREATE TABLE t (a INTEGER CONSTRAINT k PRIMARY KEY NOT NULL, b)";
    let counting = "CREATE TABLE t (a INTEGER CONSTRAINT k PRIMARY KEY AUTOINCREMENT NOT NULL, b)";
    assert_eq!(set(inline, true), counting);
    assert_eq!(set(counting, true), counting);
    assert_eq!(set(counting, false), inline);
    let beside = "CREATE TABLE t (a INTEGER, b, CONSTRAINT k PRIMARY KEY (a), CHECK (b))";
    let counting =
        "CREATE TABLE t (a INTEGER, b, CONSTRAINT k PRIMARY KEY (a AUTOINCREMENT), CHECK (b))";
    assert_eq!(set(beside, true), counting);
    assert_eq!(set(counting, false), beside);
    assert_eq!(set("CREATE TABLE t (a)", true), "CREATE TABLE t (a)");
}

#[test]
fn a_dropped_column_takes_its_comment_and_nothing_else() {
    let table = parse(COMMENTED);
    insta::assert_snapshot!(table.remove_column(1).unwrap().remove_column(3).unwrap().text(), @r#"
    CREATE TABLE "we ird""" ( -- the table
        id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key
        -- about parent
        `parent` INT CONSTRAINT fk REFERENCES "p" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        double DOUBLE PRECISION GENERATED ALWAYS AS (id * 2) STORED,
        CONSTRAINT pos CHECK (id > 0)
        UNIQUE (plain COLLATE NOCASE, parent DESC) ON CONFLICT IGNORE
        -- done
    ) STRICT
    "#);
}

#[test]
fn the_last_item_goes_without_leaving_a_comma() {
    let table = parse("CREATE TABLE t (a INT, -- a\n b INT -- b\n)");
    assert_eq!(
        table.remove_column(1).unwrap().text(),
        "CREATE TABLE t (a INT -- a\n \n)"
    );
    let table = parse("CREATE TABLE t (a INT, b INT)");
    assert_eq!(
        table.remove_column(1).unwrap().text(),
        "CREATE TABLE t (a INT)"
    );
    assert_eq!(
        table.remove_column(0).unwrap().text(),
        "CREATE TABLE t (b INT)"
    );
    let table = parse("CREATE TABLE t (a INT, CHECK (a > 0) UNIQUE (a))");
    let check = table.constraints[0].clone();
    assert_eq!(
        table.remove_constraint(&check).unwrap().text(),
        "CREATE TABLE t (a INT,  UNIQUE (a))"
    );
    let unique = table.constraints[1].clone();
    assert_eq!(
        table.remove_constraint(&unique).unwrap().text(),
        "CREATE TABLE t (a INT, CHECK (a > 0))"
    );
}

#[test]
fn a_new_item_follows_the_layout() {
    let table = parse("CREATE TABLE t (\n  a INT, -- a\n  b INT -- b\n)");
    insta::assert_snapshot!(table
        .insert_column(Place::After(0), "x TEXT", "").unwrap()
        .insert_column(Place::First, "y TEXT", "-- why").unwrap()
        .append_constraint("UNIQUE (x)").unwrap()
        .text(), @r"
    CREATE TABLE t (
      y TEXT, -- why
      a INT, -- a
      x TEXT,
      b INT, -- b
      UNIQUE (x)
    )
    ");
    let table = parse("CREATE TABLE t(a,b)");
    assert_eq!(
        table
            .insert_column(Place::After(1), "c INT", "-- c */")
            .unwrap()
            .text(),
        "CREATE TABLE t(a,b, c INT /* c * / */)"
    );
}

#[test]
fn a_comment_is_found_on_both_sides_of_the_comma() {
    let table = parse("CREATE TABLE t (a /* 1 */, -- 2\n b -- 3\n , c, -- 4\n d /* 5 */ )");
    let remarks: Vec<_> = (0..4).map(|index| table.remark(index)).collect();
    assert_eq!(remarks, ["/* 1 */ -- 2", "-- 3", "-- 4", ""]);
}

#[test]
fn column_parts_are_edited_in_place() {
    let table = parse("CREATE TABLE t (a /* why */ INT CONSTRAINT n NOT NULL /* x */ DEFAULT -1)");
    let column = &table.columns[0];
    let not_null = column
        .constraint(|kind| matches!(kind, Kind::NotNull))
        .unwrap();
    assert_eq!(
        table.remove_constraint(not_null).unwrap().text(),
        "CREATE TABLE t (a /* why */ INT /* x */ DEFAULT -1)"
    );
    assert_eq!(
        table.set_type(column, "BIGINT").unwrap().text(),
        "CREATE TABLE t (a /* why */ BIGINT CONSTRAINT n NOT NULL /* x */ DEFAULT -1)"
    );
    assert_eq!(
        table.add_to_column(column, "CHECK (a)").unwrap().text(),
        "CREATE TABLE t (a /* why */ INT CONSTRAINT n NOT NULL /* x */ DEFAULT -1 CHECK (a))"
    );
}

#[test]
fn options_come_and_go() {
    let table = parse("CREATE TABLE t (a INT PRIMARY KEY)");
    let both = table
        .set_option(false, true)
        .unwrap()
        .set_option(true, true)
        .unwrap();
    assert_eq!(
        both.text(),
        "CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID, STRICT"
    );
    let none = both
        .set_option(false, false)
        .unwrap()
        .set_option(true, false)
        .unwrap();
    assert_eq!(none.text(), table.text());
}

#[test]
fn an_integer_key_is_the_rowid_unless_it_descends_or_has_no_rowid() {
    let alias = |text: &str| parse(text).rowid_alias().map(|column| column.name.clone());
    assert_eq!(
        alias("CREATE TABLE t (a integer primary key)"),
        Some("a".into())
    );
    assert_eq!(
        alias("CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC))"),
        Some("a".into())
    );
    assert_eq!(alias("CREATE TABLE t (a INTEGER PRIMARY KEY DESC)"), None);
    assert_eq!(alias("CREATE TABLE t (a INT PRIMARY KEY)"), None);
    assert_eq!(
        alias("CREATE TABLE t (a INTEGER PRIMARY KEY) WITHOUT ROWID"),
        None
    );
    assert_eq!(
        alias("CREATE TABLE t (a INTEGER, b, PRIMARY KEY (a, b))"),
        None
    );
}

#[test]
fn what_is_no_plain_table_is_refused_with_its_place() {
    for text in [
        "CREATE VIRTUAL TABLE t USING fts5(a)",
        "CREATE TABLE t AS SELECT 1",
        "CREATE TABLE t (a INT",
        "CREATE TABLE t (a INT) WITHOUT OIDS",
        "CREATE TABLE t (a 'x",
        "",
    ] {
        assert!(TableSql::parse(text).is_err(), "{text}");
    }
    assert_eq!(
        TableSql::parse("CREATE TABLE t (a INT CHECK)")
            .unwrap_err()
            .to_string(),
        "cannot read the CREATE TABLE text at byte 27: expected '(', found ')'"
    );
}

mod laws {
    use proptest::prelude::*;

    use super::*;

    /// Pieces that table texts are made of, right or wrong.
    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "CREATE TABLE t",
            "(",
            ")",
            "(",
            ")",
            ",",
            ",",
            "a",
            "\"b \"",
            "[c",
            "]",
            "INT",
            "'x",
            "'",
            "-- c\n",
            "/*",
            "*/",
            "CONSTRAINT",
            "NOT",
            "NULL",
            "PRIMARY KEY",
            "UNIQUE",
            "CHECK",
            "DEFAULT",
            "-",
            "1",
            "x'0'",
            "REFERENCES",
            "ON",
            "SET",
            "DEFERRABLE",
            "INITIALLY",
            "FOREIGN KEY",
            "AS",
            "GENERATED",
            "ALWAYS",
            "COLLATE",
            "STRICT",
            "WITHOUT",
            "ROWID",
            "ü",
            ".",
            ";",
            "1e",
            "+",
            "\u{feff}",
        ])
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_fail_otherwise_than_by_an_error(pieces in prop::collection::vec(piece(), 0..40)) {
            let _ = TableSql::parse(&pieces.join(" "));
            let _ = TableSql::parse(&format!("CREATE TABLE t ({}", pieces.concat()));
        }

        #[test]
        fn an_edit_of_what_was_read_can_be_read(
            items in prop::collection::vec("[a-z]{1,3}( INT| NOT NULL| DEFAULT 'a,b'| CHECK \\(1\\))?( /\\* c \\*/| -- c\n|\n)?", 1..5),
            at in 0usize..5,
        ) {
            let table = TableSql::parse(&format!("CREATE TABLE t ({})", items.join(",")));
            prop_assume!(table.is_ok());
            let table = table.unwrap();
            let at = at % table.columns.len();
            let inserted = table.insert_column(Place::After(at), "zzzz TEXT", &table.remark(at)).unwrap();
            prop_assert_eq!(inserted.columns.len(), table.columns.len() + 1);
            prop_assert_eq!(&inserted.columns[at + 1].name, "zzzz");
            let first = table.insert_column(Place::First, "zzzz TEXT", &table.remark(at)).unwrap();
            prop_assert_eq!(&first.columns[0].name, "zzzz");
            let without = inserted.remove_column(at + 1).unwrap();
            prop_assert_eq!(without.columns.len(), table.columns.len());
            let option = table.set_option(true, true).unwrap();
            prop_assert!(option.is_strict());
        }
    }
}
