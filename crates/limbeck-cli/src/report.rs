//! An error as a person reads it on standard error, or a script as JSON: what, where with the offending line, why, and
//! what to do next.
//!
//! Must not decide an exit code; that is `exit_code`.

use std::{error::Error as _, fs, path::Path};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::{
    answer::{ErrorAnswer, ErrorBody, ErrorLocation},
    error::{Class, CommandError},
    output::Output,
};

/// Tells the user about an error. In text form a refused command is told on standard output as `FAILED: …`, which is
/// what scripts around Alembic look for; explanations go to standard error.
pub(crate) fn print(error: &CommandError, raise: bool, output: &Output) {
    let body = body(error);
    if output.is_json() {
        output.json(&ErrorAnswer { error: body });
        return;
    }
    let failed = error.class() == Class::Command;
    if failed {
        output.status(&format!("FAILED: {}", body.message));
    }
    let told = failed && !output.is_quiet();
    if let Some(text) = explanation(&body, told, output) {
        output.explain(&text);
    }
    if raise {
        output.explain(&format!("{error:#?}\n"));
    }
}

fn body(error: &CommandError) -> ErrorBody {
    let message = error.headline();
    let location = error.location();
    let place = location.as_ref().map(|place| format!("{place}: "));
    let mut causes = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        let mut text = cause.to_string();
        if let Some(place) = &place {
            text = text.replacen(place, "", 1);
        }
        // What wraps a cause mostly quotes it.
        let new = !message.contains(&text) && !text.contains(&message) && !causes.contains(&text);
        if new {
            causes.push(text);
        }
        source = cause.source();
    }
    ErrorBody {
        kind: error.kind().to_owned(),
        message,
        causes,
        location: location.map(|place| ErrorLocation {
            path: place.path,
            line: place.line,
            column: (place.column > 0).then_some(place.column),
        }),
        statement: error.statement().map(str::to_owned),
        traceback: error.traceback().map(str::to_owned),
        aftermath: error.aftermath(),
        hint: error.hint(),
    }
}

/// The text for standard error; `None` when standard output has said everything.
fn explanation(body: &ErrorBody, told: bool, output: &Output) -> Option<String> {
    let more = body.location.is_some()
        || body.traceback.is_some()
        || body.hint.is_some()
        || !body.causes.is_empty();
    if told && !more {
        return None;
    }
    let extent = if body.statement.is_some() {
        Extent::Line
    } else {
        Extent::Word
    };
    let excerpt = body
        .location
        .as_ref()
        .and_then(|location| Excerpt::read(location, extent));
    let mut group = Group::with_title(Level::ERROR.primary_title(body.message.as_str()));
    if let (Some(location), Some(excerpt)) = (&body.location, &excerpt) {
        group = group.element(
            Snippet::source(excerpt.line.as_str())
                .path(location.path.to_string_lossy().into_owned())
                .line_start(location.line as usize)
                .annotation(AnnotationKind::Primary.span(excerpt.span.clone())),
        );
    } else if let Some(location) = &body.location {
        group = group.element(Level::NOTE.message(place(location)));
    }
    if let (Some(statement), None) = (&body.statement, &excerpt) {
        group = group.element(Level::NOTE.message(statement.as_str()));
    }
    if let Some(traceback) = &body.traceback {
        group = group.element(Level::NOTE.message(traceback.as_str()));
    }
    for cause in &body.causes {
        group = group.element(Level::NOTE.message(cause.as_str()));
    }
    if let Some(aftermath) = &body.aftermath {
        group = group.element(Level::NOTE.message(aftermath.as_str()));
    }
    if let Some(hint) = &body.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    let renderer = if output.has_color() {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    Some(format!("{}\n", renderer.render(&[group])))
}

fn place(location: &ErrorLocation) -> String {
    let path = location.path.display();
    match (location.line, location.column) {
        (0, _) => path.to_string(),
        (line, None) => format!("{path}:{line}"),
        (line, Some(column)) => format!("{path}:{line}:{column}"),
    }
}

/// How much of a line is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// The word at the place.
    Word,
    /// Everything from the place on.
    Line,
}

/// The line an error points at.
struct Excerpt {
    line: String,
    /// What to underline, in bytes of the line.
    span: std::ops::Range<usize>,
}

impl Excerpt {
    fn read(location: &ErrorLocation, extent: Extent) -> Option<Excerpt> {
        let text = read_text(&location.path)?;
        let index = usize::try_from(location.line.checked_sub(1)?).ok()?;
        let line = text.lines().nth(index)?.to_owned();
        if may_hold_secret(&location.path, &line) {
            return None;
        }
        let start = match location.column {
            Some(column) => {
                let characters = usize::try_from(column.saturating_sub(1)).ok()?;
                line.char_indices()
                    .nth(characters)
                    .map_or(line.len(), |(offset, _)| offset)
            }
            None => line.len() - line.trim_start().len(),
        };
        let end = match (extent, location.column) {
            (Extent::Word, Some(_)) => line[start..]
                .find(|character: char| character.is_whitespace() || ";,()".contains(character))
                .map_or(line.len(), |length| start + length.max(1)),
            _ => line.trim_end().len(),
        };
        let end = if line.is_char_boundary(end) {
            end
        } else {
            line.len()
        };
        Some(Excerpt {
            span: start..end.max(start),
            line,
        })
    }
}

/// Scripts of some megabytes exist; one that is larger is not read for the sake of one line.
fn read_text(path: &Path) -> Option<String> {
    const LARGEST: u64 = 16 << 20;
    let small = fs::metadata(path).ok()?.len() <= LARGEST;
    small
        .then(|| fs::read(path).ok())?
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// A line of a configuration with an address in it is not shown: a password may be part of it.
fn may_hold_secret(path: &Path, line: &str) -> bool {
    let script = path
        .extension()
        .is_some_and(|extension| extension == "sql" || extension == "py");
    !script && (line.contains("://") || line.to_lowercase().contains("password"))
}
