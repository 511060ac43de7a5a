//! What a model says about former names: `-- limbeck: renamed book.titel:title`, on a line of its own.
//!
//! A schema says what there is, not what it was called before. Whoever edits the model knows; the line may stay for as long
//! as a database may be around that has the old name.

use super::{ModelError, SqlModel};
use crate::diff::RenameDecision;

impl SqlModel {
    /// The renames that the model tells.
    ///
    /// # Errors
    /// [`ModelError::Rename`] for a line that cannot be read.
    pub fn renames(&self) -> Result<Vec<RenameDecision>, ModelError> {
        let mut renames = Vec::new();
        for file in &self.files {
            for (index, line) in file.text.lines().enumerate() {
                let Some(told) = told(line) else {
                    continue;
                };
                renames.push(told.parse().map_err(|_| ModelError::Rename {
                    path: file.path.clone(),
                    line: index + 1,
                    text: told.to_owned(),
                })?);
            }
        }
        Ok(renames)
    }
}

/// What follows `-- limbeck: renamed` in a line.
fn told(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("--")?.trim_start();
    let rest = rest.strip_prefix("limbeck:")?.trim_start();
    let told = rest.strip_prefix("renamed")?;
    told.starts_with([' ', '\t']).then(|| told.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renames(text: &str) -> Result<Vec<String>, String> {
        let model = SqlModel::from_text("schema.sql", text);
        let renames = model.renames().map_err(|error| error.to_string())?;
        Ok(renames.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn former_names_are_told_in_lines_of_their_own() {
        let text = "CREATE TABLE volume (\n  -- limbeck: renamed book:volume\n  title text\n--limbeck:  renamed\tbook.titel:title\n);\n\
                    -- limbeck: renamedx a:b\n-- renamed a:b\nSELECT '-- limbeck: renamed a:b';";
        assert_eq!(renames(text).unwrap(), ["book:volume", "book.titel:title"]);
    }

    #[test]
    fn a_line_that_is_not_understood_is_an_error() {
        insta::assert_snapshot!(
            renames("\n-- limbeck: renamed from titel").unwrap_err(),
            @"schema.sql:2: 'from titel' is not of the form old:new; write '-- limbeck: renamed book.titel:title', or '-- limbeck: renamed book:volume' for a table"
        );
    }
}
