use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use crate::{
    dialect::{BoxFuture, DialectName, Isolation, Statement, StatementResult},
    operation::{Operation, SourceLocation},
    script::{ContextError, Direction, Script, ScriptContext},
};

use super::*;

const HEAD: &str = "-- add orders\n--\n-- revision: a1\n-- revises: base\n\n";

fn script(body: &str) -> SqlScript {
    SqlScript::from_text("v/a1.sql", format!("{HEAD}{body}")).unwrap()
}

/// `line:column [!]sql` for each statement, `!` for those outside a transaction; or the error.
fn show(body: &str, direction: Direction, dialect: DialectName) -> String {
    match script(body).statements(direction, dialect) {
        Ok(statements) => statements
            .iter()
            .map(|statement| {
                let location = statement.location.as_ref().unwrap();
                let mark = if statement.isolation == Isolation::Autocommit {
                    "!"
                } else {
                    ""
                };
                format!(
                    "{}:{} {mark}{}",
                    location.line, location.column, statement.sql
                )
            })
            .collect::<Vec<_>>()
            .join(" | "),
        Err(error) => error.to_string(),
    }
}

#[test]
fn sections_run_in_file_order_on_their_dialects() {
    let body = "-- limbeck: upgrade\nA;\n-- limbeck: upgrade (postgresql, sqlite)\nB;\n\
        -- limbeck: downgrade\nX;\n-- limbeck: upgrade (except sqlite)\n  C\n-- limbeck: upgrade\nD;";
    let up = |dialect| show(body, Direction::Upgrade, dialect);
    insta::assert_snapshot!(up(DialectName::Sqlite), @"7:1 A | 9:1 B | 15:1 D");
    insta::assert_snapshot!(up(DialectName::Postgresql), @"7:1 A | 9:1 B | 13:3 C | 15:1 D");
    insta::assert_snapshot!(up(DialectName::Mysql), @"7:1 A | 13:3 C | 15:1 D");
    insta::assert_snapshot!(show(body, Direction::Downgrade, DialectName::Mysql), @"11:1 X");
}

#[test]
fn transactions_are_left_for_a_script_a_stretch_or_a_statement() {
    let up = |body| show(body, Direction::Upgrade, DialectName::Postgresql);
    insta::assert_snapshot!(up("-- limbeck: no transaction\n-- limbeck: upgrade\nA; B;"), @"8:1 !A | 8:4 !B");
    insta::assert_snapshot!(
        up("-- limbeck: upgrade\nA;\n-- limbeck: no transaction\nB; C;\n-- limbeck: transaction\nD;\n-- limbeck: upgrade\nE"),
        @"7:1 A | 9:1 !B | 9:4 !C | 11:1 D | 13:1 E"
    );
    insta::assert_snapshot!(up("-- limbeck: upgrade\nA;\n-- limbeck: no transaction for next statement\nB; C;"), @"7:1 A | 9:1 !B | 9:4 C");
}

