//! `adopt`: looks at an Alembic project without changing it.
//!
//! Everything is found out by the means that the other commands run with: env.py is run up to `context.run_migrations()`,
//! the scripts are loaded there and followed, and the database is asked for its version rows.

mod alembic;
mod look;
mod problems;
mod scripts;

use std::path::PathBuf;

use limbeck::{
    config::Source,
    migrator::{MigratorError, Project},
};
use limbeck_python::{
    FrontEnd,
    environment::{Environment, EnvironmentCommand, EnvironmentError, NativeEnvironment},
    project_python::{Discovery, NativeScripts, ProjectEnvironment, PythonSearch},
};

use crate::{
    answer::{
        AdoptAnswer, AdoptedConfiguration, AdoptedDatabase, AdoptedEnvironment, AdoptedPython, Runs,
    },
    arguments::Adopt,
    command::Context,
    database::block_on,
    environment::{self, Invocation},
    error::CommandError,
    exit_code, program, project,
};

use look::Look;

pub(super) fn run(options: &Adopt, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let answer = block_on(assess(options, context, &project))?;
    let code = match answer.problems.is_empty() {
        true => exit_code::OK,
        false => exit_code::MIGRATION,
    };
    context.output.answer(&answer);
    Ok(code)
}

async fn assess(
    options: &Adopt,
    context: &Context,
    project: &Project,
) -> Result<AdoptAnswer, MigratorError> {
    let search = project::python_search(&context.global, project);
    let discovery = search.find().await;
    let mut arguments = vec![program::name()];
    arguments.extend(project::arguments().skip(1));
    let front_end = FrontEnd::to_read(project, arguments);
    let mut project = project.clone();
    front_end.attach(&mut project);
    let mut look = Look::new(&project, &front_end);
    let environment = match environment::file(&project) {
        Some(file) => {
            let survey = Survey {
                context,
                project: &project,
                front_end: &front_end,
                search,
                discovery: &discovery,
            };
            Some(survey.environment(file, &mut look).await)
        }
        None => {
            look.configured_database().await;
            None
        }
    };
    let Look {
        databases, scripts, ..
    } = look;
    let scripts = match scripts {
        Some(scripts) => scripts,
        None => scripts::assess(&project, &front_end).await,
    };
    let scripts = scripts::settle(scripts, discovery.chosen.is_some());
    let alembic = match &discovery.chosen {
        Some(python) => alembic::compare(&context.global, &project, python, &databases).await,
        None => Vec::new(),
    };
    let mut answer = AdoptAnswer {
        configuration: configuration(&project),
        environment,
        scripts,
        python: python(&discovery),
        databases,
        alembic,
        problems: Vec::new(),
        verbose: options.verbose,
    };
    answer.problems = problems::find(&answer, &project);
    Ok(answer)
}

fn configuration(project: &Project) -> AdoptedConfiguration {
    let settings = project.settings();
    let (files, section) = match &settings.source {
        Source::Alembic {
            ini,
            pyproject,
            section,
        } => {
            let files = ini.iter().chain(pyproject).cloned().collect();
            (files, ini.as_ref().map(|_| section.clone()))
        }
        source => (
            source.main_file().map(PathBuf::from).into_iter().collect(),
            None,
        ),
    };
    AdoptedConfiguration {
        files,
        section,
        script_location: project.script_location(),
        version_locations: project.version_locations(),
    }
}

fn python(discovery: &Discovery) -> AdoptedPython {
    let chosen = discovery.chosen.as_ref();
    AdoptedPython {
        program: chosen.map(|python| python.program.clone()),
        description: chosen.map(ToString::to_string),
        tried: discovery.tried.iter().map(ToString::to_string).collect(),
    }
}

/// What env.py is looked at with.
struct Survey<'s> {
    context: &'s Context,
    project: &'s Project,
    front_end: &'s FrontEnd,
    search: PythonSearch,
    discovery: &'s Discovery,
}

