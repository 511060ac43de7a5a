//! Quotes around names and texts.

use std::collections::HashSet;

use crate::schema::Identifier;

/// How one database quotes.
#[derive(Clone, Debug)]
pub(in crate::dialect) struct Quoting {
    mark: char,
    reserved: HashSet<&'static str>,
    backslash_escapes: bool,
}

impl Quoting {
    /// Names between `mark`s; `reserved` are the words in lower case that cannot stand bare.
    pub(in crate::dialect) fn new(mark: char, reserved: &'static str, backslash: bool) -> Self {
        Quoting {
            mark,
            reserved: reserved.split_whitespace().collect(),
            backslash_escapes: backslash,
        }
    }

    /// A name as it stands in a statement.
    pub(in crate::dialect) fn name(&self, name: &Identifier) -> String {
        let text = name.as_str();
        if name
            .forced_quoting()
            .unwrap_or_else(|| self.wants_quotes(text))
        {
            let mark = self.mark;
            let doubled = text.replace(mark, &format!("{mark}{mark}"));
            format!("{mark}{doubled}{mark}")
        } else {
            text.to_owned()
        }
    }

    /// A text as a literal.
    pub(in crate::dialect) fn text(&self, text: &str) -> String {
        let mut literal = text.replace('\'', "''");
        if self.backslash_escapes {
            literal = literal.replace('\\', "\\\\");
        }
        format!("'{literal}'")
    }

    /// Only lower-case ASCII words that mean nothing to the database are the same with and without quotes on all of
    /// them.
    fn wants_quotes(&self, text: &str) -> bool {
        let plain = text.chars().all(|letter| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '_' | '$')
        });
        let starts_badly = text
            .chars()
            .next()
            .is_none_or(|first| first.is_ascii_digit() || first == '$');
        !plain || starts_badly || self.reserved.contains(text)
    }
}
