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
            let (before, after) = heading.split_once("->").unwrap_or((heading, ""));
            if before.trim_end().ends_with("upgrade") {
                // A new database: an application may have filled others of its own before.
                steps.clear();
            }
            let revision = after.split_whitespace().next().unwrap_or_default();
            steps.push(Expected {
                revision: revision.to_owned(),
                effect: Vec::new(),
            });
        } else if let (Some(step), Some('+' | '-')) = (steps.last_mut(), line.chars().next()) {
            step.effect.push(line.trim_end().to_owned());
        }
    }
    if let Some(first) = steps.first_mut() {
        // Nothing goes from an empty database: these are lines of the one before.
        first.effect.retain(|line| line.starts_with('+'));
    }
    for step in &mut steps {
        leave_out_moved(&mut step.effect);
        // It went with its session, which was the recorder's.
        step.effect
            .retain(|line| !line.starts_with("+function pg_temp_"));
        step.effect.sort_unstable();
    }
    Ok(steps)
}

/// The record tells a line that only moved as gone and come.
fn leave_out_moved(effect: &mut Vec<String>) {
    let gone: Vec<String> = effect
        .iter()
        .filter_map(|line| line.strip_prefix('-'))
        .map(str::to_owned)
        .collect();
    for line in gone {
        let [came, went] = [format!("+{line}"), format!("-{line}")];
        if let Some(at) = effect.iter().position(|one| *one == came) {
            effect.remove(at);
            if let Some(at) = effect.iter().position(|one| *one == went) {
                effect.remove(at);
            }
        }
    }
}

/// The final schema.
pub(crate) fn schema(directory: &Path, file: &str) -> Result<String, CorpusError> {
    let path = directory.join(file);
    fs::read_to_string(&path).map_err(|source| CorpusError::Read { path, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_databases_that_the_application_filled_before_are_left_out() {
        let directory = tempfile::tempdir().unwrap();
        let text = "=== 1 upgrade  -> other  schema_sha1=1\n+table x\n=== 2 upgrade  -> a  schema_sha1=2\n+table t\n\
                    -table x\n=== 3 upgrade a -> b  schema_sha1=2\n-table t\n-moved\n-moved\n+moved\n=== 4 upgrade a, b -> c  schema_sha1=2\n";
        fs::write(directory.path().join("steps.txt"), text).unwrap();
        let steps = steps(directory.path()).unwrap();
        let told: Vec<_> = steps
            .iter()
            .map(|step| (step.revision.as_str(), step.effect.join(" ")))
            .collect();
        assert_eq!(
            told,
            [
                ("a", "+table t".to_owned()),
                ("b", "-moved -table t".to_owned()),
                ("c", String::new())
            ]
        );
    }
}
