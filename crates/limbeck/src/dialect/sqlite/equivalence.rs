//! What counts as equal in SQLite, which keeps every text as it was written: tokens are compared instead of letters.

use super::{
    Sqlite,
    table_sql::{self, TokenKind, tokens, unquote},
};
use crate::{
    dialect::Dialect,
    diff::Equivalence,
    schema::{ColumnDefault, DataType, Identifier, QualifiedName},
};

impl Equivalence for Sqlite {
    fn quoted(&self, name: &Identifier) -> String {
        self.quote(name)
    }

    /// The declared text decides affinity and, for `INTEGER PRIMARY KEY`, what a rowid is; its case does not.
    fn same_type(&self, actual: &DataType, wanted: &DataType) -> bool {
        let text = |data_type| {
            self.type_text(data_type)
                .ok()
                .map(|text| text.split_whitespace().collect::<String>().to_lowercase())
        };
        actual == wanted || text(actual).is_some_and(|actual| Some(actual) == text(wanted))
    }

    fn same_expression(&self, actual: &str, wanted: &str) -> bool {
        actual == wanted || meaning(actual).is_some_and(|actual| Some(actual) == meaning(wanted))
    }

    fn same_default(
        &self,
        actual: Option<&ColumnDefault>,
        wanted: Option<&ColumnDefault>,
        _: &DataType,
    ) -> bool {
        match (actual, wanted) {
            (None, None) => true,
            (Some(ColumnDefault::Computed(actual)), Some(ColumnDefault::Computed(wanted))) => {
                // Virtual is what goes without saying.
                self.same_expression(&actual.expression, &wanted.expression)
                    && actual.persisted.unwrap_or(false) == wanted.persisted.unwrap_or(false)
            }
            (Some(actual), Some(wanted)) => match (text(actual), text(wanted)) {
                (Some(actual), Some(wanted)) => self.same_expression(&actual, &wanted),
                _ => actual == wanted,
            },
            // NULL is what a column without default gets.
            (Some(only), None) | (None, Some(only)) => {
                text(only).is_some_and(|text| text.eq_ignore_ascii_case("NULL"))
            }
        }
    }

    /// White space, comments, quotes and the case of words don't count; parentheses do.
    fn same_definition(&self, actual: &str, wanted: &str) -> bool {
        actual == wanted || words(actual).is_some_and(|actual| Some(actual) == words(wanted))
    }

    fn same_name(&self, actual: &Identifier, wanted: &Identifier) -> bool {
        table_sql::same_name(actual.as_str(), wanted.as_str())
    }

    fn mentions(&self, definition: &str, name: &QualifiedName) -> bool {
        table_sql::names(definition, name.name.as_str())
    }
}

/// A default as SQL.
fn text(default: &ColumnDefault) -> Option<String> {
    match default {
        ColumnDefault::Literal(text) => Some(table_sql::literal(text)),
        ColumnDefault::Expression(text) => Some(text.clone()),
        ColumnDefault::Computed(_) | ColumnDefault::Identity(_) => None,
    }
}

/// One token, free of how it happens to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    /// A keyword or name, in lower case and without quotes.
    Name(String),
    /// A literal.
    Value(String),
    /// An operator, or a part of the grammar.
    Sign(String),
}

/// The tokens of a text; `None` when a quote in it has no end.
fn words(text: &str) -> Option<Vec<Word>> {
    let mut words: Vec<Word> = Vec::new();
    let mut end = 0;
    for token in tokens(text).ok()? {
        let written = text.get(token.span.clone())?;
        let word = match token.kind {
            TokenKind::Word | TokenKind::Quoted => {
                Word::Name(unquote(written).to_ascii_lowercase())
            }
            TokenKind::Text => Word::Value(written.to_owned()),
            TokenKind::Literal => Word::Value(written.to_ascii_lowercase()),
            TokenKind::Symbol(sign) => {
                // Two signs side by side are one operator.
                let before = words.last_mut().filter(|_| end == token.span.start);
                if let Some(Word::Sign(before)) = before
                    && let Some(one) = joined(before, sign)
                {
                    *before = one.to_owned();
                    end = token.span.end;
                    continue;
                }
                Word::Sign(sign.to_string())
            }
        };
        end = token.span.end;
        words.push(word);
    }
    while words.last() == Some(&Word::Sign(";".to_owned())) {
        words.pop();
    }
    Some(words)
}

