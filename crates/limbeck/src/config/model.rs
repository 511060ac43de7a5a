//! Where the configuration says that the wanted schema is.

use std::path::{Path, PathBuf};

use super::{ConfigError, DatabaseUrl, Environment, Origin, address, location};

/// The place of the wanted schema.
#[derive(Debug, Clone)]
pub enum ModelLocation {
    /// A file of SQL, a directory of such files, or a snapshot; absolute when the configuration was read from a file.
    Path(PathBuf),
    /// Another database. What is wrong with its address is only reported when it is opened.
    Database(Box<Result<DatabaseUrl, ConfigError>>),
}

impl ModelLocation {
    /// A place as it is written: an address when it has a scheme, else a path below `base`.
    pub(crate) fn read(
        key: &str,
        text: &str,
        origin: Option<Origin>,
        environment: Environment<'_>,
        base: &Path,
    ) -> Self {
        if text.contains("://") || text.contains("${") {
            let url = address::read(key, text, origin, environment, base);
            return ModelLocation::Database(Box::new(url));
        }
        ModelLocation::Path(location::join(base, text))
    }
}
