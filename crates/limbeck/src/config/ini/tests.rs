//! The reading of ini files, against what Python 3.11's `ConfigParser` made of the same texts.

use std::path::Path;

use proptest::prelude::*;

use super::*;

/// Texts, and what `ConfigParser({"here": "/h"})` reads: the items of each section without `here`, or the
/// name of the exception.
const PYTHON: &[(&str, &str)] = &[
    ("[s]\na = 1\nb: 2\n", "[s] a=\"1\", b=\"2\""),
    ("[s]\na=b=c\nd:e=f\n", "[s] a=\"b=c\", d=\"e=f\""),
    (
        "[s]\nA B = x  # not a comment\n",
        "[s] a b=\"x  # not a comment\"",
    ),
    ("[s]\nMiXed=1\n", "[s] mixed=\"1\""),
    (
        "[s]\na = 1\n  2\n\n  3\n\n\nb = 4\n",
        "[s] a=\"1\\n2\\n\\n3\", b=\"4\"",
    ),
    ("[s]\na =\n  1\n  2\n", "[s] a=\"\\n1\\n2\""),
    (
        "[s]\na = 1\n# c\n  2\n; d\n  # e\n  3\n",
        "[s] a=\"1\\n2\\n3\"",
    ),
    ("[s]\n  a = 1\n  b = 2\n", "[s] a=\"1\", b=\"2\""),
    (
        "[s]\n  a = 1\nb = 2\n   c = 3\n",
        "[s] a=\"1\", b=\"2\\nc = 3\"",
    ),
    ("[s]\na = 1\n  [t]\nb = 2\n", "[s] a=\"1\\n[t]\", b=\"2\""),
    (
        "[s]\na = 1\n[t] trailing\nb = 2\n",
        "[s] a=\"1\"; [t] b=\"2\"",
    ),
    ("[s [x] y]\na = 1\n", "[s [x] y] a=\"1\""),
    ("[s]\na\n", "ParsingError"),
    ("[s]\n= 1\n", "ParsingError"),
    ("a = 1\n", "MissingSectionHeaderError"),
    ("[s]\na = 1\n[s]\nb = 2\n", "DuplicateSectionError"),
    ("[s]\na = 1\nA = 2\n", "DuplicateOptionError"),
    (
        "[DEFAULT]\nd = 1\n[s]\na = %(d)s\n[DEFAULT]\ne = 2\n",
        "[s] d=\"1\", e=\"2\", a=\"1\"",
    ),
    ("[s]\na = %%(x)s 100%%\n", "[s] a=\"%(x)s 100%\""),
    (
        "[s]\na = %(B)s\nb = %(c)s!\nc = z\n",
        "[s] a=\"z!\", b=\"z!\", c=\"z\"",
    ),
    ("[s]\na = %(nope)s\n", "[s] InterpolationMissingOptionError"),
    ("[s]\na = 50% off\n", "[s] InterpolationSyntaxError"),
    ("[s]\na = %(b)d\n", "[s] InterpolationSyntaxError"),
    ("[s]\na = %()s\n", "[s] InterpolationSyntaxError"),
    ("[s]\na = %(a)s\n", "[s] InterpolationDepthError"),
    ("[s]\na = x%(here)sy\n", "[s] a=\"x/hy\""),
    ("[s]\r\na = 1\r\n  2\r\n", "[s] a=\"1\\n2\""),
    ("[s]\ra = 1\r", "[s] a=\"1\""),
    (
        "[s]\na = \"quoted\"\nb = x ; y\n",
        "[s] a=\"\\\"quoted\\\"\", b=\"x ; y\"",
    ),
    ("[s]\n\ta = 1\n\t\t2\n", "[s] a=\"1\\n2\""),
    ("[s]\na = 1\u{a0}\n\u{a0}b = 2\n", "[s] a=\"1\\nb = 2\""),
    ("[]\na = 1\n", "MissingSectionHeaderError"),
    ("", ""),
    ("# only\n", ""),
    (
        "[s]\nurl = postgresql://u:p%%40@h/d\nx:y = 1\n",
        "[s] url=\"postgresql://u:p%40@h/d\", x=\"y = 1\"",
    ),
    ("[s]\na =\nb = 1\n", "[s] a=\"\", b=\"1\""),
    ("[s]\na = 1\n\n[t]\n", "[s] a=\"1\"; [t]"),
    (
        "[DEFAULT]\nhere = /other\n[s]\na = %(here)s\n",
        "[s] a=\"/other\"",
    ),
    ("[s]\n\u{130} = 1\n", "[s] i\u{307}=\"1\""),
    ("[s]\na = %(x y)s\nx y = 7\n", "[s] a=\"7\", x y=\"7\""),
    ("[s]\na = 1\n  = 2\n", "[s] a=\"1\\n= 2\""),
    ("[s]\n[t\na = 1\n", "ParsingError"),
    (
        "[s]\na = 1\u{c}2\n\u{b}\n3 = 4\n",
        "[s] a=\"1\\f2\", 3=\"4\"",
    ),
];

fn parse(text: &str) -> Result<Ini, IniSyntaxError> {
    Ini::parse(text, Path::new("alembic.ini"), [("here", "/h".to_owned())])
}