/// The operator of two signs, in the spelling that stands for all of its spellings.
fn joined(before: &str, sign: char) -> Option<&'static str> {
    Some(match (before, sign) {
        ("=", '=') => "=",
        ("<", '>') | ("!", '=') => "<>",
        ("<", '=') => "<=",
        (">", '=') => ">=",
        ("|", '|') => "||",
        ("<", '<') => "<<",
        (">", '>') => ">>",
        ("-", '>') => "->",
        ("->", '>') => "->>",
        _ => return None,
    })
}

/// The tokens of an expression without the parentheses that group nothing.
fn meaning(text: &str) -> Option<Vec<Word>> {
    let mut words = words(text)?;
    while let Some((open, close)) = redundant(&words) {
        words.remove(close);
        words.remove(open);
    }
    Some(words)
}

/// Parentheses around the whole, around a single token, or around other parentheses. Those of a call or a list follow a
/// name.
fn redundant(words: &[Word]) -> Option<(usize, usize)> {
    let is = |at: usize, sign: &str| matches!(words.get(at), Some(Word::Sign(own)) if own == sign);
    for open in (0..words.len()).filter(|at| is(*at, "(")) {
        let close = closing(words, open)?;
        let called = open
            .checked_sub(1)
            .is_some_and(|before| matches!(words.get(before), Some(Word::Name(_))));
        let whole = open == 0 && close + 1 == words.len();
        let single = close == open + 2;
        let doubled = is(open + 1, "(") && closing(words, open + 1) == Some(close - 1);
        if whole || doubled || single && !called {
            return Some((open, close));
        }
    }
    None
}

fn closing(words: &[Word], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, word) in words.iter().enumerate().skip(open) {
        match word {
            Word::Sign(sign) if sign == "(" => depth += 1,
            Word::Sign(sign) if sign == ")" => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::NamedType;

    #[test]
    fn expressions_are_equal_whatever_they_look_like() {
        let sqlite = Sqlite::new(None);
        for (left, right) in [
            ("x > 0", "(X>0)"),
            ("\"x\" = 1", "x == 1"),
            ("a != b", "[a] <> `b`"),
            ("((lower(x)))", "LOWER( x ) /* why */"),
            ("(x) > (0)", "x > 0"),
            ("y IN ((1), 2)", "y in (1, 2)"),
            ("((x + 1)) * 2", "(x + 1) * 2"),
        ] {
            assert!(sqlite.same_expression(left, right), "{left} and {right}");
        }
        for (left, right) in [
            ("x > 0", "x > 5"),
            ("'x' = y", "'X' = y"),
            ("(x + 1) * 2", "x + 1 * 2"),
            ("x", "'x'"),
            ("f(x)", "f x"),
            ("(a) + (b)", "a"),
            ("x in (1)", "x in 1"),
            ("a < > b", "a <> b"),
        ] {
            assert!(!sqlite.same_expression(left, right), "{left} and {right}");
        }
    }

    #[test]
    fn types_defaults_and_definitions() {
        let sqlite = Sqlite::new(None);
        let integer = DataType::named("INTEGER");
        assert!(sqlite.same_type(&DataType::Custom("integer".to_owned()), &integer));
        assert!(!sqlite.same_type(&DataType::named("INT"), &integer));
        let wide = DataType::Named(NamedType::new("VARCHAR").with_numbers(&[5]));
        assert!(!sqlite.same_type(&wide, &DataType::named("VARCHAR")));
        let written = |text: &str| Some(ColumnDefault::Expression(text.to_owned()));
        let same = |left: &Option<ColumnDefault>, right: &Option<ColumnDefault>| {
            sqlite.same_default(left.as_ref(), right.as_ref(), &integer)
        };
        assert!(same(
            &written("(current_timestamp)"),
            &written("CURRENT_TIMESTAMP")
        ));
        assert!(same(
            &Some(ColumnDefault::Literal("a'b".to_owned())),
            &written("'a''b'")
        ));
        assert!(same(&written("null"), &None));
        assert!(!same(&written("'5'"), &written("5")));
        assert!(sqlite.same_definition("select  1 -- one", "SELECT 1"));
        assert!(!sqlite.same_definition("SELECT (1)", "SELECT 1"));
    }
}
