//! Why a script was not written.

use std::{io, path::PathBuf};

use crate::script::{HeaderError, Position};

/// A script that was not written, or not to its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// An id that the target grammar cannot name.
    #[error(transparent)]
    Id(#[from] crate::revision::IdError),
    /// An id that does not fit the version table.
    #[error(
        "revision identifier '{id}' has {length} characters; the version table holds 32, so choose a shorter one"
    )]
    LongId {
        /// The id.
        id: String,
        /// Its length in characters.
        length: usize,
    },
    /// An id that a script has already.
    #[error("revision identifier '{id}' is taken by {}; choose another --rev-id", path.display())]
    TakenId {
        /// The id.
        id: String,
        /// The script that has it.
        path: PathBuf,
    },
    /// The operating system gives no random numbers.
    #[error("no random numbers for a revision identifier: {0}; give one with --rev-id")]
    NoRandom(String),
    /// A time zone nobody knows.
    #[error("Can't locate timezone: {0}; set timezone to a name such as UTC or Europe/Berlin")]
    UnknownTimezone(String),
    /// A `file_template` that cannot be filled in.
    #[error("file_template '{template}', character {position}: {problem}")]
    BadFileTemplate {
        /// The template.
        template: String,
        /// The character, counted from 1.
        position: usize,
        /// What is wrong there.
        problem: String,
    },
    /// A file name that would not be found again.
    #[error("file_template gives '{name}', {why}")]
    BadFileName {
        /// The file's name.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// `--version-path` names no version location.
    #[error("Path {} is not represented in current version locations", .0.display())]
    UnknownVersionPath(PathBuf),
    /// Nothing says into which location the script belongs.
    #[error("Multiple version locations present, please specify --version-path")]
    ManyVersionLocations,
    /// A template with something in it that is not known here.
    #[error("{}:{position}: {problem}", path.display())]
    BadTemplate {
        /// The template.
        path: PathBuf,
        /// Where in it.
        position: Position,
        /// What is wrong.
        problem: String,
    },
    /// A template that Python could not fill in.
    #[error("{0}; nothing was written")]
    Template(String),
    /// A script whose header does not say what was asked for.
    #[error(
        "the script would not say that its {what} is {wanted}; does {} leave it out?",
        template.display()
    )]
    LostHeader {
        /// What is missing.
        what: &'static str,
        /// The value it should have.
        wanted: String,
        /// The template.
        template: PathBuf,
    },
    /// The header that the script would have cannot be read.
    #[error(
        "the new script could not be read back: {}; nothing was written. Word its message, id, labels or template \
         differently",
        .0.problem
    )]
    Header(HeaderError),
    /// There is a file of this name.
    #[error("{} exists already and is not overwritten; choose another message or --rev-id", .0.display())]
    Exists(PathBuf),
    /// The file system refused.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
}

impl From<HeaderError> for WriteError {
    fn from(error: HeaderError) -> Self {
        WriteError::Header(error)
    }
}
