//! A model in SQL: one file, or a directory of them, with the statements that create the wanted schema.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::ModelError;
use crate::{
    dialect::{DialectName, Statement},
    operation::SourceLocation,
    script::sql::split,
};

/// One file of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlFile {
    /// Its path, as the user would type it.
    pub path: PathBuf,
    /// What stands in it.
    pub text: String,
}

/// A model in SQL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SqlModel {
    /// Its files, in the order in which they are run.
    pub files: Vec<SqlFile>,
}

impl SqlModel {
    /// A model that is one text. `path` is what messages call it.
    pub fn from_text(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        SqlModel {
            files: vec![SqlFile {
                path: path.into(),
                text: text.into(),
            }],
        }
    }

    /// Reads a file, or every `.sql` file of a directory and the directories in it. Files run in the order of their
    /// paths, so `01-types.sql` comes before `02-tables.sql`.
    ///
    /// # Errors
    /// [`ModelError`] when something cannot be read, or when a directory has no `.sql` file.
    pub fn read(path: &Path) -> Result<Self, ModelError> {
        let mut paths = Vec::new();
        if path.is_dir() {
            collect(path, &mut paths)?;
            paths.sort();
            if paths.is_empty() {
                return Err(ModelError::Empty {
                    path: path.to_owned(),
                });
            }
        } else {
            paths.push(path.to_owned());
        }
        let files = paths.into_iter().map(|path| {
            let text = fs::read_to_string(&path).map_err(|source| unreadable(&path, source))?;
            // A byte order mark is nothing that a database would understand.
            let text = match text.strip_prefix('\u{feff}') {
                Some(rest) => rest.to_owned(),
                None => text,
            };
            Ok(SqlFile { path, text })
        });
        Ok(SqlModel {
            files: files.collect::<Result<_, ModelError>>()?,
        })
    }

    /// Its statements, each with the place it was written at.
    ///
    /// # Errors
    /// [`ModelError::Split`] for a text that cannot be split.
    pub fn statements(&self, dialect: DialectName) -> Result<Vec<Statement>, ModelError> {
        let mut statements = Vec::new();
        for file in &self.files {
            let found = split(&file.text, dialect).map_err(|error| ModelError::Split {
                path: file.path.clone(),
                position: error.position,
                problem: error.problem,
            })?;
            statements.extend(found.into_iter().map(|statement| {
                Statement::new(statement.sql).at(Some(SourceLocation {
                    path: file.path.clone(),
                    line: statement.position.line,
                    column: statement.position.column,
                }))
            }));
        }
        Ok(statements)
    }
}

fn collect(directory: &Path, paths: &mut Vec<PathBuf>) -> Result<(), ModelError> {
    let entries = fs::read_dir(directory).map_err(|source| unreadable(directory, source))?;
    for entry in entries {
        let path = entry
            .map_err(|source| unreadable(directory, source))?
            .path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "sql") {
            paths.push(path);
        }
    }
    Ok(())
}

fn unreadable(path: &Path, source: std::io::Error) -> ModelError {
    ModelError::Unreadable {
        path: path.to_owned(),
        source,
    }
}
