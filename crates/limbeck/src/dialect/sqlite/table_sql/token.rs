//! Tokens of SQLite's SQL with their places in the text. Knows quoting and comments; knows no grammar.

use std::ops::Range;

/// What a token is, as far as reading a schema needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A keyword or a bare name.
    Word,
    /// A name in `"…"`, `` `…` `` or `[…]`.
    Quoted,
    /// `'…'`; SQLite takes it for a name where only a name can stand.
    Text,
    /// A number or a blob literal.
    Literal,
    /// Any other single character.
    Symbol(char),
}

/// A token and the bytes it covers. White space and comments are between tokens, never in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Range<usize>,
}

/// A quote or comment that is never closed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the quote or comment opened at byte {offset} is never closed")]
pub(crate) struct Unterminated {
    pub(crate) offset: usize,
}

/// Splits `text` into tokens.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, Unterminated> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = next(text, at)? {
        at = token.span.end;
        found.push(token);
    }
    Ok(found)
}

/// The first word of a statement; `None` when it begins with anything else. Reads no further, however long the statement is.
pub(crate) fn first_word(text: &str) -> Option<&str> {
    match next(text, 0) {
        Ok(Some(token)) if token.kind == TokenKind::Word => text.get(token.span),
        _ => None,
    }
}

/// The token at byte `at` or after it; `None` at the end of the text.
fn next(text: &str, mut at: usize) -> Result<Option<Token>, Unterminated> {
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        if first.is_whitespace() || first == '\u{feff}' {
            at += first.len_utf8();
        } else if rest.starts_with("--") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            // SQLite lets the end of the text close a comment.
            at += rest
                .get(2..)
                .and_then(|body| body.find("*/"))
                .map_or(rest.len(), |end| end + 4);
        } else {
            let (kind, length) = one(rest, first).ok_or(Unterminated { offset: at })?;
            let span = at..at + length;
            return Ok(Some(Token { kind, span }));
        }
    }
    Ok(None)
}

/// The token that `rest` begins with, and its length in bytes; `None` when its quote is never closed.
fn one(rest: &str, first: char) -> Option<(TokenKind, usize)> {
    Some(match first {
        '\'' => (TokenKind::Text, quoted(rest, '\'')?),
        '"' => (TokenKind::Quoted, quoted(rest, '"')?),
        '`' => (TokenKind::Quoted, quoted(rest, '`')?),
        '[' => (TokenKind::Quoted, rest.find(']')? + 1),
        'x' | 'X' if rest.get(1..2) == Some("'") => {
            (TokenKind::Literal, 1 + quoted(rest.get(1..)?, '\'')?)
        }
        _ if first == '_' || first.is_ascii_alphabetic() || !first.is_ascii() => {
            (TokenKind::Word, run(rest, word_part))
        }
        _ if first.is_ascii_digit() || starts_fraction(rest) => (TokenKind::Literal, number(rest)),
        _ => (TokenKind::Symbol(first), first.len_utf8()),
    })
}

fn word_part(character: char) -> bool {
    character == '_'
        || character == '$'
        || character.is_ascii_alphanumeric()
        || !character.is_ascii()
}

fn starts_fraction(rest: &str) -> bool {
    let mut characters = rest.chars();
    characters.next() == Some('.') && characters.next().is_some_and(|next| next.is_ascii_digit())
}

fn run(rest: &str, accept: impl Fn(char) -> bool) -> usize {
    rest.find(|character| !accept(character))
        .unwrap_or(rest.len())
}

/// The length of a quoted token; a doubled quote stands for itself.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut inside = rest.char_indices().skip(1).peekable();
    while let Some((index, character)) = inside.next() {
        if character == quote {
            if inside.peek().is_some_and(|(_, next)| *next == quote) {
                inside.next();
            } else {
                return Some(index + 1);
            }
        }
    }
    None
}

fn number(rest: &str) -> usize {
    let digits = run(rest, |c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
    let exponent = rest.get(..digits).is_some_and(|text| {
        text.ends_with(['e', 'E']) && !text.starts_with("0x") && !text.starts_with("0X")
    });
    let sign = rest
        .get(digits..)
        .is_some_and(|after| after.starts_with(['+', '-']));
    if exponent && sign {
        digits
            + 1
            + run(rest.get(digits + 1..).unwrap_or_default(), |c| {
                c.is_ascii_digit()
            })
    } else {
        digits
    }
}

/// The name that a token stands for, without its quotes.
pub(crate) fn unquote(token: &str) -> String {
    let inner = |quote: char| {
        token
            .get(1..token.len().saturating_sub(1))
            .unwrap_or_default()
            .replace(&format!("{quote}{quote}"), &quote.to_string())
    };
    match token.chars().next() {
        Some('[') => token
            .get(1..token.len().saturating_sub(1))
            .unwrap_or_default()
            .to_owned(),
        Some(quote @ ('"' | '`' | '\'')) => inner(quote),
        _ => token.to_owned(),
    }
}

/// A name in double quotes, safe for any name that SQLite stores.
pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A string literal.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Whether two names are one to SQLite, which folds the case of ASCII letters only.
pub(crate) fn same_name(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
}

/// Whether `text` has `name` as a word or in quotes, wherever: right for a table's name, which may stand before a
/// parenthesis (`INSERT INTO t(a)`).
pub(crate) fn names(text: &str, name: &str) -> bool {
    let Ok(found) = tokens(text) else {
        return true;
    };
    found
        .iter()
        .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Quoted))
        .filter_map(|token| text.get(token.span.clone()))
        .any(|word| same_name(&unquote(word), name))
}

/// Whether `text` uses `name` as a column: not as a function, a collation or inside a string.
pub(crate) fn mentions(text: &str, name: &str) -> bool {
    let Ok(tokens) = tokens(text) else {
        return true;
    };
    tokens.iter().enumerate().any(|(index, token)| {
        let written = text.get(token.span.clone()).unwrap_or_default();
        let is_name = match token.kind {
            TokenKind::Word => {
                let called = tokens
                    .get(index + 1)
                    .is_some_and(|next| next.kind == TokenKind::Symbol('('));
                !called
            }
            TokenKind::Quoted => true,
            _ => false,
        };
        let collation = index
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .and_then(|before| text.get(before.span.clone()))
            .is_some_and(|before| before.eq_ignore_ascii_case("COLLATE"));
        is_name && !collation && same_name(&unquote(written), name)
    })
}

/// `text` without `name.` before columns; `None` when it is nowhere.
pub(crate) fn unqualified(text: &str, name: &str) -> Option<String> {
    let found = tokens(text).ok()?;
    let is_dot = |token: &Token| token.kind == TokenKind::Symbol('.');
    let mut result = text.to_owned();
    let mut changed = false;
    for pair in found.windows(2).rev() {
        let [word, dot] = pair else { continue };
        let written = text.get(word.span.clone()).unwrap_or_default();
        if matches!(word.kind, TokenKind::Word | TokenKind::Quoted)
            && is_dot(dot)
            && same_name(&unquote(written), name)
        {
            result.replace_range(word.span.start..dot.span.end, "");
            changed = true;
        }
    }
    changed.then_some(result)
}
