//! What would not work, in words that say what to do.

use limbeck::migrator::Project;

use super::scripts::shown;
use crate::answer::{AdoptAnswer, Question, Runs};

/// All that would not work.
pub(super) fn find(answer: &AdoptAnswer, project: &Project) -> Vec<String> {
    let mut problems: Vec<String> = Vec::new();
    let files = project.problems().iter().map(ToString::to_string);
    let graph = project.graph().problems().iter().map(ToString::to_string);
    problems.extend(files.chain(graph));
    let has_python = answer.python.program.is_some();
    if let Some(environment) = &answer.environment
        && environment.runs == Runs::Nowhere
    {
        let path = shown(project, &environment.path);
        problems.push(match (&environment.error, environment.needs.first()) {
            (Some(error), _) if error.contains(&path) => error.clone(),
            (Some(error), _) => format!("{path}: {error}"),
            (None, Some(missing)) => format!(
                "{path} needs {} ({}), and {WITHOUT_PYTHON}",
                missing.name, missing.imported_at
            ),
            (None, None) => format!("{path} cannot be run"),
        });
    }
    let broken = answer
        .scripts
        .iter()
        .filter_map(|script| script.error.clone());
    problems.extend(broken);
    let needing = answer.scripts.iter();
    let needing = needing.filter(|script| !script.needs.is_empty()).count();
    if needing > 0 && !has_python {
        let revisions = match needing {
            1 => "1 revision needs".to_owned(),
            several => format!("{several} revisions need"),
        };
        problems.push(format!("{revisions} the application, and {WITHOUT_PYTHON}"));
    }
    problems.extend(lacking(answer, needing));
    for database in &answer.databases {
        let name = database.database.as_deref().unwrap_or("the database");
        if let Some(error) = &database.error {
            problems.push(format!("{name}: {error}"));
        }
        if !database.unknown_rows.is_empty() {
            let rows = database.unknown_rows.join(", ");
            problems.push(format!(
                "{name} is at {rows}, of which there is no script: add the script, or stamp the database"
            ));
        }
    }
    for agreement in &answer.alembic {
        if !agreement.only_alembic.is_empty() || !agreement.only_limbeck.is_empty() {
            let question = match agreement.question {
                Question::Heads => "heads",
                Question::History => "history",
                Question::Current => "current",
            };
            problems.push(format!("Alembic's '{question}' differs from ours"));
        }
    }
    problems
}

/// The project's Python is needed, and does not get as far as Alembic's own commands.
fn lacking(answer: &AdoptAnswer, needing: usize) -> Option<String> {
    let program = answer.python.program.as_ref()?;
    let environment = answer.environment.as_ref();
    let is_needed =
        needing > 0 || environment.is_some_and(|found| found.runs == Runs::ProjectPython);
    let failed = answer
        .alembic
        .iter()
        .find(|agreement| agreement.question == Question::Heads)?
        .not_asked
        .as_ref()?;
    is_needed.then(|| {
        format!(
            "what needs the application does not run in {} either: {failed}",
            program.display()
        )
    })
}

const WITHOUT_PYTHON: &str = "no Python with Alembic was found: activate the project's environment, or name it with --python";
