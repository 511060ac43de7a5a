//! Extensions (PostgreSQL).

use serde::{Deserialize, Serialize};

use super::Identifier;

/// An installed extension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Its name.
    pub name: Identifier,
    /// The schema that holds its objects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Identifier>,
    /// Its version; `None` for the server's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}
