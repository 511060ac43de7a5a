//! What is odd about a configuration without making it unusable.

use super::Origin;

/// Something odd in a configuration. The caller decides whether to show it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigWarning {
    /// A key that means nothing to Limbeck or Alembic; a project's `env.py` may read it.
    #[error(
        "{origin}: the key {key} means nothing in {table}{}",
        nearest.as_ref().map(|name| format!("; did you mean {name}?")).unwrap_or_default()
    )]
    UnknownKey {
        /// The key.
        origin: Origin,
        /// The key's name.
        key: String,
        /// Where it stands, such as `[alembic]`.
        table: String,
        /// The known key that is spelled most like it. Without one, the key is most likely meant for `env.py`.
        nearest: Option<String>,
    },
    /// A list is split the old way because `path_separator` is not set.
    #[error(
        "{origin}: {key} is split at {separators}, because path_separator is not set; add path_separator = os"
    )]
    SeparatorMissing {
        /// The list.
        origin: Origin,
        /// The list's key.
        key: &'static str,
        /// At what it is split.
        separators: &'static str,
    },
    /// `version_path_separator` is in use.
    #[error("{origin}: version_path_separator is deprecated; call it path_separator")]
    OldSeparator {
        /// The key.
        origin: Origin,
    },
    /// A switch has a value other than `true` and `false`, and counts as off.
    #[error("{origin}: {key} is off, because only `true` switches it on")]
    NotTrue {
        /// The value.
        origin: Origin,
        /// The switch.
        key: &'static str,
    },
}
