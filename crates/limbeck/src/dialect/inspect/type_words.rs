//! A type's text, taken apart: `timestamp(3) with time zone` is a name, a number and more words.

use crate::schema::{NamedType, TypeArgument};

/// The parts of a type's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::dialect) struct TypeWords {
    /// What stands before the parentheses, in upper case, words parted by one blank.
    pub(in crate::dialect) name: String,
    /// What stands in the parentheses.
    pub(in crate::dialect) arguments: Vec<TypeArgument>,
    /// What stands behind them, in upper case.
    pub(in crate::dialect) rest: String,
}

impl TypeWords {
    /// Takes a type's text apart; `None` where the parentheses hold something else than numbers and texts.
    pub(in crate::dialect) fn of(text: &str) -> Option<TypeWords> {
        let Some(open) = text.find('(') else {
            return Some(TypeWords {
                name: words(text),
                ..TypeWords::default()
            });
        };
        let inside = text.get(open + 1..)?;
        let (arguments, close) = arguments(inside)?;
        Some(TypeWords {
            name: words(text.get(..open)?),
            arguments,
            rest: words(inside.get(close + 1..)?),
        })
    }

    /// The type of this name with these arguments.
    pub(in crate::dialect) fn named(&self) -> NamedType {
        NamedType {
            name: self.name.clone(),
            arguments: self.arguments.clone(),
            ..NamedType::default()
        }
    }
}

fn words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_uppercase()
}

/// The arguments, and where the closing parenthesis is.
fn arguments(text: &str) -> Option<(Vec<TypeArgument>, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        match letter {
            // A doubled quote closes and opens again, which is right for finding the end.
            '\'' => quoted = !quoted,
            ',' | ')' if !quoted => {
                found.push(argument(text.get(start..at)?.trim())?);
                start = at + 1;
                if letter == ')' {
                    return Some((found, at));
                }
            }
            _ => {}
        }
    }
    None
}

fn argument(text: &str) -> Option<TypeArgument> {
    if let Some(inside) = text
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
    {
        return Some(TypeArgument::Text(inside.replace("''", "'")));
    }
    text.parse().ok().map(TypeArgument::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_numbers_texts_and_the_rest() {
        let read = |text| TypeWords::of(text).unwrap();
        let stamp = read("timestamp(3)  with time zone");
        assert_eq!(
            (stamp.name.as_str(), stamp.rest.as_str()),
            ("TIMESTAMP", "WITH TIME ZONE")
        );
        assert_eq!(stamp.arguments, [TypeArgument::Number(3)]);
        let set = read("set('a','it''s, (b)')");
        let text = |text: &str| TypeArgument::Text(text.to_owned());
        assert_eq!(set.arguments, [text("a"), text("it's, (b)")]);
        assert_eq!(read("double  precision").name, "DOUBLE PRECISION");
        assert_eq!(TypeWords::of("varchar(max)"), None);
        assert_eq!(TypeWords::of("varchar(3"), None);
    }
}
