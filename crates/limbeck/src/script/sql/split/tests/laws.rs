//! What holds for any text.

use proptest::prelude::*;

use super::*;

fn dialects() -> impl Strategy<Value = DialectName> {
    prop::sample::select(DialectName::ALL.to_vec())
}

/// Pieces that matter to a splitter, in any order: random characters alone hardly ever meet a rule.
fn sql_like() -> impl Strategy<Value = String> {
    const PIECES: [&str; 60] = [
        ";",
        " ",
        "\n",
        "\r\n",
        "'",
        "''",
        "\"",
        "`",
        "[",
        "]",
        "$$",
        "$a$",
        "$1",
        "E'",
        "\\",
        "/*",
        "*/",
        "/*!",
        "--",
        "-- ",
        "#",
        "(",
        ")",
        ",",
        ".",
        "é",
        "1.5",
        "0x1F",
        "1..3",
        "CREATE",
        " TRIGGER ",
        " FUNCTION f() ",
        " PROCEDURE p() ",
        " BEGIN ",
        " ATOMIC ",
        " END ",
        " CASE ",
        " IF ",
        " THEN ",
        " ELSE ",
        " LOOP ",
        " WHILE ",
        " DO ",
        " REPEAT ",
        " UNTIL ",
        " FOR EACH ROW ",
        " EVENT ",
        " HANDLER ",
        "l:",
        " SELECT ",
        "COPY t FROM ",
        "stdin",
        "TEMP",
        "EXPLAIN ",
        " OR REPLACE ",
        "\0",
        " NOT ",
        "U&'",
        "@x",
        "?1",
    ];
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_spans_of_the_tokens_are_the_text(text in sql_like(), dialect in dialects()) {
        let mut end = 0;
        for token in Tokenizer::new(&text, dialect) {
            prop_assert_eq!(token.start, end);
            prop_assert!(token.end > token.start);
            prop_assert!(text.get(token.range()).is_some(), "a token ends inside a character");
            end = token.end;
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn any_bytes_are_split_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), dialect in dialects()) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = split(&text, dialect);
    }

    #[test]
    fn statements_stand_where_they_say(text in sql_like(), dialect in dialects()) {
        if let Ok(statements) = split(&text, dialect) {
            for statement in statements {
                prop_assert_eq!(&text[statement.range.clone()], statement.sql);
                prop_assert_eq!(Position::of(&text, statement.range.start), statement.position);
                prop_assert!(!statement.sql.trim().is_empty());
            }
        }
    }

    #[test]
    fn the_joined_statements_split_the_same_way(text in sql_like(), dialect in dialects()) {
        if let Ok(statements) = split(&text, dialect) {
            let texts: Vec<&str> = statements.iter().map(|statement| statement.sql).collect();
            // For MySQL two minus signs are a comment or not by what follows them, which joining changes.
            prop_assume!(!texts.iter().any(|text| text.ends_with("--")));
            let joined = texts.join(";\n");
            let again = split(&joined, dialect);
            prop_assert!(again.is_ok(), "{:?} {}", again, joined);
            let again: Vec<&str> = again.iter().flatten().map(|statement| statement.sql).collect();
            prop_assert_eq!(again, texts);
        }
    }
}
