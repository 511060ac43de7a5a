//! The name this program was called by.
//!
//! An executable or link named `alembic` behaves the same; only the name in usage texts follows it.

use std::path::Path;

/// Our own name.
pub(crate) const NAME: &str = "limbeck";

/// The file name of `argv[0]` without its extension, or our own name when there is none.
pub(crate) fn name() -> String {
    std::env::args_os()
        .next()
        .as_deref()
        .and_then(|path| Path::new(path).file_stem())
        .and_then(|stem| stem.to_str())
        .filter(|stem| !stem.is_empty())
        .unwrap_or(NAME)
        .to_owned()
}
