//! The head of an Alembic revision file, read without running it.
//!
//! Only the module's own level is looked at: the docstring and the assignments to the identifiers. What is not written
//! there as a constant is reported as computed, never guessed.

mod assignment;
mod encoding;
mod lines;
mod string;
mod token;
mod undecided;
mod value;

use std::path::Path;

use super::{Header, HeaderError, HeaderLines, HeaderProblem, Position, ScriptFormat};

use self::{
    assignment::{Assignments, Found},
    lines::LogicalLines,
    value::Value,
};

pub use self::undecided::{UNDECIDED, check_decided};

/// The variables that make a file a revision.
const REVISION: &str = "revision";
const DOWN_REVISION: &str = "down_revision";
const BRANCH_LABELS: &str = "branch_labels";
const DEPENDS_ON: &str = "depends_on";
const NAMES: [&str; 4] = [REVISION, DOWN_REVISION, BRANCH_LABELS, DEPENDS_ON];

/// A problem at a byte offset of the text.
type At<T> = Result<T, (usize, HeaderProblem)>;

/// Reads the docstring and the identifiers of a Python revision file.
///
/// # Errors
/// [`HeaderError`] when the file is not text, an identifier is missing, computed or of a wrong type.
pub fn read_python_header(path: &Path, bytes: &[u8]) -> Result<Header, HeaderError> {
    let text = encoding::decode(bytes).map_err(|problem| HeaderError::new(path, None, problem))?;
    let located =
        |(offset, problem)| HeaderError::new(path, Some(Position::of(&text, offset)), problem);
    let (docstring, found) = scan(&text).map_err(located)?;
    let line = |found: &Option<Found>| {
        found
            .as_ref()
            .map(|one| Position::of(&text, one.offset).line)
    };
    let lines = HeaderLines {
        revision: line(&found[0]),
        down_revision: line(&found[1]),
        branch_labels: line(&found[2]),
        depends_on: line(&found[3]),
    };
    let [revision, down_revision, branch_labels, depends_on] = found;
    let revision = match revision {
        Some(found) => single(found).map_err(located)?,
        None => id_from_file_name(path)?,
    };
    let down_revision = down_revision.ok_or_else(|| {
        let hint = "declare 'down_revision', or 'down_revision = None' for the first revision";
        HeaderError::new(path, None, HeaderProblem::MissingParent(hint))
    })?;
    let long_message = docstring.trim().to_owned();
    Ok(Header {
        revision,
        down_revision: several(DOWN_REVISION, Some(down_revision)).map_err(located)?,
        branch_labels: several(BRANCH_LABELS, branch_labels).map_err(located)?,
        depends_on: several(DEPENDS_ON, depends_on).map_err(located)?,
        message: long_message
            .split("\n\n")
            .next()
            .unwrap_or_default()
            .to_owned(),
        create_date: create_date(&long_message),
        long_message,
        path: path.to_owned(),
        format: ScriptFormat::Python,
        lines,
    })
}

/// The docstring and what the module's own level says about each of [`NAMES`].
fn scan(text: &str) -> At<(String, [Option<Found>; 4])> {
    let mut assignments = Assignments::default();
    let mut docstring = None;
    // The indentation of the function or class whose body is being passed over.
    let mut hidden: Option<usize> = None;
    let mut lines = LogicalLines::new(text);
    while let Some(line) = lines.next_line()? {
        if hidden.is_some_and(|indent| line.indent > indent) {
            continue;
        }
        hidden = None;
        let code = line.text(text);
        if docstring.is_none() {
            docstring = Some(docstring_of(code).map_err(|(at, why)| (line.start + at, why))?);
        }
        if opens_scope(code) {
            hidden = Some(line.indent);
        }
        if NAMES.iter().any(|name| code.contains(name)) {
            let conditional = line.indent > 0;
            assignments
                .read(code, line.start, conditional)
                .map_err(|(at, why)| (line.start + at, why))?;
        }
    }
    Ok((docstring.unwrap_or_default(), assignments.found))
}

/// The module's docstring, if `code`, its first line, is one.
fn docstring_of(code: &str) -> At<String> {
    if !code.starts_with(['\'', '"', '(']) && !code.starts_with(string::is_prefix_letter) {
        return Ok(String::new());
    }
    let tokens = token::read(code);
    let end = tokens
        .iter()
        .position(|token| token.is(code, ";"))
        .unwrap_or(tokens.len());
    match value::read(code, &tokens[..end])? {
        Value::Text(text) => Ok(text),
        _ => Ok(String::new()),
    }
}

/// Whether names bound in the lines below `code` are not the module's.
fn opens_scope(code: &str) -> bool {
    let mut words = code.split(|character: char| !character.is_alphanumeric() && character != '_');
    match words.next() {
        Some("def" | "class") => true,
        Some("async") => code["async".len()..].trim_start().starts_with("def"),
        _ => false,
    }
}

fn single(found: Found) -> At<String> {
    match found.value {
        Value::Text(text) if !text.is_empty() => Ok(text),
        Value::Computed => Err((found.offset, HeaderProblem::Computed { name: REVISION })),
        _ => {
            let expected = "a string";
            Err((
                found.offset,
                HeaderProblem::WrongType {
                    name: REVISION,
                    expected,
                },
            ))
        }
    }
}

fn several(name: &'static str, found: Option<Found>) -> At<Vec<String>> {
    let Some(found) = found else {
        return Ok(Vec::new());
    };
    let expected = "a string, a tuple or list of strings, or None";
    let wrong = || (found.offset, HeaderProblem::WrongType { name, expected });
    match found.value {
        Value::None => Ok(Vec::new()),
        Value::Text(ref text) if !text.is_empty() => Ok(vec![text.clone()]),
        Value::Sequence(ref values) => {
            let texts = values.iter().map(|value| match value {
                Value::Text(text) if !text.is_empty() => Ok(text.clone()),
                Value::Computed => Err((found.offset, HeaderProblem::Computed { name })),
                _ => Err(wrong()),
            });
            texts.collect()
        }
        Value::Computed => Err((found.offset, HeaderProblem::Computed { name })),
        Value::Text(_) | Value::Other => Err(wrong()),
    }
}

/// Very old projects have the id in the file's name only.
fn id_from_file_name(path: &Path) -> Result<String, HeaderError> {
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if !stem.is_empty() && stem.bytes().all(hexadecimal) {
        return Ok(stem.to_owned());
    }
    let hint = "declare the variable 'revision' in the file";
    Err(HeaderError::new(
        path,
        None,
        HeaderProblem::MissingRevision(hint),
    ))
}

fn create_date(docstring: &str) -> Option<String> {
    let value = docstring
        .lines()
        .find_map(|line| line.trim().strip_prefix("Create Date:"))?;
    Some(value.trim().to_owned())
}

#[cfg(test)]
mod tests;
