//! Into which version location a new script goes.

use std::path::{Component, Path, PathBuf};

use super::WriteError;

/// The directory for a new script. `version_path` is what the user asked for; without it the only location, or, where
/// there are several, the directory of the first revision that the new one follows.
///
/// # Errors
/// [`WriteError::UnknownVersionPath`] when the user asked for something that is no location,
/// [`WriteError::ManyVersionLocations`] when nothing decides between several.
pub fn choose_directory(
    version_path: Option<&Path>,
    locations: &[PathBuf],
    parents: &[&Path],
) -> Result<PathBuf, WriteError> {
    match (version_path, locations) {
        (Some(wanted), _) => {
            let plain = without_dots(wanted);
            let known = locations
                .iter()
                .find(|location| without_dots(location) == plain);
            known
                .cloned()
                .ok_or_else(|| WriteError::UnknownVersionPath(wanted.to_owned()))
        }
        (None, [only]) => Ok(only.clone()),
        (None, _) => {
            let parent = parents.first().and_then(|path| path.parent());
            let parent = parent.ok_or(WriteError::ManyVersionLocations)?;
            // A script below a location belongs to that location; `file_template` makes the directories again.
            let within = |location: &&PathBuf| parent.starts_with(location);
            Ok(locations
                .iter()
                .filter(within)
                .max_by_key(|location| location.components().count())
                .map_or_else(|| parent.to_owned(), Clone::clone))
        }
    }
}

fn without_dots(path: &Path) -> PathBuf {
    path.components()
        .filter(|part| *part != Component::CurDir)
        .collect()
}