/// A reading in the notation of the table.
fn describe(text: &str) -> String {
    let ini = match parse(text) {
        Ok(ini) => ini,
        Err(error) => {
            return match error {
                IniSyntaxError::NoSection { .. } => "MissingSectionHeaderError",
                IniSyntaxError::NotAnOption { .. } => "ParsingError",
                IniSyntaxError::DuplicateSection { .. } => "DuplicateSectionError",
                IniSyntaxError::DuplicateOption { .. } => "DuplicateOptionError",
            }
            .to_owned();
        }
    };
    let sections = ini.sections().map(|section| {
        let items = match ini.items(section) {
            Ok(items) => items.unwrap(),
            Err(error) => {
                let name = match error {
                    InterpolationError::BadSyntax { .. } => "InterpolationSyntaxError",
                    InterpolationError::Missing { .. } => "InterpolationMissingOptionError",
                    InterpolationError::TooDeep { .. } => "InterpolationDepthError",
                    InterpolationError::TooLong { .. } => "no such exception",
                };
                return format!("[{section}] {name}");
            }
        };
        let items: Vec<_> = items
            .into_iter()
            .filter(|(name, _)| name != "here")
            .map(|(name, found)| {
                let value = serde_json::to_string(&found.value).unwrap();
                format!("{name}={value}")
            })
            .collect();
        format!("[{section}] {}", items.join(", "))
            .trim_end()
            .to_owned()
    });
    sections.collect::<Vec<_>>().join("; ")
}

#[test]
fn texts_are_read_as_python_reads_them() {
    for (text, expected) in PYTHON {
        assert_eq!(&describe(text), expected, "{text:?}");
    }
}

#[test]
fn a_byte_order_mark_is_no_text() {
    assert_eq!(describe("\u{feff}[s]\na = 1\n"), "[s] a=\"1\"");
}

#[test]
fn values_keep_their_place() {
    let ini = parse("[s]\n  key : first\n    second\nother=%(key)s\n").unwrap();
    let place = |option: &str| {
        let origin = ini.get("s", option).unwrap().unwrap().origin.unwrap();
        (origin.line, origin.column.unwrap(), origin.length)
    };
    assert_eq!(place("key"), (2, 9, 5));
    assert_eq!(place("other"), (4, 7, 7));
    assert_eq!(ini.get("s", "here").unwrap().unwrap().origin, None);
    let names = ini.own_options("s").into_iter();
    let names: Vec<_> = names.map(|(name, at)| (name, at.line, at.length)).collect();
    assert_eq!(names, [("key", 2, 3), ("other", 4, 5)]);
}

#[test]
fn a_bad_reference_is_pointed_at_where_it_stands() {
    let ini =
        parse("[DEFAULT]\nbase = x\n\t50% %(bse)s\n[s]\na = %(base)s\nb = %(bsae)s\n").unwrap();
    let at = |option: &str| {
        let error = ini.get("s", option).unwrap_err();
        let origin = error.origin().unwrap();
        (origin.line, origin.column.unwrap(), origin.length)
    };
    assert_eq!(at("a"), (3, 4, 1));
    assert_eq!(at("b"), (6, 5, 8));
    let InterpolationError::Missing { nearest, .. } = ini.get("s", "b").unwrap_err() else {
        panic!("the option is missing");
    };
    assert_eq!(nearest.as_deref(), Some("base"));
}

#[test]
fn ten_levels_of_references_are_followed_and_no_more() {
    let chain = |levels: usize| {
        let links = (1..levels).map(|level| format!("k{level} = %(k{})s\n", level + 1));
        format!("[s]\n{}k{levels} = end\n", links.collect::<String>())
    };
    let get = |levels| parse(&chain(levels)).unwrap().get("s", "k1");
    assert_eq!(get(11).unwrap().unwrap().value, "end");
    assert!(matches!(get(12), Err(InterpolationError::TooDeep { .. })));
}

#[test]
fn references_cannot_multiply_without_bound() {
    let mut text = "[s]\nk0 = \n".to_owned();
    for level in 1..10 {
        let references = format!("%(k{})s", level - 1).repeat(50);
        text.push_str(&format!("k{level} = {references}\n"));
    }
    let ini = parse(&text).unwrap();
    assert_eq!(ini.get("s", "k2").unwrap().unwrap().value, "");
    assert!(matches!(
        ini.get("s", "k9"),
        Err(InterpolationError::TooLong { .. })
    ));
}

/// Text with much of what the format gives a meaning to.
fn likely() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("[s]".to_owned()),
        Just("[DEFAULT]".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("  ".to_owned()),
        Just(" = ".to_owned()),
        Just(":".to_owned()),
        Just("%(a)s".to_owned()),
        Just("%%".to_owned()),
        Just("%".to_owned()),
        Just("#".to_owned()),
        "[a-cA-C\u{a0}\u{1c}é%()\\[\\]]{0,4}",
    ];
    proptest::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in prop_oneof![any::<String>(), likely()]) {
        match parse(&text) {
            Ok(ini) => {
                let lines = text.split(['\n', '\r']).count() as u32;
                for section in ini.sections() {
                    for (option, origin) in ini.own_options(section) {
                        prop_assert!(ini.has_option(section, option));
                        prop_assert!(origin.line <= lines);
                        if let Err(error) = ini.get(section, option) {
                            prop_assert!(error.origin().is_some());
                        }
                    }
                    let _ = ini.items(section);
                }
            }
            Err(error) => prop_assert!(error.origin().line > 0),
        }
    }

    #[test]
    fn what_is_written_is_read(
        options in proptest::collection::btree_map("[a-z][a-z_.]{0,8}", "[ -~é]{0,20}", 0..6),
    ) {
        let mut text = "[s]\n".to_owned();
        for (name, value) in &options {
            text.push_str(&format!("{name} = {}\n", value.replace('%', "%%")));
        }
        let ini = parse(&text).unwrap();
        for (name, value) in &options {
            let read = ini.get("s", name).unwrap().unwrap();
            prop_assert_eq!(read.value, value.trim());
        }
    }
}