impl Survey<'_> {
    /// Runs env.py for a command that only looks: natively, else in the project's Python.
    async fn environment(&self, path: PathBuf, look: &mut Look<'_>) -> AdoptedEnvironment {
        let mut found = AdoptedEnvironment {
            path: path.clone(),
            runs: Runs::Natively,
            needs: Vec::new(),
            error: None,
        };
        let mut native = NativeEnvironment::new(self.front_end.clone(), path.clone());
        let error = match native.run(&self.command(false), look).await {
            Ok(()) => {
                if look.stages == 0 {
                    found.error = Some("does not call context.run_migrations()".to_owned());
                    found.runs = Runs::Nowhere;
                }
                return found;
            }
            Err(error) => error,
        };
        match &error {
            EnvironmentError::Needs { name, .. } => {
                let missing = self.front_end.missing_name(name, &path).await;
                found.needs = missing
                    .into_iter()
                    .map(|mut missing| {
                        // What env.py does not import itself is told by where it is used.
                        if missing.location.line == 0
                            && let Some(used) = error.location()
                        {
                            missing.location = used;
                        }
                        scripts::described(self.project, missing)
                    })
                    .collect();
                self.in_project_python(&mut found, look).await;
            }
            error if is_the_databases(error) => {
                look.databases
                    .push(unreachable(self.project, error.headline()));
                // What env.py sets is mostly known without a database, too; where it is not, nothing is lost.
                let _ = native.run(&self.command(true), look).await;
            }
            error => {
                found.runs = Runs::Nowhere;
                found.error = Some(self.told(error));
            }
        }
        found
    }

    async fn in_project_python(&self, found: &mut AdoptedEnvironment, look: &mut Look<'_>) {
        found.runs = Runs::ProjectPython;
        if self.discovery.chosen.is_none() {
            found.runs = Runs::Nowhere;
            return;
        }
        // Scripts run here where they can.
        let front_end = self.front_end.clone();
        let native: NativeScripts = std::sync::Arc::new(move |header| front_end.script(header));
        let mut there = ProjectEnvironment::new(self.search.clone(), Some(native));
        if let Err(error) = there.run(&self.command(false), look).await {
            match is_the_databases(&error) {
                true => look
                    .databases
                    .push(unreachable(self.project, error.headline())),
                false => {
                    found.runs = Runs::Nowhere;
                    found.error = Some(self.told(&error));
                }
            }
        }
    }

    /// An error of env.py with its place and what to do about it.
    fn told(&self, error: &EnvironmentError) -> String {
        let mut text = error.headline();
        if let Some(location) = error.location() {
            text = format!("{}: {text}", scripts::place(self.project, &location));
        }
        if let Some(hint) = error.hint() {
            text = format!("{text} ({hint})");
        }
        text
    }

    fn command(&self, offline: bool) -> EnvironmentCommand<'_> {
        let invocation = Invocation::of("current", self.context)
            .option("check_heads", false)
            .option("verbose", false);
        let invocation = match offline {
            true => invocation.written(true),
            false => invocation,
        };
        EnvironmentCommand {
            project: self.project,
            options: invocation.options,
            context: invocation.context,
            url: self.context.global.url.clone(),
        }
    }
}

/// Whether env.py was left because of the database, not because of itself.
fn is_the_databases(error: &EnvironmentError) -> bool {
    const CLASSES: [&str; 2] = ["OperationalError", "InterfaceError"];
    match error {
        EnvironmentError::Unreachable(_) => true,
        EnvironmentError::Code(raised) => {
            let class = raised.message.split(':').next().unwrap_or_default();
            CLASSES.iter().any(|name| class.ends_with(name))
        }
        _ => false,
    }
}

fn unreachable(project: &Project, error: String) -> AdoptedDatabase {
    let configured = project.settings().database_url().ok();
    let error = error.lines().next().unwrap_or_default();
    let error = error
        .split_once("Error: ")
        .map_or(error, |(_, words)| words);
    AdoptedDatabase {
        error: Some(error.to_owned()),
        ..look::database(configured.map(|url| url.redacted()))
    }
}
