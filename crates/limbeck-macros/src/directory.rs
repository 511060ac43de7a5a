//! The files of a directory that are embedded.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A file to embed.
#[derive(Debug, PartialEq)]
pub(crate) struct EmbeddedFile {
    /// The path below the directory, with `/` on every platform.
    pub(crate) name: String,
    /// The path that `include_str!` reads.
    pub(crate) path: String,
}

/// Why a directory cannot be embedded.
#[derive(Debug)]
pub(crate) enum DirectoryError {
    Unreadable { path: PathBuf, source: io::Error },
    NotUnicode { path: PathBuf },
    Empty { path: PathBuf },
}

impl std::fmt::Display for DirectoryError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DirectoryError::Unreadable { path, source } => {
                write!(formatter, "cannot read {}: {source}", path.display())
            }
            DirectoryError::NotUnicode { path } => {
                write!(
                    formatter,
                    "the path {} is not UTF-8; rename it",
                    path.display()
                )
            }
            DirectoryError::Empty { path } => write!(
                formatter,
                "{} holds no .sql file; the path is relative to the crate's Cargo.toml",
                path.display()
            ),
        }
    }
}

/// Every `.sql` file in and below `root`, sorted by name.
///
/// # Errors
/// [`DirectoryError`] when a directory cannot be read, a path is not UTF-8, or there is no such file.
pub(crate) fn scripts(root: &Path) -> Result<Vec<EmbeddedFile>, DirectoryError> {
    let mut found = Vec::new();
    collect(root, "", &mut found)?;
    if found.is_empty() {
        return Err(DirectoryError::Empty {
            path: root.to_owned(),
        });
    }
    found.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(found)
}

fn collect(
    directory: &Path,
    prefix: &str,
    found: &mut Vec<EmbeddedFile>,
) -> Result<(), DirectoryError> {
    let unreadable = |source| DirectoryError::Unreadable {
        path: directory.to_owned(),
        source,
    };
    for entry in fs::read_dir(directory).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        let (Some(text), Ok(name)) = (path.to_str(), entry.file_name().into_string()) else {
            return Err(DirectoryError::NotUnicode { path });
        };
        // The type of what a link points at: a linked directory of scripts is one.
        let kind = fs::metadata(&path).map_err(unreadable)?;
        if kind.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), found)?;
        } else if name.ends_with(".sql") {
            found.push(EmbeddedFile {
                name: format!("{prefix}{name}"),
                path: text.to_owned(),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_below_come_sorted_with_their_path() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("2026")).unwrap();
        for name in ["b.sql", "2026/c.sql", "a.sql", "notes.txt"] {
            fs::write(root.path().join(name), "").unwrap();
        }
        let names: Vec<_> = scripts(root.path())
            .unwrap()
            .into_iter()
            .map(|file| file.name)
            .collect();
        assert_eq!(names, ["2026/c.sql", "a.sql", "b.sql"]);
    }

    #[test]
    fn an_empty_directory_is_an_error_that_says_where_it_looked() {
        let root = tempfile::tempdir().unwrap();
        let error = scripts(root.path()).unwrap_err().to_string();
        assert!(error.contains("holds no .sql file"), "{error}");
        assert!(error.contains(root.path().to_str().unwrap()), "{error}");
    }

    #[test]
    fn a_missing_directory_is_an_error_that_names_it() {
        let error = scripts(Path::new("/no/such/place"))
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("cannot read /no/such/place:"), "{error}");
    }
}
