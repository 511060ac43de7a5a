//! Man pages: one for the command and one for each subcommand.

use std::path::PathBuf;

use super::{Files, GenerateError, commands};

/// Adds `docs/reference/man/*.1`.
///
/// # Errors
/// When a page cannot be rendered.
pub(crate) fn add(files: &mut Files) -> Result<(), GenerateError> {
    let command = commands::built();
    let mut pages = vec![(command.get_name().to_owned(), command.clone())];
    for subcommand in command
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
    {
        let name = format!("{}-{}", command.get_name(), subcommand.get_name());
        pages.push((name.clone(), subcommand.clone().name(name)));
    }
    for (name, command) in pages {
        let mut page = Vec::new();
        clap_mangen::Man::new(command)
            .render(&mut page)
            .map_err(|source| GenerateError::Render {
                what: format!("{name}.1"),
                source,
            })?;
        files.insert(PathBuf::from(format!("docs/reference/man/{name}.1")), page);
    }
    Ok(())
}