#[test]
fn one_statement_runs_in_batches() {
    let body = "-- limbeck: upgrade\n-- limbeck: In  batches of 500 by \"My key\"\nUPDATE t SET a = 1;\nDELETE FROM t;";
    let found = script(body).statements(Direction::Upgrade, DialectName::Postgresql);
    let batches: Vec<_> = found.unwrap().into_iter().map(|one| one.batches).collect();
    insta::assert_debug_snapshot!(batches, @r#"
    [
        Some(
            Batches {
                rows: 500,
                key: "\"My key\"",
            },
        ),
        None,
    ]
    "#);
    let refused = |body: &str| {
        let body = format!("-- limbeck: upgrade\n-- limbeck: {body}");
        show(&body, Direction::Upgrade, DialectName::Postgresql)
    };
    insta::assert_snapshot!(refused("in batches of 0 by id\nDELETE FROM t"), @r#"v/a1.sql:7:16: say how many rows, and along which column: '-- limbeck: in batches of 10000 by id'"#);
    insta::assert_snapshot!(refused("in batches of 10\nDELETE FROM t"), @r#"v/a1.sql:7:16: say how many rows, and along which column: '-- limbeck: in batches of 10000 by id'"#);
    insta::assert_snapshot!(refused("in batches of 10 by id\n"), @r#"v/a1.sql:7:1: 'in batches' is followed by no statement"#);
    insta::assert_snapshot!(refused("in batches of 10 by id\n\nDELETE FROM t RETURNING id"), @r#"v/a1.sql:9:1: cannot run in batches: it has to be UPDATE table SET … WHERE … or DELETE FROM table WHERE …, without another name for the table, FROM, USING, ORDER BY, LIMIT or RETURNING; a query in parentheses can say what else is needed"#);
}

#[test]
fn a_delimiter_lasts_to_the_end_of_its_section() {
    let body = "-- limbeck: upgrade\n-- limbeck: delimiter //\nA; B //\n-- limbeck: transaction\nC; D\n-- limbeck: delimiter ;\nE; F;\n\
        -- limbeck: upgrade\nG; H";
    insta::assert_snapshot!(show(body, Direction::Upgrade, DialectName::Sqlite), @"8:1 A; B | 10:1 C; D | 12:1 E | 12:4 F | 14:1 G | 14:4 H");
}

#[test]
fn what_is_not_written_is_refused_and_what_is_empty_is_done() {
    let down = |body| show(body, Direction::Downgrade, DialectName::Sqlite);
    insta::assert_snapshot!(down("-- limbeck: upgrade\nA;"), @"v/a1.sql: has no downgrade section; add '-- limbeck: downgrade' (it may be empty), or '-- limbeck: irreversible because …' with the reason");
    insta::assert_snapshot!(down("-- limbeck: upgrade\nA;\n-- limbeck: downgrade (mysql)\nX;"), @"v/a1.sql: has no downgrade section for sqlite; add '-- limbeck: downgrade (sqlite)' (it may be empty)");
    insta::assert_snapshot!(down("-- limbeck: upgrade\n-- limbeck: irreversible because rows are merged"), @"v/a1.sql:7:1: cannot be downgraded: rows are merged");
    insta::assert_snapshot!(
        down("-- limbeck: upgrade\n-- limbeck: irreversible (mysql) because of it\n-- limbeck: downgrade\nX;"),
        @"9:1 X"
    );
    insta::assert_snapshot!(down("-- limbeck: upgrade\nA;\n-- limbeck: downgrade\n\n-- nothing to do\n"), @"");
    insta::assert_snapshot!(show("", Direction::Upgrade, DialectName::Sqlite), @"v/a1.sql: has no upgrade section; add '-- limbeck: upgrade' (it may be empty)");
}

#[test]
fn mistakes_are_reported_where_they_stand() {
    let up = |body| show(body, Direction::Upgrade, DialectName::Postgresql);
    insta::assert_snapshot!(up("SELECT 1;\n-- limbeck: upgrade\n"), @"v/a1.sql:6:1: this statement stands in no section; put '-- limbeck: upgrade' or '-- limbeck: downgrade' on a line above it");
    insta::assert_snapshot!(up("-- limbeck: upgrade\nSELECT 1;\n  -- limbeck: downgarde\n"), @"v/a1.sql:8:15: unknown directive 'downgarde'; did you mean 'downgrade'?");
    insta::assert_snapshot!(up("-- limbeck: upgrade\n\nSELECT 'a;\n-- limbeck: downgrade\n"), @"v/a1.sql:8:8: a string begins here and never ends; add the closing quote");
    insta::assert_snapshot!(up("-- limbeck: transaction\n-- limbeck: upgrade\n"), @"v/a1.sql:6:1: 'transaction' belongs into a section; put it below '-- limbeck: upgrade' or '-- limbeck: downgrade'");
    insta::assert_snapshot!(up("-- limbeck: upgrade\n-- limbeck: no transaction for next statement\n"), @"v/a1.sql:7:1: 'no transaction for next statement' is followed by no statement");
    insta::assert_snapshot!(up("-- limbeck: upgrade\n-- limbeck: irreversible because x\nSELECT 1;"), @"v/a1.sql:8:1: this statement stands in no section; put '-- limbeck: upgrade' or '-- limbeck: downgrade' on a line above it");
}

#[test]
fn headers_are_read_from_the_comment_at_the_top() {
    let header = read_sql_header(
        Path::new("a.sql"),
        "\u{feff}-- add index to orders\r\n-- and to items\r\n--\r\n-- Note: it is long.\r\n--\r\n-- revision: 1975ea83b712\r\n\
         -- revises: 27c6a30d7c24, ae1027a6acf\r\n-- branch labels: shop\r\n-- depends on: 55af2cb1c267\r\n-- created: 2026-11-20 11:30:45\r\n\r\n\
         -- limbeck: upgrade\r\n-- revision: not a header\r\n",
    )
    .unwrap();
    insta::assert_debug_snapshot!(header, @r#"
    Header {
        revision: "1975ea83b712",
        down_revision: [
            "27c6a30d7c24",
            "ae1027a6acf",
        ],
        branch_labels: [
            "shop",
        ],
        depends_on: [
            "55af2cb1c267",
        ],
        message: "add index to orders\nand to items",
        long_message: "add index to orders\nand to items\n\nNote: it is long.\n\nrevision: 1975ea83b712\nrevises: 27c6a30d7c24, ae1027a6acf\nbranch labels: shop\ndepends on: 55af2cb1c267\ncreated: 2026-11-20 11:30:45",
        create_date: Some(
            "2026-11-20 11:30:45",
        ),
        path: "a.sql",
        format: Sql,
        lines: HeaderLines {
            revision: Some(
                6,
            ),
            down_revision: Some(
                7,
            ),
            branch_labels: Some(
                8,
            ),
            depends_on: Some(
                9,
            ),
        },
    }
    "#);
}

#[test]
fn wrong_headers_say_what_and_where() {
    let error = |text: &str| {
        read_sql_header(Path::new("a.sql"), text)
            .unwrap_err()
            .to_string()
    };
    let cases = [
        "-- revision: a\n",
        "-- revises: a\n",
        "-- revison: a\n-- revises: base\n",
        "-- revision: a b\n-- revises: base\n",
        "-- revision: a\n-- revises:\n",
        "-- revision: a\n-- revises: b,\n",
        "-- revision: a\n-- revises: b\n-- revises: c\n",
        "SELECT 1;\n-- revision: a\n-- revises: base\n",
        "-- limbeck: upgrade\n",
    ];
    let all: Vec<String> = cases.iter().map(|case| error(case)).collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    a.sql: nothing says which revision this one follows: add the line '-- revises: ID', or '-- revises: base' for the first revision
    a.sql: no revision id: add the line '-- revision: ID' to the comment at the top of the file
    a.sql:1:1: unknown header line 'revison'; did you mean 'revision'?
    a.sql:1:1: 'revision' needs one id without blanks
    a.sql:2:1: 'revises' needs 'base', one id, or ids separated by commas
    a.sql:2:1: 'revises' needs 'base', one id, or ids separated by commas
    a.sql:3:1: 'revises' is already given in line 2
    a.sql: no header: the comment at the top of the file has no '-- revision:' line
    a.sql: no revision id: add the line '-- revision: ID' to the comment at the top of the file
    "#);
}

#[test]
fn a_file_is_read_again_when_it_runs() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.sql");
    let long = "-- words\n".repeat(1000);
    std::fs::write(&path, format!("{long}{HEAD}-- limbeck: upgrade\nA;")).unwrap();
    let script = SqlScript::open(&path).unwrap();
    assert_eq!(script.header().revision, "a1");
    std::fs::write(&path, format!("{HEAD}-- limbeck: upgrade\nA; B")).unwrap();
    let statements = script
        .statements(Direction::Upgrade, DialectName::Sqlite)
        .unwrap();
    assert_eq!(statements.len(), 2);
    std::fs::write(&path, b"-- revision: a1\n-- limbeck: upgrade\n\xff").unwrap();
    let error = script
        .statements(Direction::Upgrade, DialectName::Sqlite)
        .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("a.sql:3:1: the file is not UTF-8; save it as UTF-8"),
        "{error}"
    );
}

struct Recorder(Arc<Mutex<Vec<String>>>);

impl ScriptContext for Recorder {
    fn dialect(&self) -> DialectName {
        DialectName::Sqlite
    }

    fn is_offline(&self) -> bool {
        true
    }

    fn apply<'a>(
        &'a mut self,
        operation: Operation,
        location: Option<SourceLocation>,
    ) -> BoxFuture<'a, Result<(), ContextError>> {
        let line = format!("{} {operation}", location.unwrap());
        Box::pin(async move {
            if line.contains("FAIL") {
                return Err(ContextError::new("refused"));
            }
            self.0.lock().unwrap().push(line);
            Ok(())
        })
    }

    fn execute(
        &mut self,
        statement: Statement,
    ) -> BoxFuture<'_, Result<StatementResult, ContextError>> {
        panic!("a script in SQL asks nothing: {statement:?}")
    }
}

#[tokio::test]
async fn a_script_hands_its_statements_over_until_one_is_refused() {
    let seen = Arc::default();
    let mut context = Recorder(Arc::clone(&seen));
    let script = script("-- limbeck: upgrade\nA;\nB;\nFAIL;\nC;");
    let result = script.run(Direction::Upgrade, &mut context).await;
    assert_eq!(result.unwrap_err().to_string(), "refused");
    assert_eq!(
        *seen.lock().unwrap(),
        ["v/a1.sql:7:1 execute A", "v/a1.sql:8:1 execute B"]
    );
}

#[test]
fn the_examples_of_the_format_description_are_scripts() {
    let page = include_str!("../../../../../docs/sql-format.md");
    let examples: Vec<&str> = page
        .split("```sql\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .filter(|example| !example.contains("{{"))
        .collect();
    assert_eq!(examples.len(), 5);
    for example in examples {
        let head = if example.contains("-- revision:") {
            ""
        } else {
            HEAD
        };
        let script = SqlScript::from_text("docs.sql", format!("{head}{example}")).unwrap();
        let statements = script
            .statements(Direction::Upgrade, DialectName::Postgresql)
            .unwrap();
        assert!(!statements.is_empty(), "{example}");
    }
}

#[test]
fn a_section_with_something_left_to_decide_is_refused() {
    let told = |text: &str, direction, dialect| match script(text).statements(direction, dialect) {
        Ok(statements) => format!("{} statements", statements.len()),
        Err(error) => error.to_string(),
    };
    let text = "-- limbeck: upgrade\nA;\n-- limbeck: undecided because 'b' may be 'c'\nB;\n\
                -- limbeck: downgrade\nC;\n\
                -- limbeck: downgrade (mysql)\n-- limbeck: undecided because of it\n";
    use DialectName::{Mysql, Sqlite};
    insta::assert_snapshot!(told(text, Direction::Upgrade, Sqlite), @"v/a1.sql:8:1: something is left to decide: 'b' may be 'c'; edit the script until it says what you mean, and delete this line");
    insta::assert_snapshot!(told(text, Direction::Downgrade, Sqlite), @"1 statements");
    insta::assert_snapshot!(told(text, Direction::Downgrade, Mysql), @"v/a1.sql:13:1: something is left to decide: of it; edit the script until it says what you mean, and delete this line");
}
