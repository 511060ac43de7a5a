//! Every script of a project, and who would run it.

use std::path::Path;

use limbeck::{
    migrator::Project,
    operation::SourceLocation,
    script::{Header, LoadedScript},
};
use limbeck_python::FrontEnd;

use crate::answer::{AdoptedScript, MissingName, Runs};

/// Loads every script and follows what it uses.
pub(super) async fn assess(project: &Project, front_end: &FrontEnd) -> Vec<AdoptedScript> {
    let mut found = Vec::with_capacity(project.scripts().len());
    for script in project.scripts() {
        found.push(match script {
            LoadedScript::Python { header, .. } => in_python(project, front_end, header).await,
            script => native(script.header()),
        });
    }
    found
}

fn native(header: &Header) -> AdoptedScript {
    AdoptedScript {
        revision: Some(header.revision.clone()),
        path: header.path.clone(),
        runs: Runs::Natively,
        needs: Vec::new(),
        error: None,
        traceback: None,
    }
}

async fn in_python(project: &Project, front_end: &FrontEnd, header: &Header) -> AdoptedScript {
    let mut found = native(header);
    match front_end.missing_names(header).await {
        Ok(names) => {
            let names = names.into_iter().map(|missing| described(project, missing));
            found.needs = names.collect();
        }
        Err(error) => match error.needs {
            // A placeholder decides something while the module is loaded.
            Some(name) => {
                let missing = front_end.missing_name(&name, &header.path).await;
                found.needs = match missing {
                    Some(missing) => vec![described(project, missing)],
                    None => vec![MissingName {
                        name,
                        imported_at: shown(project, &header.path),
                        reason: None,
                    }],
                };
            }
            None => {
                found.runs = Runs::Nowhere;
                found.error = Some(match &error.location {
                    Some(at) => format!("{}: {}", place(project, at), error.message),
                    None => error.message,
                });
                found.traceback = error.traceback;
            }
        },
    }
    found
}

/// Says who runs what needs the application.
pub(super) fn settle(mut scripts: Vec<AdoptedScript>, has_python: bool) -> Vec<AdoptedScript> {
    for script in &mut scripts {
        if !script.needs.is_empty() {
            script.runs = match has_python {
                true => Runs::ProjectPython,
                false => Runs::Nowhere,
            };
        }
    }
    scripts
}

/// A missing name as the answer tells it.
pub(super) fn described(project: &Project, missing: limbeck_python::MissingName) -> MissingName {
    MissingName {
        name: missing.name,
        imported_at: place(project, &missing.location),
        reason: missing.reason,
    }
}

/// A place in a file.
pub(super) fn place(project: &Project, location: &SourceLocation) -> String {
    let path = shown(project, &location.path);
    match location.line {
        0 => path,
        line => format!("{path}:{line}"),
    }
}

/// A path, from the working directory on where it is below it.
pub(super) fn shown(project: &Project, path: &Path) -> String {
    let below = path.strip_prefix(&project.settings().working_directory);
    below.unwrap_or(path).display().to_string()
}
