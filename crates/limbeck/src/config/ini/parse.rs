//! Lines to sections and options, by the rules of Python's `ConfigParser`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{DEFAULT_SECTION, Ini, RawValue, Section, is_space};
use crate::config::Origin;
use crate::config::origin::count;

/// Text that is not an ini file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IniSyntaxError {
    /// An option stands before the first section.
    #[error("an option stands before any section header; write a line such as [alembic] above it")]
    NoSection {
        /// The line.
        origin: Origin,
    },
    /// A line is neither a section header nor an option.
    #[error(
        "this line is neither a [section] nor `key = value`; indent it if it belongs to the value above, or start it with # if it is a comment"
    )]
    NotAnOption {
        /// The line.
        origin: Origin,
    },
    /// A section header occurs a second time.
    #[error("section [{section}] stands in line {first} already; move its options there")]
    DuplicateSection {
        /// The section's name.
        section: String,
        /// The line of the first header.
        first: u32,
        /// The second header.
        origin: Origin,
    },
    /// An option occurs twice in a section.
    #[error(
        "option {option} of section [{section}] is set in line {first} already; remove one of the two"
    )]
    DuplicateOption {
        /// The section's name.
        section: String,
        /// The option's name in lower case.
        option: String,
        /// The line of the first one.
        first: u32,
        /// The second one.
        origin: Origin,
    },
}

impl IniSyntaxError {
    /// Where the text went wrong.
    pub fn origin(&self) -> &Origin {
        match self {
            Self::NoSection { origin }
            | Self::NotAnOption { origin }
            | Self::DuplicateSection { origin, .. }
            | Self::DuplicateOption { origin, .. } => origin,
        }
    }
}

/// Which section the lines belong to.
#[derive(Clone, Copy)]
enum Current {
    None,
    Defaults,
    Section(usize),
}

/// An option whose value may go on in the next lines.
struct Open {
    option: String,
    name: (u32, u32, u32),
    lines: Vec<String>,
    starts: Vec<(u32, u32)>,
}

pub(super) fn parse<'a>(
    text: &str,
    file: Arc<Path>,
    passed_in: impl IntoIterator<Item = (&'a str, String)>,
) -> Result<Ini, IniSyntaxError> {
    let mut ini = Ini {
        file,
        sections: Vec::new(),
        positions: BTreeMap::new(),
        defaults: Section::new(DEFAULT_SECTION, 0),
    };
    for (name, text) in passed_in {
        let passed_in = RawValue {
            text,
            name: None,
            starts: Vec::new(),
        };
        ini.defaults.set(name.to_lowercase(), passed_in);
    }

    let mut current = Current::None;
    let mut open: Option<Open> = None;
    let mut indent_of_option = 0;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);

    for (index, line) in lines(text).enumerate() {
        let number = count(index + 1);
        let value = line.trim_matches(is_space);
        if value.starts_with(['#', ';']) {
            continue;
        }
        if value.is_empty() {
            // An empty line belongs to the value above; trailing ones are cut off when the value closes.
            if let Some(open) = &mut open {
                open.lines.push(String::new());
                open.starts.push((number, 1));
            }
            continue;
        }
        let indent = line.chars().take_while(|c| is_space(*c)).count();
        if let Some(open) = &mut open
            && indent > indent_of_option
        {
            open.lines.push(value.to_owned());
            open.starts.push((number, count(indent + 1)));
            continue;
        }
        indent_of_option = indent;
        let whole_line = Origin {
            file: Arc::clone(&ini.file),
            line: number,
            column: Some(count(indent + 1)),
            length: count(value.chars().count()),
        };

        if let Some(name) = section_header(value) {
            close(&mut ini, current, open.take());
            current = match ini.section(name) {
                Some(first) => {
                    return Err(IniSyntaxError::DuplicateSection {
                        section: name.to_owned(),
                        first: first.line,
                        origin: whole_line,
                    });
                }
                None if name == DEFAULT_SECTION => Current::Defaults,
                None => {
                    ini.positions.insert(name.to_owned(), ini.sections.len());
                    ini.sections.push(Section::new(name, number));
                    Current::Section(ini.sections.len() - 1)
                }
            };
            continue;
        }

        if matches!(current, Current::None) {
            return Err(IniSyntaxError::NoSection { origin: whole_line });
        }
        let Some((name, text)) = option(value) else {
            return Err(IniSyntaxError::NotAnOption { origin: whole_line });
        };
        close(&mut ini, current, open.take());
        let name_length = count(name.chars().count());
        let name = name.to_lowercase();
        if let Some((section, (first, ..))) = written(&ini, current, &name) {
            return Err(IniSyntaxError::DuplicateOption {
                section: section.to_owned(),
                first,
                option: name,
                origin: Origin {
                    length: name_length,
                    ..whole_line
                },
            });
        }
        let before_text = value.chars().count() - text.chars().count();
        open = Some(Open {
            option: name,
            name: (number, count(indent + 1), name_length),
            lines: vec![text.to_owned()],
            starts: vec![(number, count(indent + 1 + before_text))],
        });
    }
    close(&mut ini, current, open);
    Ok(ini)
}

/// The lines of a text file as Python splits them: at `\n`, `\r\n` and `\r`, and nothing else.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (line, after) = match text.find(['\n', '\r']) {
            None => (text, None),
            Some(end) => {
                let width = if text[end..].starts_with("\r\n") {
                    2
                } else {
                    1
                };
                (&text[..end], Some(&text[end + width..]))
            }
        };
        rest = after;
        Some(line)
    })
}

/// The name in `[name]`. Whatever follows the last `]` is ignored, as Python does.
fn section_header(value: &str) -> Option<&str> {
    let inside = value.strip_prefix('[')?;
    let end = inside.rfind(']')?;
    (end > 0).then(|| &inside[..end])
}

/// Name and value around the first `=` or `:`. The name is not empty.
fn option(value: &str) -> Option<(&str, &str)> {
    let delimiter = value.find(['=', ':'])?;
    let name = value[..delimiter].trim_end_matches(is_space);
    let text = value[delimiter + 1..].trim_matches(is_space);
    (!name.is_empty()).then_some((name, text))
}

fn section_mut(ini: &mut Ini, current: Current) -> Option<&mut Section> {
    match current {
        Current::None => None,
        Current::Defaults => Some(&mut ini.defaults),
        Current::Section(index) => ini.sections.get_mut(index),
    }
}

/// The name of the current section, and where it sets an option already. A default that was passed in may be
/// set once more.
fn written<'a>(ini: &'a Ini, current: Current, option: &str) -> Option<(&'a str, (u32, u32, u32))> {
    let section = match current {
        Current::None => return None,
        Current::Defaults => &ini.defaults,
        Current::Section(index) => ini.sections.get(index)?,
    };
    Some((&section.name, section.get(option)?.name?))
}

fn close(ini: &mut Ini, current: Current, open: Option<Open>) {
    let (Some(section), Some(open)) = (section_mut(ini, current), open) else {
        return;
    };
    let joined = open.lines.join("\n");
    let text = joined.trim_end_matches(is_space).to_owned();
    section.set(
        open.option,
        RawValue {
            text,
            name: Some(open.name),
            starts: open.starts,
        },
    );
}
