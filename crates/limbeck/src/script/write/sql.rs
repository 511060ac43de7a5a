//! The text of a new `.sql` script, ours or from the project's `script.sql.template`.

use std::path::Path;

use crate::script::Position;

use super::{NewScript, WriteError};

/// What a new script looks like when the project has no template.
const DEFAULT: &str = "{{ header }}\n\n-- limbeck: upgrade\n\n\n-- limbeck: downgrade\n\n";

/// The text from `template`, the content of the file at `path`, or from ours.
pub(super) fn render(
    new: &NewScript,
    created: &str,
    template: Option<(&Path, &str)>,
) -> Result<String, WriteError> {
    let (path, template) = template.unwrap_or((Path::new("script.sql.template"), DEFAULT));
    let values = [
        ("header", header(new, created)),
        ("message", comment(&new.message)),
        ("revision", new.revision.clone()),
        ("revises", revises(new)),
        ("branch_labels", new.branch_labels.join(", ")),
        ("depends_on", new.depends_on.join(", ")),
        ("created", created.to_owned()),
    ];
    let mut result = String::with_capacity(template.len() + 256);
    let mut rest = template;
    while let Some(open) = rest.find("{{") {
        let offset = template.len() - rest.len() + open;
        let failed = |problem: String| WriteError::BadTemplate {
            path: path.to_owned(),
            position: Position::of(template, offset),
            problem,
        };
        let inside = &rest[open + 2..];
        let close = inside
            .find("}}")
            .ok_or_else(|| failed("'{{' without '}}'".to_owned()))?;
        let name = inside[..close].trim();
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = values.iter().map(|(known, _)| *known).collect();
            return Err(failed(format!(
                "unknown name '{name}'; known are {}",
                known.join(", ")
            )));
        };
        result.push_str(&rest[..open]);
        result.push_str(value);
        rest = &inside[close + 2..];
    }
    result.push_str(rest);
    Ok(result)
}

fn header(new: &NewScript, created: &str) -> String {
    let mut lines = vec![
        format!("-- {}", comment(&new.message)),
        "--".to_owned(),
        format!("-- revision: {}", new.revision),
        format!("-- revises: {}", revises(new)),
    ];
    if !new.branch_labels.is_empty() {
        lines.push(format!(
            "-- branch labels: {}",
            new.branch_labels.join(", ")
        ));
    }
    if !new.depends_on.is_empty() {
        lines.push(format!("-- depends on: {}", new.depends_on.join(", ")));
    }
    lines.push(format!("-- created: {created}"));
    lines.join("\n")
}

fn revises(new: &NewScript) -> String {
    if new.down_revision.is_empty() {
        "base".to_owned()
    } else {
        new.down_revision.join(", ")
    }
}

/// A message of several lines stays in the comment.
fn comment(message: &str) -> String {
    let lines: Vec<&str> = message.lines().map(str::trim_end).collect();
    lines.join("\n-- ")
}
