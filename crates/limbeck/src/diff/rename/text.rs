//! A name in an expression, replaced by another: what the database does by itself when something is renamed.

/// The text with every use of `from` as a name replaced by `to`; string literals stay as they are.
pub(super) fn replaced(text: &str, from: &str, to: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' => quoted_length(rest, '\''),
            '"' | '`' => {
                let length = quoted_length(rest, first);
                let inside = rest.get(1..length.saturating_sub(1)).unwrap_or_default();
                let twice = format!("{first}{first}");
                if inside.replace(&twice, &first.to_string()) == from {
                    result.push(first);
                    result.push_str(&to.replace(first, &twice));
                    result.push(first);
                    rest = rest.get(length..).unwrap_or_default();
                    continue;
                }
                length
            }
            _ if is_word(first) => {
                let length = rest
                    .find(|character| !is_word(character))
                    .unwrap_or(rest.len());
                let word = rest.get(..length).unwrap_or_default();
                if word.eq_ignore_ascii_case(from) {
                    result.push_str(&as_word(to));
                    rest = rest.get(length..).unwrap_or_default();
                    continue;
                }
                length
            }
            other => other.len_utf8(),
        };
        let (part, after) = rest.split_at(length.min(rest.len()));
        result.push_str(part);
        rest = after;
    }
    result
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The name without quotes where it can do without.
fn as_word(name: &str) -> String {
    let plain = name.chars().all(|character| {
        character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_'
    });
    if plain && !name.starts_with(|character: char| character.is_ascii_digit()) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}

/// The length in bytes of a quoted part at the beginning of a text, both quotes included; a quote in it stands twice.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((place, character)) = characters.next() {
        if character == quote {
            match characters.peek() {
                Some((_, next)) if *next == quote => {
                    characters.next();
                }
                _ => return place + character.len_utf8(),
            }
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_and_literals_stay() {
        assert_eq!(
            replaced(
                "titel <> 'titel' AND \"titel\" > subtitel",
                "titel",
                "title"
            ),
            "title <> 'titel' AND \"title\" > subtitel"
        );
        assert_eq!(
            replaced("`a``b` = 'it''s a'", "a`b", "c"),
            "`c` = 'it''s a'"
        );
        assert_eq!(replaced("a + 1", "a", "A b"), "\"A b\" + 1");
    }
}
