//! JSON schemas: of `limbeck.toml`, for editors, and of every answer, for programs that read them.

use std::path::PathBuf;

use limbeck::config::LimbeckToml;
use limbeck_cli::answer;
use schemars::{Schema, schema_for};

use super::{Files, GenerateError};

/// Adds `docs/reference/schemas/*.json`.
///
/// # Errors
/// When a schema cannot be written as JSON.
pub(crate) fn add(files: &mut Files) -> Result<(), GenerateError> {
    let schemas: [(&str, Schema); 20] = [
        ("limbeck.toml", schema_for!(LimbeckToml)),
        ("adopt", schema_for!(answer::AdoptAnswer)),
        ("branches", schema_for!(answer::BranchesAnswer)),
        ("check", schema_for!(answer::CheckAnswer)),
        ("current", schema_for!(answer::CurrentAnswer)),
        ("diff", schema_for!(answer::DiffAnswer)),
        ("ensure_version", schema_for!(answer::EnsureVersionAnswer)),
        ("error", schema_for!(answer::ErrorAnswer)),
        ("heads", schema_for!(answer::HeadsAnswer)),
        ("history", schema_for!(answer::HistoryAnswer)),
        ("init", schema_for!(answer::InitAnswer)),
        ("list_templates", schema_for!(answer::ListTemplatesAnswer)),
        ("offline", schema_for!(answer::OfflineAnswer)),
        ("plan", schema_for!(answer::PlanAnswer)),
        ("run", schema_for!(answer::RunAnswer)),
        ("show", schema_for!(answer::ShowAnswer)),
        ("status", schema_for!(answer::StatusAnswer)),
        ("unlock", schema_for!(answer::UnlockAnswer)),
        ("written", schema_for!(answer::WrittenAnswer)),
        ("revision", schema_for!(answer::RevisionAnswer)),
    ];
    for (name, schema) in schemas {
        let mut text = serde_json::to_vec_pretty(&schema)?;
        text.push(b'\n');
        files.insert(
            PathBuf::from(format!("docs/reference/schemas/{name}.json")),
            text,
        );
    }
    Ok(())
}
