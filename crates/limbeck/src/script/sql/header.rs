//! The head of a `.sql` script: the comment lines it begins with.

use std::path::Path;

use crate::script::{Header, HeaderError, HeaderLines, HeaderProblem, Position, ScriptFormat};

/// The keys of a header, as written.
const KEYS: [&str; 5] = [
    "revision",
    "revises",
    "branch labels",
    "depends on",
    "created",
];

/// Reads the header comment at the top of `text`; the rest is not looked at.
///
/// # Errors
/// [`HeaderError`] when the revision or its parent is missing, or a line cannot be read.
pub fn read_sql_header(path: &Path, text: &str) -> Result<Header, HeaderError> {
    let mut reader = Reader::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, line) in text.split('\n').enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let Some(comment) = header_line(line) else {
            reader.directive = line.trim_start().starts_with("--");
            break;
        };
        reader.line(number, comment).map_err(|problem| {
            HeaderError::new(
                path,
                Some(Position {
                    line: number,
                    column: 1,
                }),
                problem,
            )
        })?;
    }
    reader.finish(path)
}

/// Whether the header has been read to its end in the first part of a file.
pub(super) fn ends_within(part: &str) -> bool {
    let mut lines = part.split('\n');
    // The last line may be cut short.
    lines.next_back();
    lines.any(|line| header_line(line).is_none())
}

/// The text of a header line; `None` for what ends the header. Blank lines belong to it.
fn header_line(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.is_empty() {
        return Some("");
    }
    let comment = line.strip_prefix("--")?.trim();
    let directive = comment
        .get(..7)
        .is_some_and(|name| name.eq_ignore_ascii_case("limbeck"))
        && comment[7..].trim_start().starts_with(':');
    (!directive).then_some(comment)
}

#[derive(Default)]
struct Reader<'a> {
    lines: Vec<&'a str>,
    revision: Option<&'a str>,
    down_revision: Option<Vec<String>>,
    branch_labels: Vec<String>,
    depends_on: Vec<String>,
    create_date: Option<String>,
    places: HeaderLines,
    /// A directive follows the header, so that the file is a script in any case.
    directive: bool,
}

impl<'a> Reader<'a> {
    fn line(&mut self, number: u32, comment: &'a str) -> Result<(), HeaderProblem> {
        self.lines.push(comment);
        let Some((key, value)) = comment.split_once(':') else {
            return Ok(());
        };
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        match key.as_str() {
            "revision" => {
                once(self.places.revision, &key)?;
                self.places.revision = Some(number);
                if value.is_empty() || value.contains(char::is_whitespace) {
                    return Err(bad("'revision' needs one id without blanks"));
                }
                self.revision = Some(value);
            }
            "revises" => {
                once(self.places.down_revision, &key)?;
                self.places.down_revision = Some(number);
                let parents = if value.eq_ignore_ascii_case("base") {
                    Vec::new()
                } else {
                    names(&key, value)?
                };
                self.down_revision = Some(parents);
            }
            "branch labels" => {
                once(self.places.branch_labels, &key)?;
                self.places.branch_labels = Some(number);
                self.branch_labels = names(&key, value)?;
            }
            "depends on" => {
                once(self.places.depends_on, &key)?;
                self.places.depends_on = Some(number);
                self.depends_on = names(&key, value)?;
            }
            "created" => self.create_date = Some(value.to_owned()),
            _ => return misspelled(&key),
        }
        Ok(())
    }

    fn finish(self, path: &Path) -> Result<Header, HeaderError> {
        let missing = |problem| HeaderError::new(path, None, problem);
        if self.places == HeaderLines::default() && !self.directive {
            return Err(missing(HeaderProblem::NoHeader));
        }
        let revision = self.revision.ok_or_else(|| {
            missing(HeaderProblem::MissingRevision(
                "add the line '-- revision: ID' to the comment at the top of the file",
            ))
        })?;
        let down_revision = self.down_revision.ok_or_else(|| {
            missing(HeaderProblem::MissingParent(
                "add the line '-- revises: ID', or '-- revises: base' for the first revision",
            ))
        })?;
        let long_message = self.lines.join("\n").trim().to_owned();
        Ok(Header {
            revision: revision.to_owned(),
            down_revision,
            branch_labels: self.branch_labels,
            depends_on: self.depends_on,
            message: message(&self.lines),
            long_message,
            create_date: self.create_date,
            path: path.to_owned(),
            format: ScriptFormat::Sql,
            lines: self.places,
        })
    }
}

/// The first paragraph, up to a blank line or the first key.
fn message(lines: &[&str]) -> String {
    let paragraph: Vec<&str> = lines
        .iter()
        .copied()
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty() && !is_key(line))
        .collect();
    paragraph.join("\n")
}

fn is_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| {
        KEYS.iter()
            .any(|known| key.trim().eq_ignore_ascii_case(known))
    })
}

fn once(place: Option<u32>, key: &str) -> Result<(), HeaderProblem> {
    match place {
        Some(line) => Err(bad(&format!("'{key}' is already given in line {line}"))),
        None => Ok(()),
    }
}

fn names(key: &str, value: &str) -> Result<Vec<String>, HeaderProblem> {
    let names: Vec<&str> = value.split(',').map(str::trim).collect();
    if names
        .iter()
        .any(|name| name.is_empty() || name.contains(char::is_whitespace))
    {
        let example = if key == "revises" {
            "'base', one id, or ids separated by commas"
        } else {
            "names separated by commas"
        };
        return Err(bad(&format!("'{key}' needs {example}")));
    }
    Ok(names.into_iter().map(str::to_owned).collect())
}

/// A line of prose may contain a colon; only what is nearly a key is taken for a mistake.
fn misspelled(key: &str) -> Result<(), HeaderProblem> {
    let near = KEYS
        .iter()
        .find(|known| strsim::damerau_levenshtein(key, known) <= 2);
    match near {
        Some(known) => Err(bad(&format!(
            "unknown header line '{key}'; did you mean '{known}'?"
        ))),
        None => Ok(()),
    }
}

fn bad(message: &str) -> HeaderProblem {
    HeaderProblem::BadLine(message.to_owned())
}
