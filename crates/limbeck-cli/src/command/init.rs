//! `init`: starts a new project.

use std::path::{Path, PathBuf};

use limbeck::{
    config::{ALEMBIC_INI, ConfigPaths, LIMBECK_TOML, PYPROJECT_TOML},
    script::write::{
        Created, CreatedKind, NewAlembicProject, NewProject, TEMPLATES, alembic_templates,
        create_alembic_project, create_project,
    },
};

use crate::{
    answer::{InitAnswer, InitFile},
    arguments::Init,
    command::Context,
    error::CommandError,
    exit_code, project,
};

pub(super) fn run(options: &Init, context: &Context) -> Result<u8, CommandError> {
    let working_directory = std::env::current_dir().map_err(CommandError::WorkingDirectory)?;
    let paths = project::config_paths(&context.global)?;
    let default = TEMPLATES.first().map_or("", |(name, _)| name);
    let template = options.template.as_deref().unwrap_or(default);
    let (created, closing_words) = if alembic_templates().any(|(name, _)| name == template) {
        with_python(options, template, paths, &working_directory)?
    } else {
        with_sql(options, template, paths, &working_directory)?
    };
    for one in &created {
        context.output.status(&one.to_string());
    }
    context.output.status(&closing_words);
    if context.output.is_json() {
        context.output.answer(&InitAnswer {
            files: created.into_iter().map(file).collect(),
        });
    }
    Ok(exit_code::OK)
}

/// A project in our own layout.
fn with_sql(
    options: &Init,
    template: &str,
    paths: ConfigPaths,
    working_directory: &Path,
) -> Result<(Vec<Created>, String), CommandError> {
    if options.package {
        return Err(CommandError::PackageWithoutPython);
    }
    let settings_file = match paths {
        ConfigPaths::Limbeck { file, .. } => file,
        ConfigPaths::Alembic {
            ini,
            ini_named_by: Some(_),
            ..
        } => return Err(CommandError::InitWithIni { file: ini }),
        ConfigPaths::Alembic { .. } => working_directory.join(LIMBECK_TOML),
    };
    let created = create_project(&NewProject {
        directory: plain(working_directory.join(&options.directory)),
        settings_file: settings_file.clone(),
        template: template.to_owned(),
    })?;
    let closing_words = format!(
        "Please edit configuration/connection settings in {} before proceeding.",
        settings_file.display()
    );
    Ok((created, closing_words))
}

/// A project in Alembic's layout.
fn with_python(
    options: &Init,
    template: &str,
    paths: ConfigPaths,
    working_directory: &Path,
) -> Result<(Vec<Created>, String), CommandError> {
    let (ini, pyproject) = match paths {
        ConfigPaths::Alembic { ini, pyproject, .. } => (ini, pyproject),
        ConfigPaths::Limbeck { .. } => (ALEMBIC_INI.into(), PYPROJECT_TOML.into()),
    };
    let project = NewAlembicProject {
        directory: plain(working_directory.join(&options.directory)),
        named_absolutely: options.directory.is_absolute(),
        ini: plain(working_directory.join(ini)),
        pyproject: plain(working_directory.join(pyproject)),
        template: template.to_owned(),
        package: options.package,
    };
    Ok((create_alembic_project(&project)?, project.closing_words()))
}

fn file(one: Created) -> InitFile {
    let action = match one.kind {
        CreatedKind::Skipped | CreatedKind::SkippedSection => "skipped",
        CreatedKind::Appended => "appended",
        CreatedKind::Directory | CreatedKind::File | CreatedKind::Package => "created",
    };
    InitFile {
        path: one.path,
        action: action.to_owned(),
    }
}

/// Without the `.` of `./migrations`.
fn plain(path: PathBuf) -> PathBuf {
    path.components().collect()
}
