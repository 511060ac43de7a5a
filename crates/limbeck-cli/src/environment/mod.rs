//! env.py: run by the commands that run it in Alembic, once per command. Without the Python front end no project has one.

#[cfg(feature = "python")]
mod at_rest;
mod invocation;
#[cfg(feature = "python")]
mod models;
#[cfg(feature = "python")]
mod on_database;
#[cfg(feature = "python")]
mod python;
#[cfg(feature = "python")]
mod written;

use std::path::PathBuf;

use limbeck::{config::Source, migrator::Project};

pub(crate) use invocation::Invocation;
#[cfg(feature = "python")]
pub(crate) use {
    models::{Asked, Found, on_models},
    on_database::{set_up, visit},
    python::{reach_application, tried},
    written::write,
};

/// The project's env.py.
pub(crate) fn file(project: &Project) -> Option<PathBuf> {
    let settings = project.settings();
    if !cfg!(feature = "python") || !matches!(settings.source, Source::Alembic { .. }) {
        return None;
    }
    let homes = settings
        .script_location
        .candidates(&settings.import_paths());
    homes
        .into_iter()
        .map(|home| home.join("env.py"))
        .find(|file| file.is_file())
}

/// Whether the project has an env.py, which decides about its databases.
pub(crate) fn has_one(project: &Project) -> bool {
    file(project).is_some()
}

/// Whether env.py is to run also where no database is asked (`revision_environment`).
pub(crate) fn is_wanted(project: &Project) -> bool {
    project.settings().revision_environment && has_one(project)
}

#[cfg(feature = "python")]
pub(crate) use crate::generating;
#[cfg(not(feature = "python"))]
pub(crate) use without::generating;

#[cfg(not(feature = "python"))]
mod without {
    use limbeck::{dialect::DialectName, migrator::Project};

    use super::Invocation;
    use crate::{
        answer::PythonAnswer, command::Context, database::Done, error::CommandError,
        offline::Script, task::Task,
    };

    pub(crate) fn reach_application(_: &Context, _: &mut Project) {}

    pub(crate) fn tried(_: &Context, _: &Project) -> Result<Option<PythonAnswer>, CommandError> {
        Ok(None)
    }

    /// No project has an env.py here, so nobody comes by.
    pub(crate) mod generating {
        use limbeck::migrator::{NewRevision, Project, autogenerate::CompareOptions};

        use crate::{
            arguments::Revision, command::Context, environment::Invocation, error::CommandError,
        };

        pub(crate) fn from_environment(
            _: &Revision,
            _: &Context,
            project: &Project,
            _: &NewRevision,
        ) -> Result<u8, CommandError> {
            Err(CommandError::no_model(project))
        }

        pub(crate) fn without_comparison(
            context: &Context,
            project: &Project,
            new: &NewRevision,
            _: bool,
        ) -> Result<u8, CommandError> {
            crate::writing::write(context, project, new)
        }

        pub(crate) fn for_template(
            context: &Context,
            project: &Project,
            new: NewRevision,
        ) -> Result<u8, CommandError> {
            crate::writing::write(context, project, &new)
        }

        pub(crate) fn check(
            _: &Context,
            project: &Project,
            _: &Invocation,
            _: &CompareOptions,
        ) -> Result<u8, CommandError> {
            Err(CommandError::no_model(project))
        }

        pub(crate) fn diff(
            _: &Context,
            project: &Project,
            _: &Invocation,
            _: &CompareOptions,
        ) -> Result<u8, CommandError> {
            Err(CommandError::no_model(project))
        }
    }

    pub(crate) fn visit<T: Task>(
        _: &Context,
        _: &Project,
        _: &Invocation,
        _: &T,
        _: &mut Done<'_, T::Answer>,
    ) -> Result<(), CommandError> {
        Ok(())
    }

    pub(crate) fn write(
        _: &Context,
        _: &Project,
        _: &Invocation,
        _: Option<DialectName>,
        _: Script<'_>,
    ) -> Result<u8, CommandError> {
        Ok(crate::exit_code::OK)
    }
}
#[cfg(not(feature = "python"))]
pub(crate) use without::{reach_application, tried, visit, write};
