//! Answer of `inspect`.

use limbeck::schema::Database;
use serde::Serialize;

use super::Answer;

/// What a database holds. Its JSON is a snapshot, which `model` and `diff` read.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct InspectAnswer {
    /// The schema.
    pub schema: Database,
    /// The statements that build it, or code for models.
    #[serde(skip)]
    pub text: String,
}

impl Answer for InspectAnswer {
    fn text(&self) -> String {
        self.text.clone()
    }
}
