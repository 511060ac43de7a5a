//! Constant expressions: strings, None, tuples and lists of them.

use super::{
    At,
    string::{self, Literal},
    token::{Kind, Token},
};

/// What an expression is, as far as it can be known without running it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    None,
    Text(String),
    Sequence(Vec<Value>),
    /// A constant of a type that no identifier has.
    Other,
    /// Anything that has to be run.
    Computed,
}

/// Nesting deeper than this is no identifier.
const DEEPEST: usize = 8;

/// The value of the whole expression `tokens`.
pub(super) fn read(line: &str, tokens: &[Token]) -> At<Value> {
    let mut reader = Reader {
        line,
        tokens,
        at: 0,
    };
    let value = reader.list(None, 0)?;
    Ok(if reader.at == tokens.len() {
        value
    } else {
        Value::Computed
    })
}

struct Reader<'a> {
    line: &'a str,
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    fn next_is(&self, text: &str) -> bool {
        self.tokens
            .get(self.at)
            .is_some_and(|token| token.is(self.line, text))
    }

    /// Elements up to `close` or the end: one element without a comma is that element.
    fn list(&mut self, close: Option<&str>, depth: usize) -> At<Value> {
        let mut values = Vec::new();
        let mut commas = 0;
        loop {
            let ended = match close {
                Some(mark) => self.next_is(mark),
                None => self.at == self.tokens.len(),
            };
            if ended || self.at >= self.tokens.len() {
                break;
            }
            let value = self.element(depth)?;
            if value == Value::Computed {
                return Ok(value);
            }
            values.push(value);
            if !self.next_is(",") {
                break;
            }
            self.at += 1;
            commas += 1;
        }
        if let Some(mark) = close {
            if !self.next_is(mark) {
                return Ok(Value::Computed);
            }
            self.at += 1;
        }
        if commas == 0 && close != Some("]") && values.len() == 1 {
            return Ok(values.remove(0));
        }
        if values.is_empty() && close.is_none() {
            return Ok(Value::Computed);
        }
        Ok(Value::Sequence(values))
    }

    fn element(&mut self, depth: usize) -> At<Value> {
        let Some(token) = self.tokens.get(self.at).copied() else {
            return Ok(Value::Computed);
        };
        if depth > DEEPEST {
            return Ok(Value::Computed);
        }
        match (token.kind, token.text(self.line)) {
            (Kind::String, _) => self.strings(),
            (Kind::Operator, "(") => {
                self.at += 1;
                self.list(Some(")"), depth + 1)
            }
            (Kind::Operator, "[") => {
                self.at += 1;
                self.list(Some("]"), depth + 1)
            }
            (Kind::Name, "None") => {
                self.at += 1;
                Ok(Value::None)
            }
            (Kind::Number, _) | (Kind::Name, "True" | "False") => {
                self.at += 1;
                Ok(Value::Other)
            }
            _ => Ok(Value::Computed),
        }
    }

    /// One or more literals, which Python joins.
    fn strings(&mut self) -> At<Value> {
        let mut text = String::new();
        let mut kind = Value::None;
        while let Some(token) = self.tokens.get(self.at) {
            if token.kind != Kind::String {
                break;
            }
            self.at += 1;
            match string::value(token.text(self.line))
                .map_err(|(at, why)| (token.start + at, why))?
            {
                Literal::Text(part) => text.push_str(&part),
                Literal::Bytes => kind = Value::Other,
                Literal::Computed => kind = Value::Computed,
            }
        }
        Ok(if kind == Value::None {
            Value::Text(text)
        } else {
            kind
        })
    }
}
