//! `init`: starts a new project.

use std::path::PathBuf;

use limbeck::{
    config::{ConfigPaths, LIMBECK_TOML},
    script::write::{CreatedKind, NewProject, TEMPLATES, create_project},
};

use crate::{
    answer::{InitAnswer, InitFile},
    arguments::Init,
    command::Context,
    error::CommandError,
    exit_code, project,
};

pub(super) fn run(options: &Init, context: &Context) -> Result<u8, CommandError> {
    if options.package {
        return Err(CommandError::PackageWithoutPython);
    }
    let working_directory = std::env::current_dir().map_err(CommandError::WorkingDirectory)?;
    let settings_file = match project::config_paths(&context.global)? {
        ConfigPaths::Limbeck { file, .. } => file,
        ConfigPaths::Alembic {
            ini,
            ini_named_by: Some(_),
            ..
        } => return Err(CommandError::InitWithIni { file: ini }),
        ConfigPaths::Alembic { .. } => working_directory.join(LIMBECK_TOML),
    };
    let default = TEMPLATES.first().map_or("", |(name, _)| name);
    let template = options.template.as_deref().unwrap_or(default);
    let created = create_project(&NewProject {
        directory: plain(working_directory.join(&options.directory)),
        settings_file: settings_file.clone(),
        template: template.to_owned(),
    })?;
    for one in &created {
        context.output.status(&one.to_string());
    }
    context.output.status(&format!(
        "Please edit configuration/connection settings in {} before proceeding.",
        settings_file.display()
    ));
    if context.output.is_json() {
        let files = created.into_iter().map(|one| InitFile {
            path: one.path,
            action: match one.kind {
                CreatedKind::Skipped => "skipped".to_owned(),
                CreatedKind::Directory | CreatedKind::File => "created".to_owned(),
            },
        });
        context.output.answer(&InitAnswer {
            files: files.collect(),
        });
    }
    Ok(exit_code::OK)
}

/// Without the `.` of `./migrations`.
fn plain(path: PathBuf) -> PathBuf {
    path.components().collect()
}
