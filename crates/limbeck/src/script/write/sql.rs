//! The text of a new `.sql` script, ours or from the project's `script.sql.template`.

use std::path::Path;

use crate::script::{Direction, Position};

use super::{NewScript, SqlPart, WriteError};

/// What a new script looks like when the project has no template.
const DEFAULT: &str =
    "{{ header }}\n\n-- limbeck: upgrade\n{{ upgrade }}\n-- limbeck: downgrade\n{{ downgrade }}";

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
        ("upgrade", sections(new, Direction::Upgrade)),
        ("downgrade", sections(new, Direction::Downgrade)),
    ];
    let mut named = Vec::new();
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
        named.push(name);
        result.push_str(&rest[..open]);
        result.push_str(value);
        rest = &inside[close + 2..];
    }
    result.push_str(rest);
    for direction in [Direction::Upgrade, Direction::Downgrade] {
        let parts = new.sql.of(direction);
        let Some(first) = parts.first() else {
            continue;
        };
        if !named.contains(&direction.to_string().as_str()) {
            result = at_the_end_of_section(&result, direction, &sections(new, direction));
        }
        let plain = SqlPart::new("").directive(direction);
        result = with_line_replaced(&result, &plain, &first.directive(direction));
    }
    Ok(result)
}

/// The text of a direction below its directive: one empty line for none.
fn sections(new: &NewScript, direction: Direction) -> String {
    let parts = new.sql.of(direction).iter().enumerate();
    let texts: Vec<String> = parts
        .map(|(index, part)| {
            let text = part.text.trim_end();
            let end = if text.is_empty() { "" } else { "\n" };
            match index {
                0 => format!("{text}{end}"),
                _ => format!("{}\n{text}{end}", part.directive(direction)),
            }
        })
        .collect();
    match texts.is_empty() {
        true => "\n".to_owned(),
        false => texts.join("\n"),
    }
}

/// Puts `text` below what a template without a place for it has in its section.
fn at_the_end_of_section(script: &str, direction: Direction, text: &str) -> String {
    let directive = SqlPart::new("").directive(direction);
    let lines: Vec<&str> = script.lines().collect();
    let Some(start) = lines.iter().position(|line| line.trim() == directive) else {
        return format!("{}\n\n{directive}\n{text}", script.trim_end());
    };
    let is_section = |line: &&str| {
        line.starts_with("-- limbeck: upgrade") || line.starts_with("-- limbeck: downgrade")
    };
    let after = lines.iter().skip(start + 1).position(is_section);
    let end = after.map_or(lines.len(), |found| start + 1 + found);
    let (before, rest) = lines.split_at(end);
    let before = before.join("\n");
    let gap = match rest.is_empty() {
        true => String::new(),
        false => format!("\n{}\n", rest.join("\n")),
    };
    format!("{}\n{text}{gap}", before.trim_end())
}

fn with_line_replaced(script: &str, from: &str, to: &str) -> String {
    if from == to {
        return script.to_owned();
    }
    let mut done = false;
    let lines = script.split_inclusive('\n').map(|line| {
        let is_it = !done && line.trim_end() == from;
        done |= is_it;
        match is_it {
            true => format!("{to}\n"),
            false => line.to_owned(),
        }
    });
    lines.collect()
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
