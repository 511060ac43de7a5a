//! What real Alembic did, revision by revision, as it was recorded.

use std::{fs, path::Path};

use super::error::CorpusError;

/// The effect of one revision.
#[derive(Debug)]
pub(crate) struct Expected {
    pub(crate) revision: String,
    /// Lines that came (`+`) and went (`-`), sorted.
    pub(crate) effect: Vec<String>,
}

/// The steps in the order in which Alembic ran them.
pub(crate) fn steps(directory: &Path) -> Result<Vec<Expected>, CorpusError> {
    let path = directory.join("steps.txt");
    let text = fs::read_to_string(&path).map_err(|source| CorpusError::Read { path, source })?;
    let mut steps: Vec<Expected> = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("=== ") {
            let revision = heading
                .split("->")
                .nth(1)
                .and_then(|after| after.split_whitespace().next())
                .unwrap_or_default();
            steps.push(Expected {
                revision: revision.to_owned(),
                effect: Vec::new(),
            });
        } else if let (Some(step), Some('+' | '-')) = (steps.last_mut(), line.chars().next()) {
            step.effect.push(line.trim_end().to_owned());
        }
    }
    for step in &mut steps {
        step.effect.sort_unstable();
    }
    Ok(steps)
}

/// The final schema.
pub(crate) fn schema(directory: &Path, file: &str) -> Result<String, CorpusError> {
    let path = directory.join(file);
    fs::read_to_string(&path).map_err(|source| CorpusError::Read { path, source })
}
