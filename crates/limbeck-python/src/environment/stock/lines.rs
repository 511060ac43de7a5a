//! A Python file as its logical lines, without what makes no difference: comments, documentation, spaces, kinds of quotes.

/// A logical line: how deep it stands, and its words with single spaces between them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Levels of four spaces.
    pub(super) depth: usize,
    /// The text as written, physical lines joined by a space.
    pub(super) words: String,
}

impl Line {
    /// The text without any space, with one kind of quotes and no comma before a closing parenthesis.
    pub(super) fn glued(&self) -> String {
        let glued: String = self.words.split_whitespace().collect();
        glued.replace('\'', "\"").replace(",)", ")")
    }
}

/// The logical lines of a text; `None` for anything that is not plain: other indentation, texts of several lines that are
/// no documentation, continued lines.
pub(super) fn logical_lines(text: &str) -> Option<Vec<Line>> {
    let mut found: Vec<Line> = Vec::new();
    let mut open = 0_usize;
    let mut documentation = false;
    for physical in text.lines() {
        let trimmed = physical.trim();
        if documentation {
            documentation = !trimmed.ends_with("\"\"\"");
            continue;
        }
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if open == 0
            && let Some(rest) = trimmed.strip_prefix("\"\"\"")
        {
            documentation = !rest.ends_with("\"\"\"");
            if !documentation && rest.matches("\"\"\"").count() != 1 {
                return None;
            }
            continue;
        }
        let code = without_comment(trimmed)?;
        if code.contains(['\\', ';']) || code.contains("\"\"\"") || code.contains("'''") {
            return None;
        }
        if open == 0 {
            found.push(Line {
                depth: depth(physical)?,
                words: String::new(),
            });
        }
        let line = found.last_mut()?;
        line.words.push_str(code);
        line.words.push(' ');
        for letter in code.chars() {
            match letter {
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' => open = open.checked_sub(1)?,
                _ => {}
            }
        }
    }
    (open == 0 && !documentation).then_some(found)
}

fn depth(physical: &str) -> Option<usize> {
    let code = physical.trim_start_matches(' ');
    let spaces = physical.len() - code.len();
    (!code.starts_with('\t') && spaces.is_multiple_of(4)).then_some(spaces / 4)
}

/// A `#` in a text would be no comment: what has one after a quote is not plain.
fn without_comment(code: &str) -> Option<&str> {
    match code.split_once('#') {
        None => Some(code),
        Some((before, _)) => (!before.contains(['"', '\''])).then_some(before.trim_end()),
    }
}
