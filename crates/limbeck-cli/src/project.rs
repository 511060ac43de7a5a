//! From the global options to a project: the only place where this command reads its environment.

#[cfg(feature = "python")]
use std::path::{Path, PathBuf};

use limbeck::{
    config::{ConfigError, ConfigPaths, DatabaseUrl, Discovery, Settings, Source},
    migrator::{MigratorError, Project},
    script::Scripts,
};

use crate::{arguments::Global, error::CommandError};

/// Reads the configuration that the options lead to.
pub(crate) fn settings(global: &Global) -> Result<Settings, CommandError> {
    discover(global, |discovery| discovery.load())
}

/// Which configuration files are meant, whether or not they exist.
pub(crate) fn config_paths(global: &Global) -> Result<ConfigPaths, CommandError> {
    discover(global, |discovery| discovery.paths())
}

/// Reads the configuration and the headers of all scripts.
pub(crate) fn open(global: &Global) -> Result<Project, CommandError> {
    let mut project = Project::open(settings(global)?)?;
    run_python(&mut project);
    Ok(project)
}

/// The project without its scripts, for commands that look at schemas. Where there is no configuration, the defaults do.
pub(crate) fn open_or_without(global: &Global) -> Result<Project, CommandError> {
    let mut settings = match settings(global) {
        Ok(settings) => settings,
        Err(CommandError::Migrator(MigratorError::Config(ConfigError::NotFound { .. }))) => {
            let directory = std::env::current_dir().map_err(CommandError::WorkingDirectory)?;
            let mut settings = Settings::new(directory.clone(), directory.clone());
            if let Some(url) = &global.url {
                let url = DatabaseUrl::parse(url).map_err(MigratorError::from)?;
                settings.set_database_url(url.with_base_directory(&directory));
            }
            settings
        }
        Err(error) => return Err(error),
    };
    // With the address given, an env.py has nothing to add.
    if global.url.is_some() {
        settings.source = Source::Program;
    }
    Ok(Project::new(settings, Scripts::default()))
}

/// Lets scripts in Python run inside this command. Nothing is started before one of them runs.
#[cfg(feature = "python")]
fn run_python(project: &mut Project) {
    limbeck_python::FrontEnd::of(project, arguments().collect()).attach(project);
}

/// The command line, as scripts in Python see it.
#[cfg(feature = "python")]
pub(crate) fn arguments() -> impl Iterator<Item = String> {
    std::env::args_os().map(|argument| argument.to_string_lossy().into_owned())
}

/// Without the front end a script in Python is read and listed, and refused when it is to be run.
#[cfg(not(feature = "python"))]
fn run_python(_project: &mut Project) {}

/// Where the project's own Python is looked for.
#[cfg(feature = "python")]
pub(crate) fn python_search(
    global: &Global,
    project: &Project,
) -> limbeck_python::project_python::PythonSearch {
    let path = |name| {
        let value = std::env::var_os(name).filter(|value| !value.is_empty());
        value.map(PathBuf::from)
    };
    let settings = project.settings();
    let file = settings.source.main_file();
    let directory = file.map(|file| settings.working_directory.join(file));
    let directory = directory.and_then(|file| file.parent().map(Path::to_owned));
    limbeck_python::project_python::PythonSearch {
        option: global.python.clone(),
        variable: path("LIMBECK_PYTHON"),
        virtual_env: path("VIRTUAL_ENV"),
        directory: directory.or_else(|| Some(settings.working_directory.clone())),
        project_root: None,
    }
}

fn discover<T>(
    global: &Global,
    ask: impl FnOnce(&Discovery<'_>) -> Result<T, ConfigError>,
) -> Result<T, CommandError> {
    let working_directory = std::env::current_dir().map_err(CommandError::WorkingDirectory)?;
    let alembic_config = std::env::var("ALEMBIC_CONFIG").ok();
    Ok(ask(&Discovery {
        working_directory: &working_directory,
        config_paths: &global.config,
        alembic_config: alembic_config.as_deref(),
        section: global.name.as_deref(),
        url: global.url.as_deref(),
        x_arguments: &global.x,
        environment: &|name| std::env::var(name).ok(),
    })?)
}
