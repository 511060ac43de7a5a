use super::*;
use crate::script::{
    VersionsDirectory,
    write::{CreateDate, FileNameRules, NewScript, PythonContent, write_script},
};

fn read(text: &str) -> Header {
    read_python_header(Path::new("v.py"), text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn error(text: &str) -> String {
    read_python_header(Path::new("v.py"), text.as_bytes())
        .unwrap_err()
        .to_string()
}

#[test]
fn the_generic_template_is_read() {
    let header = read(
        "\"\"\"create account table\n\nRevision ID: 1975ea83b712\nRevises: \nCreate Date: 2026-11-20 11:30:45.082755\n\n\"\"\"\n\
         from typing import Sequence, Union\n\nfrom alembic import op\nimport sqlalchemy as sa\n\n\n\
         # revision identifiers, used by Alembic.\nrevision: str = '1975ea83b712'\n\
         down_revision: Union[str, Sequence[str], None] = None\n\
         branch_labels: Union[str, Sequence[str], None] = None\n\
         depends_on: Union[str, Sequence[str], None] = None\n\n\ndef upgrade() -> None:\n    pass\n",
    );
    assert_eq!(header.revision, "1975ea83b712");
    assert!(header.down_revision.is_empty() && header.branch_labels.is_empty());
    assert_eq!(header.message, "create account table");
    assert_eq!(
        header.create_date.as_deref(),
        Some("2026-11-20 11:30:45.082755")
    );
    assert_eq!(header.lines.revision, Some(15));
    insta::assert_snapshot!(header.long_message, @r#"
    create account table

    Revision ID: 1975ea83b712
    Revises: 
    Create Date: 2026-11-20 11:30:45.082755
    "#);
}

#[test]
fn values_are_strings_tuples_lists_and_none_over_several_lines() {
    let header = read(
        "revision = 'x' \"y\"  # comment\ndown_revision = (\n    'a',  # first\n    \"b\",\n)\n\
         branch_labels = ['one', r'two']\ndepends_on = 'd', u'\\x65'\n",
    );
    assert_eq!(header.revision, "xy");
    assert_eq!(header.down_revision, ["a", "b"]);
    assert_eq!(header.branch_labels, ["one", "two"]);
    assert_eq!(header.depends_on, ["d", "e"]);
    assert_eq!(header.lines.down_revision, Some(2));
}

#[test]
fn the_last_binding_of_the_module_counts() {
    let header = read(
        "revision = 'old'; down_revision = ('a')\n\ndef upgrade():\n    revision = 'inner'\n    text = '''\nrevision = 'text'\n'''\n\n\
         class Row:\n    revision = compute()\n\nbranch_labels = depends_on = ()\nrow.revision = 1\nrows['revision'] = 2\nrevision = \\\n  'new'\n",
    );
    assert_eq!(header.revision, "new");
    assert_eq!(header.down_revision, ["a"]);
}

#[test]
fn whatever_has_to_be_run_is_left_to_python() {
    let parent = "down_revision = None\n";
    let cases = [
        "revision = make()",
        "revision = 'a' + 'b'",
        "revision = 'a'.strip()",
        "revision = f'{x}'",
        "revision = 'a' if x else 'b'",
        "if x:\n    revision = 'a'",
        "if x: revision = 'a'",
        "revision, other = 'a', 'b'",
        "revision = 'a'\nrevision += 'b'",
        "from .ids import revision",
        "from . import ids as revision",
        "for revision in 'ab': pass",
    ];
    for case in cases {
        let message = error(&format!("{parent}{case}\n"));
        assert!(
            message.contains("'revision' is computed"),
            "{case}: {message}"
        );
    }
    assert_eq!(
        read("revision = 'a'\ndown_revision = None\nfrom x import revision as r\n").revision,
        "a"
    );
}

#[test]
fn wrong_headers_say_what_and_where() {
    let cases = [
        "revision = 12\ndown_revision = None\n",
        "revision = None\ndown_revision = None\n",
        "revision = 'a'\ndown_revision = ('b', 3)\n",
        "revision = 'a'\ndown_revision = ''\n",
        "revision = 'a'\n",
        "down_revision = None\n",
        "x = 1\n  y = 'never ends\n",
        "revision = '\\xZ'\ndown_revision = None\n",
        "def f(:\n  '''",
    ];
    let all: Vec<String> = cases.iter().map(|case| error(case)).collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    v.py:1:1: 'revision' must be a string
    v.py:1:1: 'revision' must be a string
    v.py:2:1: 'down_revision' must be a string, a tuple or list of strings, or None
    v.py:2:1: 'down_revision' must be a string, a tuple or list of strings, or None
    v.py: nothing says which revision this one follows: declare 'down_revision', or 'down_revision = None' for the first revision
    v.py: no revision id: declare the variable 'revision' in the file
    v.py:2:7: this string is not valid Python: it has no end
    v.py:1:13: this string is not valid Python: an escape has too few hexadecimal digits
    v.py:2:3: this string is not valid Python: it has no end
    "#);
}

#[test]
fn docstrings_come_in_every_quote() {
    let doc = |text: &str| read(&format!("{text}\nrevision = 'a'\ndown_revision = None\n")).message;
    assert_eq!(doc("'one'"), "one");
    assert_eq!(doc("# comment\n\nr'''a\\n\n\nmore'''"), "a\\n");
    assert_eq!(doc("\"a\\n\" 'b'"), "a\nb");
    assert_eq!(doc("('''a''')"), "a");
    assert_eq!(doc("'a' ; x = 1"), "a");
    assert_eq!(doc("b'bytes'"), "");
    assert_eq!(doc("import os\n'late'"), "");
    assert_eq!(doc("\"\"\"two\r\nlines\r\n\r\nmore\"\"\""), "two\nlines");
}

#[test]
fn encodings_follow_the_mark_or_the_coding_line() {
    let read = |bytes: &[u8]| read_python_header(Path::new("v.py"), bytes);
    let tail: &[u8] = b"\nrevision = 'a'\ndown_revision = None\n";
    let text = |head: &[u8]| [head, tail].concat();
    assert_eq!(read(&text(b"\xef\xbb\xbf'\xc3\xa9'")).unwrap().message, "é");
    assert_eq!(
        read(&text(b"# -*- coding: latin-1 -*-\n'\xe9'"))
            .unwrap()
            .message,
        "é"
    );
    assert_eq!(
        read(&text(b"# vim: set fileencoding=koi8-r :\n'plain'"))
            .unwrap()
            .message,
        "plain"
    );
    let errors = [
        read(&text(b"'\xe9'")).unwrap_err().to_string(),
        read(&text(b"#!/usr/bin/python\n# coding: koi8-r\n'\xe9'"))
            .unwrap_err()
            .to_string(),
    ];
    insta::assert_snapshot!(errors.join("\n"), @r#"
    v.py: byte 1 is no UTF-8 text; save the file as UTF-8 or declare its encoding in the first line
    v.py: encoding 'koi8-r' is not supported; save the file as UTF-8
    "#);
}

#[test]
fn very_old_files_have_their_id_in_the_name() {
    let header =
        read_python_header(Path::new("versions/1a2b.py"), b"down_revision = None").unwrap();
    assert_eq!(
        (header.revision.as_str(), header.lines.revision),
        ("1a2b", None)
    );
}

const PIECES: [&str; 36] = [
    "revision",
    "down_revision",
    "=",
    ":",
    "'",
    "\"",
    "'''",
    "\\",
    "\n",
    " ",
    "(",
    ")",
    "[",
    "]",
    ",",
    "#",
    "None",
    "if ",
    "def ",
    ";",
    "f'",
    "b'",
    "{",
    "}",
    "é",
    "\r\n",
    "+=",
    "from ",
    "import ",
    "as ",
    "\\x",
    "\\N{",
    "0x",
    "class ",
    "# coding: latin-1",
    "\t",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        let _ = read_python_header(Path::new("v.py"), &bytes);
    }

    #[test]
    fn any_python_like_text_is_read_or_refused(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..60)
    ) {
        let _ = read_python_header(Path::new("v.py"), pieces.concat().as_bytes());
    }
}

#[test]
fn files_that_alembic_wrote_are_read_and_written_again_to_the_letter() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/script/python/testdata");
    let scripts = VersionsDirectory {
        locations: vec![directory.clone()],
        recursive: false,
    }
    .load()
    .unwrap();
    assert!(scripts.problems.is_empty(), "{:?}", scripts.problems);
    let mut table = Vec::new();
    let root = tempfile::tempdir().unwrap();
    for script in &scripts.scripts {
        let header = script.header();
        table.push(format!(
            "{} <- {:?} {:?} {:?} {}",
            header.revision,
            header.down_revision,
            header.branch_labels,
            header.depends_on,
            header.message
        ));
        let created: jiff::civil::DateTime =
            header.create_date.as_deref().unwrap().parse().unwrap();
        let created = created.to_zoned(jiff::tz::TimeZone::UTC).unwrap();
        let new = NewScript {
            format: ScriptFormat::Python,
            revision: header.revision.clone(),
            message: header.message.clone(),
            down_revision: header.down_revision.clone(),
            branch_labels: header.branch_labels.clone(),
            depends_on: header.depends_on.clone(),
            created: CreateDate::new(&created, None).unwrap(),
            sql: Default::default(),
            python: PythonContent::default(),
        };
        let written = write_script(
            &new,
            root.path(),
            &FileNameRules::default(),
            root.path(),
            None,
        )
        .unwrap();
        assert_eq!(
            std::fs::read_to_string(&written.path).unwrap(),
            std::fs::read_to_string(&header.path).unwrap()
        );
    }
    insta::assert_snapshot!(table.join("\n"), @r#"
    1975ea83b712 <- [] [] [] create account table
    27c6a30d7c24 <- ["1975ea83b712"] ["shoppingcart"] [] add "cart" table
    29f859a13ea <- [] ["net"] ["53fffde5ad5"] Größe: ändern №5 हिन्दी x² 日本語
    53fffde5ad5 <- ["27c6a30d7c24", "ae1027a6acf"] [] [] merge it
    ae1027a6acf <- ["1975ea83b712"] [] [] Add a column
    "#);
}
