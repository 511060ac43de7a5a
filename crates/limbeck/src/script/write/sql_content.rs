//! What a new `.sql` script does. Nothing for a script that somebody fills in by hand.

use crate::{dialect::DialectName, script::Direction};

/// The sections of a new `.sql` script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SqlContent {
    /// What leads up.
    pub upgrade: Vec<SqlPart>,
    /// What leads down.
    pub downgrade: Vec<SqlPart>,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlPart {
    /// The dialects it is for; none for all of them.
    pub dialects: Vec<DialectName>,
    /// The statements and comments.
    pub text: String,
}

impl SqlPart {
    /// A part for all dialects.
    pub fn new(text: impl Into<String>) -> Self {
        SqlPart {
            dialects: Vec::new(),
            text: text.into(),
        }
    }

    /// The directive that begins it.
    pub(super) fn directive(&self, direction: Direction) -> String {
        let names: Vec<&str> = self.dialects.iter().map(|name| name.as_str()).collect();
        match names.is_empty() {
            true => format!("-- limbeck: {direction}"),
            false => format!("-- limbeck: {direction} ({})", names.join(", ")),
        }
    }
}

impl SqlContent {
    pub(super) fn of(&self, direction: Direction) -> &[SqlPart] {
        match direction {
            Direction::Upgrade => &self.upgrade,
            Direction::Downgrade => &self.downgrade,
        }
    }
}
