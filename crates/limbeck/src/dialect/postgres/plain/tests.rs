//! What is read, and what is left to the server.

use super::*;
use crate::{dialect::Postgres, schema::QualifiedName};

fn table(sql: &str) -> Table {
    match read(sql) {
        Some(Plain::Table(table)) => *table,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_table_with_keys_is_read() {
    let read = table(
        "CREATE TABLE Book (id serial PRIMARY KEY, \"Title\" varchar(80) DEFAULT 'it, (is)' NOT NULL, \
         price decimal(10) CONSTRAINT positive CHECK (price > 0), made timestamp(3) with time zone DEFAULT now(), \
         author int REFERENCES author (id) ON DELETE SET NULL ON UPDATE NO ACTION, UNIQUE (\"Title\", author))",
    );
    assert_eq!(read.name, QualifiedName::new("book"));
    let columns: Vec<String> = read
        .columns
        .iter()
        .map(|column| {
            let text = Postgres::new(None);
            let data_type = crate::dialect::Dialect::type_text(&text, &column.data_type).unwrap();
            let default = match &column.default {
                Some(ColumnDefault::Expression(text)) => text.as_str(),
                _ => "-",
            };
            format!("{} {data_type} {} {default}", column.name, column.nullable)
        })
        .collect();
    assert_eq!(
        columns,
        [
            "id INTEGER false -",
            "Title VARCHAR(80) false 'it, (is)'",
            "price NUMERIC(10, 0) true -",
            "made TIMESTAMP(3) WITH TIME ZONE true now()",
            "author INTEGER true -",
        ]
    );
    let kinds: Vec<_> = read.constraints.iter().map(Constraint::kind).collect();
    assert_eq!(kinds.len(), 4);
    assert_eq!(read.constraints[1], {
        let check = Check::new("price > 0");
        Constraint::Check(Check {
            name: Some("positive".into()),
            ..check
        })
    });
    assert_eq!(
        read.constraints[2],
        Constraint::ForeignKey(ForeignKey {
            on_delete: Some("SET NULL".to_owned()),
            ..ForeignKey::new(["author"], "author", ["id"])
        })
    );
}

#[test]
fn an_index_is_read() {
    let Some(Plain::Index(table, index)) =
        read("CREATE UNIQUE INDEX i ON t USING btree (a, \"B\" DESC, c ASC)")
    else {
        panic!("not read");
    };
    assert_eq!(table, QualifiedName::new("t"));
    let mut expected = Index::new("i", ["a", "B", "c"]);
    expected.unique = true;
    expected.elements[1].order = Some(SortOrder::Descending);
    assert_eq!(*index, expected);
}

#[test]
fn what_is_not_understood_is_the_servers() {
    for sql in [
        "CREATE TABLE IF NOT EXISTS t (a int)",
        "CREATE TABLE billing.t (a int)",
        "CREATE TABLE t (a int) INHERITS (u)",
        "CREATE TABLE t (a int[])",
        "CREATE TABLE t (a mood)",
        "CREATE TABLE t (a text COLLATE \"C\")",
        "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY)",
        "CREATE TABLE t (a int DEFAULT NULL)",
        "CREATE TABLE t (a int REFERENCES u)",
        "CREATE TABLE t (a int UNIQUE NULLS NOT DISTINCT)",
        "CREATE TABLE t (a int, EXCLUDE USING gist (a WITH =))",
        "CREATE TABLE t (a int UNIQUE DEFERRABLE)",
        "CREATE TABLE t AS SELECT 1",
        "CREATE TEMP TABLE t (a int)",
        "CREATE INDEX ON t (a)",
        "CREATE INDEX i ON t (lower(a))",
        "CREATE INDEX i ON t (a) WHERE a > 0",
        "CREATE INDEX i ON t USING gin (a)",
        "CREATE INDEX i ON t (a text_pattern_ops)",
        "CREATE INDEX CONCURRENTLY i ON t (a)",
        "CREATE VIEW v AS SELECT 1",
    ] {
        assert_eq!(read(sql), None, "{sql}");
    }
}

#[test]
fn a_table_is_the_same_only_in_every_part() {
    let postgres = Postgres::new(None);
    let stated = table(
        "CREATE TABLE t (id serial PRIMARY KEY, a varchar(5) DEFAULT 'x', b int DEFAULT 0, UNIQUE (a))",
    );
    // As the catalogue has it.
    let mut actual = stated.clone();
    actual.columns[0].default = Some(ColumnDefault::Expression(
        "nextval('t_id_seq'::regclass)".to_owned(),
    ));
    actual.columns[1].default = Some(ColumnDefault::Expression(
        "'x'::character varying".to_owned(),
    ));
    actual.constraints[0].set_name(Some("t_pkey".into()));
    actual.constraints[1].set_name(Some("t_a_key".into()));
    assert!(states(&postgres, &stated, &actual));
    let differs = |change: fn(&mut Table)| {
        let mut actual = actual.clone();
        change(&mut actual);
        assert!(!states(&postgres, &stated, &actual), "{actual:?}");
    };
    differs(|table| table.comment = Some("c".to_owned()));
    differs(|table| table.columns[1].nullable = false);
    differs(|table| table.columns[2].default = None);
    differs(|table| {
        table.columns[1].default = Some(ColumnDefault::Expression("'x'::text".to_owned()));
    });
    differs(|table| table.constraints[1].set_name(Some("uq".into())));
    differs(|table| table.columns[0].autoincrement = None);
    differs(|table| table.indexes.push(Index::new("i", ["a"])));
    differs(|table| table.options.postgresql.row_security = true);
    differs(|table| {
        table.columns.pop();
    });
}
