//! What is known of a script without running it.

use std::path::{Path, PathBuf};

use super::Position;

/// The language a script is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScriptFormat {
    /// Statements in sections; see `docs/sql-format.md`.
    Sql,
    /// An Alembic revision file.
    Python,
}

/// The head of one script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The revision's id.
    pub revision: String,
    /// The ids this revision follows; empty for a base, several for a merge.
    pub down_revision: Vec<String>,
    /// The branch labels declared here.
    pub branch_labels: Vec<String>,
    /// Ids or labels of other revisions that must be applied before.
    pub depends_on: Vec<String>,
    /// The first paragraph of [`Header::long_message`], which `history` shows.
    pub message: String,
    /// The whole docstring or header comment, without blanks around it.
    pub long_message: String,
    /// When the script was made, as its author's tool wrote it.
    pub create_date: Option<String>,
    /// The file, as the directory was given; for an embedded script its name.
    pub path: PathBuf,
    /// The language.
    pub format: ScriptFormat,
    /// Where the values stand.
    pub lines: HeaderLines,
}

/// Lines of a header's values, counted from 1; `None` for what is not declared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeaderLines {
    /// Line of the revision id; `None` when it was taken from the file's name.
    pub revision: Option<u32>,
    /// Line of the ids this revision follows.
    pub down_revision: Option<u32>,
    /// Line of the branch labels.
    pub branch_labels: Option<u32>,
    /// Line of the dependencies.
    pub depends_on: Option<u32>,
}

/// A script whose header cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}: {problem}", path.display(), position.map(|at| format!(":{at}")).unwrap_or_default())]
pub struct HeaderError {
    /// The file.
    pub path: PathBuf,
    /// Where in the file, if it is one place.
    pub position: Option<Position>,
    /// What is wrong.
    pub problem: HeaderProblem,
}

impl HeaderError {
    pub(crate) fn new(path: &Path, position: Option<Position>, problem: HeaderProblem) -> Self {
        HeaderError {
            path: path.to_owned(),
            position,
            problem,
        }
    }
}

/// What is wrong with a header.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderProblem {
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// A `.sql` file that is not UTF-8.
    #[error("the file is not UTF-8; save it as UTF-8")]
    NotUtf8,
    /// A Python file that is not in its encoding.
    #[error(
        "byte {offset} is no {encoding} text; save the file as UTF-8 or declare its encoding in the first line"
    )]
    NotText {
        /// Where the first wrong byte stands, counted from 0.
        offset: usize,
        /// The encoding that was expected.
        encoding: String,
    },
    /// An encoding that is not known here.
    #[error("encoding '{0}' is not supported; save the file as UTF-8")]
    UnknownEncoding(String),
    /// A Python script that computes one of its identifiers.
    #[error(
        "'{name}' is computed, not written as a string, a tuple or None; only the Python front end can run the file to find out"
    )]
    Computed {
        /// The variable.
        name: &'static str,
    },
    /// A value of a type that the variable cannot have.
    #[error("'{name}' must be {expected}")]
    WrongType {
        /// The variable.
        name: &'static str,
        /// What it can be.
        expected: &'static str,
    },
    /// A Python string that Python would refuse.
    #[error("this string is not valid Python: {0}")]
    BadString(&'static str),
    /// A `.sql` file that does not begin with a header at all.
    #[error("no header: the comment at the top of the file has no '-- revision:' line")]
    NoHeader,
    /// No revision id.
    #[error("no revision id: {0}")]
    MissingRevision(&'static str),
    /// Nothing says which revision this one follows.
    #[error("nothing says which revision this one follows: {0}")]
    MissingParent(&'static str),
    /// A header line that cannot be read.
    #[error("{0}")]
    BadLine(String),
}
