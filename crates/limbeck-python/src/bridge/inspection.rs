//! Answers `_limbeck.inspect()`: question and answer are the library's own values as JSON.

use limbeck::dialect::{Dialect, InspectError, InspectionRequest, Query};

use super::{
    request::Refusal,
    services::{database_refusal, refused},
};

/// What a database contains.
pub(super) async fn answer(
    language: &dyn Dialect,
    query: &mut dyn Query,
    question: &serde_json::Value,
) -> Result<serde_json::Value, Refusal> {
    let request: InspectionRequest = serde_json::from_value(question.clone())
        .map_err(|error| refused(&format!("cannot understand the question: {error}")))?;
    let database = language
        .inspect(query, &request)
        .await
        .map_err(|error| match &error {
            InspectError::Refused {
                statement, source, ..
            } => database_refusal(source, statement, None),
            other => refused(&other.to_string()),
        })?;
    serde_json::to_value(&database).map_err(|error| refused(&error.to_string()))
}
