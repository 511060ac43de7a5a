//! What runs natively, what goes to the project's own Python, and what env.py has to do with it.

use std::sync::Arc;

use limbeck::{
    dialect::{BoxFuture, DialectName},
    migrator::{Migrator, MigratorError, Project},
    operation::Execute,
    script::{CodeError, Direction, Header, Script, ScriptContext, ScriptError},
};
use limbeck_python::{
    environment::{Action, Environment, EnvironmentCommand, EnvironmentError, Raised},
    project_python::AutomaticEnvironment,
};

use crate::{
    environment::{Upgrade, command, project},
    project::{Sample, told},
};

/// A front end that knows when it needs the application as the marks in a script say: `# at once`, `# in time`, `# too late`.
struct Native {
    header: Header,
    text: String,
}

impl Native {
    fn needs(&self, mark: &str) -> Result<(), ScriptError> {
        if !self.text.contains(mark) {
            return Ok(());
        }
        Err(ScriptError::Code(Box::new(CodeError {
            message: "NeedsApplication: shop_app.Kind".to_owned(),
            location: None,
            traceback: None,
            needs: Some("shop_app.Kind".to_owned()),
            hint: None,
            refused: None,
        })))
    }
}

impl Script for Native {
    fn header(&self) -> &Header {
        &self.header
    }

    fn check(&self, _: Direction, _: DialectName) -> BoxFuture<'_, Result<(), ScriptError>> {
        Box::pin(std::future::ready(self.needs("# at once")))
    }

    fn is_list(&self) -> bool {
        false
    }

    fn run<'a>(
        &'a self,
        _: Direction,
        context: &'a mut dyn ScriptContext,
    ) -> BoxFuture<'a, Result<(), ScriptError>> {
        Box::pin(async move {
            self.needs("# in time")?;
            let sql = format!("CREATE TABLE native_{} (id INTEGER)", self.header.revision);
            let execute = Execute::new(sql);
            context.apply(execute.into(), None).await?;
            self.needs("# too late")
        })
    }
}

fn native(header: &Header) -> Arc<dyn Script> {
    Arc::new(Native {
        header: header.clone(),
        text: std::fs::read_to_string(&header.path).unwrap(),
    })
}

fn history(sample: &Sample, marks: &[(&str, &str)]) {
    let mut revises = None;
    for (id, mark) in marks {
        let up = format!("op.create_table('there_{id}', sa.Column('id', sa.Integer)) {mark}");
        sample.python(id, revises, &up, "pass");
        revises = Some(id);
    }
}

async fn upgrade(sample: &Sample) -> Result<Vec<(String, String)>, MigratorError> {
    let python = sample.project_python();
    let mut project = Project::from_directory(sample.path("migrations/versions")).unwrap();
    project.run_python_with(|header| python.behind(native(header), 0));
    let mut migrator = Migrator::connect(&project, sample.url.as_str()).await?;
    let report = migrator.upgrade("head").await?;
    python.finish().await.unwrap();
    let ran = report.steps.iter().filter_map(|step| {
        let needs = step.ran_by.as_ref()?.needs.join(" ");
        Some((step.revision.to_string(), needs))
    });
    Ok(ran.collect())
}

#[tokio::test]
async fn a_script_goes_there_when_it_says_so_in_time() {
    let Some(sample) = Sample::new() else { return };
    history(
        &sample,
        &[
            ("r1", ""),
            ("r2", "# at once"),
            ("r3", ""),
            ("r4", "# in time"),
        ],
    );
    let ran = upgrade(&sample).await.unwrap();
    let kind = "shop_app.Kind".to_owned();
    assert_eq!(
        ran,
        [("r2".to_owned(), kind.clone()), ("r4".to_owned(), kind)]
    );
    assert_eq!(
        sample.tables().await,
        "alembic_version;native_r1;native_r3;there_r2;there_r4"
    );
}

#[tokio::test]
async fn a_script_that_has_begun_does_not_begin_anew_there() {
    let Some(sample) = Sample::new() else { return };
    history(&sample, &[("r1", "# too late")]);
    let error = upgrade(&sample).await.unwrap_err();
    let text = told(&sample, &error);
    assert!(
        text.contains("This came to light after 1 of its statements had run, too late"),
        "{text}"
    );
    assert_eq!(sample.tables().await, "");
}

/// env.py that cannot be read natively.
struct Unreadable;

impl Environment for Unreadable {
    fn run<'a>(
        &'a mut self,
        _: &'a EnvironmentCommand<'a>,
        _: &'a mut dyn Action,
    ) -> BoxFuture<'a, Result<(), EnvironmentError>> {
        Box::pin(std::future::ready(Err(EnvironmentError::Needs {
            name: "shop_app.settings".to_owned(),
            error: Box::new(Raised {
                message: "NeedsApplication: shop_app.settings".to_owned(),
                location: None,
                traceback: None,
            }),
        })))
    }
}

#[tokio::test]
async fn env_py_goes_there_and_its_scripts_only_when_they_must() {
    let Some(sample) = Sample::new() else { return };
    history(&sample, &[("r1", ""), ("r2", "# at once"), ("r3", "")]);
    let project = project(&sample);
    let command = command(&project, serde_json::json!({}), serde_json::json!({}));
    let mut action = Upgrade::new(&sample);
    let mut environment = AutomaticEnvironment::new(Unreadable, Arc::new(native), sample.search());
    environment.run(&command, &mut action).await.unwrap();
    assert_eq!(environment.env_py_needs(), Some("shop_app.settings"));
    assert_eq!(
        sample.tables().await,
        "alembic_version;native_r1;native_r3;there_r2"
    );
}
