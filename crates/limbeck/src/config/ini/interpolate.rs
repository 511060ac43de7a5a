//! `%(name)s` and `%%`, by the rules of Python's `BasicInterpolation`.

use std::sync::Arc;

use super::{Ini, RawValue, Section};
use crate::config::Origin;
use crate::config::origin::count;
use crate::config::percent::{Piece, next_piece};

/// How deep references may be nested; Python's `MAX_INTERPOLATION_DEPTH`.
const MAX_DEPTH: usize = 10;

/// How long a value may become, in bytes. Python has no limit and can be made to eat all memory.
const MAX_LENGTH: usize = 1 << 16;

/// A value whose `%` references cannot be resolved. Never quotes the value, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InterpolationError {
    /// A `%` that is neither `%%` nor the start of `%(name)s`.
    #[error(
        "the value of {option} has a % that starts no %(name)s reference; write %% for a percent sign"
    )]
    BadSyntax {
        /// The option that was asked for.
        option: String,
        /// The percent sign.
        origin: Option<Origin>,
    },
    /// `%(name)s` names an option that neither the section nor `[DEFAULT]` has.
    #[error(
        "the value of {option} refers to %({reference})s, which section [{section}] does not have{}; set it, or write %% for a percent sign",
        nearest.as_ref().map(|name| format!(" (did you mean %({name})s?)")).unwrap_or_default()
    )]
    Missing {
        /// The option that was asked for.
        option: String,
        /// The section in which it was asked for.
        section: String,
        /// The missing option.
        reference: String,
        /// The option that was most likely meant.
        nearest: Option<Box<str>>,
        /// The reference.
        origin: Option<Origin>,
    },
    /// References are nested too deeply, mostly because they go in a circle.
    #[error(
        "the references in the value of {option} are nested more than {MAX_DEPTH} deep; they probably go in a circle"
    )]
    TooDeep {
        /// The option that was asked for.
        option: String,
        /// The reference in which the limit was met.
        origin: Option<Origin>,
    },
    /// References multiply the value beyond all reason.
    #[error("the references in the value of {option} make it longer than {MAX_LENGTH} bytes")]
    TooLong {
        /// The option that was asked for.
        option: String,
        /// The value in which the limit was met.
        origin: Option<Origin>,
    },
}

impl InterpolationError {
    /// Where the text stands that cannot be resolved.
    pub fn origin(&self) -> Option<&Origin> {
        match self {
            Self::BadSyntax { origin, .. }
            | Self::Missing { origin, .. }
            | Self::TooDeep { origin, .. }
            | Self::TooLong { origin, .. } => origin.as_ref(),
        }
    }
}

pub(super) fn interpolate(
    ini: &Ini,
    section: &Section,
    option: &str,
    raw: &RawValue,
) -> Result<String, InterpolationError> {
    let mut expansion = Expansion {
        ini,
        section,
        option,
        out: String::new(),
        steps: 0,
    };
    expansion.append(raw, 1)?;
    Ok(expansion.out)
}

struct Expansion<'a> {
    ini: &'a Ini,
    section: &'a Section,
    option: &'a str,
    out: String,
    /// References followed so far: empty values could otherwise multiply without making the text longer.
    steps: usize,
}

impl Expansion<'_> {
    fn append(&mut self, raw: &RawValue, depth: usize) -> Result<(), InterpolationError> {
        if depth > MAX_DEPTH {
            return Err(InterpolationError::TooDeep {
                option: self.option.to_owned(),
                origin: self.ini.origin(raw),
            });
        }
        let mut position = 0;
        while let Some((piece, length)) = next_piece(raw.text.get(position..).unwrap_or("")) {
            match piece {
                Piece::Literal(text) => self.out.push_str(text),
                Piece::Reference(name) => {
                    let name = name.to_lowercase();
                    let Some(value) = self.ini.raw(self.section, &name) else {
                        return Err(self.missing(raw, position, length, name));
                    };
                    self.steps += 1;
                    if value.text.contains('%') {
                        self.append(value, depth + 1)?;
                    } else {
                        self.out.push_str(&value.text);
                    }
                }
                Piece::Bad => {
                    return Err(InterpolationError::BadSyntax {
                        option: self.option.to_owned(),
                        origin: self.place(raw, position, 1),
                    });
                }
            }
            if self.out.len() + self.steps > MAX_LENGTH {
                return Err(InterpolationError::TooLong {
                    option: self.option.to_owned(),
                    origin: self.ini.origin(raw),
                });
            }
            position += length;
        }
        Ok(())
    }

    fn missing(
        &self,
        raw: &RawValue,
        position: usize,
        length: usize,
        reference: String,
    ) -> InterpolationError {
        let known = self.section.options.iter();
        let known = known.chain(self.ini.defaults.options.iter());
        let nearest =
            crate::config::nearest::nearest(&reference, known.map(|(name, _)| name.as_str()));
        InterpolationError::Missing {
            option: self.option.to_owned(),
            section: self.section.name.clone(),
            nearest: nearest.map(Box::from),
            origin: self.place(raw, position, length),
            reference,
        }
    }

    /// Where the byte `position` of a value stands in the file.
    fn place(&self, raw: &RawValue, position: usize, length: usize) -> Option<Origin> {
        let before = raw.text.get(..position)?;
        let line = before.matches('\n').count();
        let in_line = before.rsplit('\n').next().unwrap_or("").chars().count();
        let &(line, column) = raw.starts.get(line)?;
        let covered = raw.text.get(position..position + length).unwrap_or("");
        Some(Origin {
            file: Arc::clone(&self.ini.file),
            line,
            column: Some(column.saturating_add(count(in_line))),
            length: count(covered.lines().next().unwrap_or("").chars().count()),
        })
    }
}
