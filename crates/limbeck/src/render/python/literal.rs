//! Python literals.

/// `text` as Python's `repr()` writes it.
pub(super) fn string(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push(quote);
    for character in text.chars() {
        match character {
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            _ if character == quote => {
                literal.push('\\');
                literal.push(character);
            }
            _ if is_printable(character) => literal.push(character),
            _ => literal.push_str(&escape(character)),
        }
    }
    literal.push(quote);
    literal
}

fn escape(character: char) -> String {
    let code = u32::from(character);
    match code {
        0..=0xff => format!("\\x{code:02x}"),
        0x100..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}

/// Whether Python's `repr()` shows a character as it is: not controls, separators other than the blank, format
/// characters, private ones or those that are not assigned.
fn is_printable(character: char) -> bool {
    use unicode_properties::{GeneralCategory as Category, UnicodeGeneralCategory};
    character == ' '
        || !matches!(
            character.general_category(),
            Category::Control
                | Category::Format
                | Category::Surrogate
                | Category::PrivateUse
                | Category::Unassigned
                | Category::LineSeparator
                | Category::ParagraphSeparator
                | Category::SpaceSeparator
        )
}

/// `True` or `False`.
pub(super) fn boolean(value: bool) -> String {
    if value { "True" } else { "False" }.to_owned()
}

/// `None` or a string.
pub(super) fn string_or_none(text: Option<&str>) -> String {
    text.map_or_else(|| "None".to_owned(), string)
}

/// `['a', 'b']`
pub(super) fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = texts
        .into_iter()
        .map(|text| string(text.as_ref()))
        .collect();
    format!("[{}]", items.join(", "))
}

/// SQL for `sa.text()`, which takes `:name` for a parameter unless the colon is escaped.
pub(super) fn sql(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let is_word = |at: usize| {
        characters
            .get(at)
            .is_some_and(|character| character.is_alphanumeric() || *character == '_')
    };
    let mut escaped = String::with_capacity(text.len());
    for (at, character) in characters.iter().enumerate() {
        if *character == ':' && is_word(at + 1) {
            let before = at.checked_sub(1).and_then(|at| characters.get(at));
            let follows = before.is_some_and(|before| {
                matches!(before, ':' | '\\') || before.is_alphanumeric() || *before == '_'
            });
            let end = (at + 1..).find(|end| !is_word(*end)).unwrap_or(at + 1);
            if !follows && characters.get(end) != Some(&':') {
                escaped.push('\\');
            }
        }
        escaped.push(*character);
    }
    string(&escaped)
}
