//! The text of a new `.py` script: what Alembic writes, from the project's `script.py.mako` or without one.

use std::path::Path;

use super::{NewScript, PythonTemplate, TemplateEngine, WriteError, mako};

/// What a new script looks like when the project has no template: the text of Alembic's generic template.
const DEFAULT: &str = include_str!("templates/generic_script.py.mako");

/// The text from `template`, the content of the file at `path`, or from Alembic's own.
pub(super) fn render(
    new: &NewScript,
    created: &str,
    template: Option<(&Path, &str)>,
    engine: Option<&dyn TemplateEngine>,
) -> Result<String, WriteError> {
    let (path, text) = template.unwrap_or((Path::new("script.py.mako"), DEFAULT));
    let known = mako::render(path, text, |expression| value(expression, new, created));
    match (known, engine) {
        (Err(WriteError::BadTemplate { .. }), Some(engine)) => engine
            .fill(PythonTemplate {
                path,
                text,
                script: new,
                created,
            })
            .map_err(WriteError::Template),
        (known, _) => known,
    }
}

/// The expressions that Alembic's templates use. Other ones need Python.
fn value(expression: &str, new: &NewScript, created: &str) -> Option<String> {
    let plain: String = expression
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    Some(match plain.as_str() {
        "message" => docstring(&new.message),
        "up_revision" => new.revision.clone(),
        "down_revision|comma,n" => new.down_revision.join(", "),
        "branch_labels|comma,n" => new.branch_labels.join(", "),
        "depends_on|comma,n" => new.depends_on.join(", "),
        "create_date" => created.to_owned(),
        "repr(message)" => repr(&new.message),
        "repr(up_revision)" => repr(&new.revision),
        "down_revision" => text(&new.down_revision),
        "depends_on" => text(&new.depends_on),
        "repr(down_revision)" => scalar_or_tuple(&new.down_revision),
        "repr(branch_labels)" if new.branch_labels.is_empty() => "None".to_owned(),
        "repr(branch_labels)" => tuple(&new.branch_labels),
        "repr(depends_on)" => scalar_or_tuple(&new.depends_on),
        "importsifimportselse\"\"" | "importsifimportselse''" => imports(new),
        "upgradesifupgradeselse\"pass\"" | "upgradesifupgradeselse'pass'" => body(new, "upgrades"),
        "downgradesifdowngradeselse\"pass\"" | "downgradesifdowngradeselse'pass'" => {
            body(new, "downgrades")
        }
        _ => return None,
    })
}

fn imports(new: &NewScript) -> String {
    let lines: Vec<&str> = new.python.imports.iter().map(String::as_str).collect();
    lines.join("\n")
}

fn body(new: &NewScript, name: &str) -> String {
    let body = new.python.bodies.get(name).map(String::as_str);
    body.filter(|body| !body.is_empty())
        .unwrap_or("pass")
        .to_owned()
}

/// A message that stays inside the docstring it is put into.
fn docstring(message: &str) -> String {
    message
        .replace('\\', "\\\\")
        .replace("\"\"\"", "\\\"\\\"\\\"")
}

/// What Python's `str` makes of one id, several, or none.
fn text(values: &[String]) -> String {
    match values {
        [value] => value.clone(),
        _ => scalar_or_tuple(values),
    }
}

fn scalar_or_tuple(values: &[String]) -> String {
    match values {
        [] => "None".to_owned(),
        [one] => repr(one),
        _ => tuple(values),
    }
}

fn tuple(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| repr(value)).collect();
    let comma = if values.len() == 1 { "," } else { "" };
    format!("({}{comma})", values.join(", "))
}

/// A string as Python's `repr` writes it.
pub(super) fn repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut result = String::from(quote);
    for character in text.chars() {
        match character {
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            _ if character == quote => {
                result.push('\\');
                result.push(character);
            }
            _ if character.is_ascii_control() => {
                result.push_str(&format!("\\x{:02x}", character as u32))
            }
            _ => result.push(character),
        }
    }
    result.push(quote);
    result
}
