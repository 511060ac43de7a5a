//! What a new `.py` script does. Nothing for a script that somebody fills in by hand.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// What the template of a `.py` script is filled in with besides its header.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PythonContent {
    /// The bodies of functions by the names that the template has for them: `upgrades`, `downgrades`, `engine1_upgrades` …
    pub bodies: BTreeMap<String, String>,
    /// Import lines.
    pub imports: BTreeSet<String>,
    /// More names that the project's env.py gives to the template. Only the front end can fill them in.
    pub variables: Map<String, Value>,
}
