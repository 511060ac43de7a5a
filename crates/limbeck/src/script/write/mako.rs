//! The part of Mako that needs no Python: text, `## comments`, `${…}` with expressions known to the caller.

use std::path::Path;

use crate::script::Position;

use super::WriteError;

/// Fills `template` in; `value` gives the text of an expression that it knows.
pub(super) fn render(
    path: &Path,
    template: &str,
    value: impl Fn(&str) -> Option<String>,
) -> Result<String, WriteError> {
    let failed = |offset: usize, what: &str| WriteError::BadTemplate {
        path: path.to_owned(),
        position: Position::of(template, offset),
        problem: format!(
            "{what} can only be filled in by the Python front end; write this script with Alembic"
        ),
    };
    let mut result = String::with_capacity(template.len() + 256);
    let mut at = 0;
    for line in template.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let code = line.trim_start();
        let indent = line.len() - code.len();
        if code.starts_with("##") {
            continue;
        }
        if code.starts_with('%') && !code.starts_with("%%") {
            return Err(failed(start + indent, "a line that begins with '%'"));
        }
        // A doubled `%` at the start of a line is one.
        let mut rest = if code.starts_with("%%") {
            result.push_str(&line[..indent]);
            &code[1..]
        } else {
            line
        };
        // A backslash at its end joins a line with the next one.
        let joined = rest
            .strip_suffix("\\\n")
            .or_else(|| rest.strip_suffix("\\\r\n"));
        rest = joined.unwrap_or(rest);
        if let Some(tag) = rest.find("<%").or_else(|| rest.find("</%")) {
            return Err(failed(
                start + (line.len() - rest.len()) + tag,
                "a '<%' tag",
            ));
        }
        while let Some(open) = rest.find("${") {
            let inside = &rest[open + 2..];
            let offset = start + line.rfind(&rest[open..]).unwrap_or(0);
            let close = inside
                .find('}')
                .ok_or_else(|| failed(offset, "'${' without '}' on its line"))?;
            let expression = inside[..close].trim();
            let text = value(expression)
                .ok_or_else(|| failed(offset, &format!("the expression '{expression}'")))?;
            result.push_str(&rest[..open]);
            result.push_str(&text);
            rest = &inside[close + 1..];
        }
        result.push_str(rest);
    }
    Ok(result)
}
