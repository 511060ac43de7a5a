//! Directories named by a configuration.

use std::fmt;
use std::path::{Path, PathBuf};

/// A directory named by a configuration: a path, or a place inside a Python package.
///
/// Alembic projects may write `package:sub:directory` where a directory is wanted. Which directory that is
/// depends on where Python would find the package.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Location {
    /// An absolute path.
    Directory(PathBuf),
    /// `package:sub:directory`.
    Package {
        /// The dotted name of the package.
        package: String,
        /// The path inside the package.
        path: PathBuf,
    },
}

impl Location {
    /// Reads a location of an Alembic configuration. A relative path is relative to `base`.
    pub fn parse(text: &str, base: &Path) -> Self {
        if !Path::new(text).is_absolute()
            && let Some((package, path)) = text.split_once(':')
        {
            return Self::Package {
                package: package.to_owned(),
                path: path.split(':').collect(),
            };
        }
        Self::Directory(join(base, text))
    }

    /// A directory below this one.
    pub fn join(&self, below: &str) -> Self {
        match self {
            Self::Directory(path) => Self::Directory(path.join(below)),
            Self::Package { package, path } => Self::Package {
                package: package.clone(),
                path: path.join(below),
            },
        }
    }

    /// Where the directory may be, best first. For a package: its place below each of `import_paths`, the
    /// directories in which Python looks for packages.
    pub fn candidates(&self, import_paths: &[PathBuf]) -> Vec<PathBuf> {
        match self {
            Self::Directory(path) => vec![path.clone()],
            Self::Package { package, path } => {
                let package: PathBuf = package.split('.').collect();
                let below = package.join(path);
                import_paths.iter().map(|root| root.join(&below)).collect()
            }
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(path) => write!(f, "{}", path.display()),
            Self::Package { package, path } => {
                write!(f, "{package}")?;
                for part in path {
                    write!(f, ":{}", part.to_string_lossy())?;
                }
                Ok(())
            }
        }
    }
}

/// `path` below `base`, without `.` components. `..` stays, because a symbolic link may make it mean more.
pub(crate) fn join(base: &Path, path: &str) -> PathBuf {
    base.join(path).components().collect()
}
