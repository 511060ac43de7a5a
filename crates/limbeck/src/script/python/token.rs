//! Tokens of one logical line of Python.

use super::string;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or keyword.
    Name,
    /// A string literal with its prefix.
    String,
    /// A number.
    Number,
    /// An operator, a bracket or a separator.
    Operator,
}

/// One token and its span in the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Token {
    pub(super) fn text<'a>(&self, line: &'a str) -> &'a str {
        line.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether this is the name or operator `text`.
    pub(super) fn is(&self, line: &str, text: &str) -> bool {
        self.kind != Kind::String && self.text(line) == text
    }
}

/// Operators that end with `=` and are longer than one character: none of them is an assignment.
const WITH_EQUALS: [&str; 18] = [
    "**=", "//=", ">>=", "<<=", "==", "!=", "<=", ">=", ":=", "+=", "-=", "*=", "/=", "%=", "@=",
    "&=", "|=", "^=",
];

/// The tokens of `line`, comments left out.
pub(super) fn read(line: &str) -> Vec<Token> {
    let bytes = line.as_bytes();
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(&byte) = bytes.get(start) {
        let name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        let run = |belongs: &dyn Fn(u8) -> bool| {
            let rest = &bytes[start..];
            start
                + rest
                    .iter()
                    .position(|next| !belongs(*next))
                    .unwrap_or(rest.len())
        };
        let (kind, end) = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'\\' => {
                start += 1;
                continue;
            }
            b'#' => {
                start = run(&|next| next != b'\n');
                continue;
            }
            b'\'' | b'"' => (
                Kind::String,
                string::end(bytes, start).unwrap_or(bytes.len()),
            ),
            b'0'..=b'9' => (Kind::Number, run(&|next| name(next) || next == b'.')),
            _ if name(byte) => {
                let end = run(&name);
                let prefix = end - start <= 2
                    && line
                        .get(start..end)
                        .is_some_and(|word| word.chars().all(string::is_prefix_letter));
                match bytes.get(end) {
                    Some(b'\'' | b'"') if prefix => {
                        (Kind::String, string::end(bytes, end).unwrap_or(bytes.len()))
                    }
                    _ => (Kind::Name, end),
                }
            }
            _ => {
                let long = WITH_EQUALS
                    .iter()
                    .find(|operator| bytes[start..].starts_with(operator.as_bytes()));
                (
                    Kind::Operator,
                    start + long.map_or(1, |operator| operator.len()),
                )
            }
        };
        tokens.push(Token { kind, start, end });
        start = end;
    }
    tokens
}
