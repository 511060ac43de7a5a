//! Default values: how they are written, and which of them are plain literals.

use super::super::table_sql::{TokenKind, literal, tokens, unquote};

/// An expression as it may stand after `DEFAULT`: SQLite wants parentheses around all but literals.
pub(crate) fn as_default(expression: &str) -> String {
    let trimmed = expression.trim();
    if plain(trimmed) || in_parentheses(trimmed) {
        trimmed.to_owned()
    } else {
        format!("({trimmed})")
    }
}

/// A default as a value in a select list: SQLite reads a bare or double-quoted word after `DEFAULT` as a string.
pub(crate) fn as_value(default: &str) -> String {
    let quoted = default.starts_with(['"', '`', '[']);
    let word = tokens(default)
        .is_ok_and(|found| matches!(found.as_slice(), [token] if token.kind == TokenKind::Word));
    if quoted || (word && !is_keyword_value(default)) {
        literal(&unquote(default))
    } else {
        format!("({default})")
    }
}

/// Whether SQLite takes the default for a constant that it can show for rows stored before the column was added: a number,
/// a string, a blob, NULL, TRUE or FALSE.
pub(crate) fn is_literal(default: &str) -> bool {
    let word = tokens(default)
        .is_ok_and(|found| matches!(found.as_slice(), [token] if token.kind == TokenKind::Word));
    if word {
        return ["NULL", "TRUE", "FALSE"]
            .iter()
            .any(|known| default.eq_ignore_ascii_case(known));
    }
    plain(default) && !default.starts_with(['"', '`', '['])
}

fn is_keyword_value(word: &str) -> bool {
    [
        "NULL",
        "TRUE",
        "FALSE",
        "CURRENT_TIME",
        "CURRENT_DATE",
        "CURRENT_TIMESTAMP",
    ]
    .iter()
    .any(|known| word.eq_ignore_ascii_case(known))
}

fn plain(text: &str) -> bool {
    let Ok(found) = tokens(text) else {
        return false;
    };
    let kinds: Vec<TokenKind> = found.iter().map(|token| token.kind).collect();
    match kinds.as_slice() {
        [TokenKind::Symbol('-' | '+'), TokenKind::Literal] => true,
        [TokenKind::Symbol(_)] => false,
        [_] => true,
        _ => false,
    }
}

/// Whether one pair of parentheses holds everything.
fn in_parentheses(text: &str) -> bool {
    let Ok(found) = tokens(text) else {
        return false;
    };
    let mut depth = 0usize;
    for (index, token) in found.iter().enumerate() {
        match token.kind {
            TokenKind::Symbol('(') => depth += 1,
            TokenKind::Symbol(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index > 0 && index + 1 == found.len();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parentheses_are_added_where_sqlite_wants_them() {
        for (expression, expected) in [
            ("1", "1"),
            ("-1", "-1"),
            ("'a b'", "'a b'"),
            ("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"),
            ("(1 + 2)", "(1 + 2)"),
            ("(1) + (2)", "((1) + (2))"),
            ("datetime('now')", "(datetime('now'))"),
        ] {
            assert_eq!(as_default(expression), expected);
        }
    }

    #[test]
    fn a_word_after_default_is_a_string() {
        assert_eq!(as_value("abc"), "'abc'");
        assert_eq!(as_value("\"it's\""), "'it''s'");
        assert_eq!(as_value("true"), "(true)");
        assert!(is_literal("-1") && is_literal("x'00'") && is_literal("null"));
        assert!(!is_literal("abc") && !is_literal("(1)") && !is_literal("CURRENT_DATE"));
    }
}
