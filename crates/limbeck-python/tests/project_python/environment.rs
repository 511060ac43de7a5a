//! env.py in the project's own Python, from its first line to its last.

use limbeck::{
    config::Source,
    dialect::{BoxFuture, Query},
    migrate::{HookError, Observer},
    migrator::{Migrator, Project},
    revision::Step,
};
use limbeck_python::{
    environment::{Action, ActionError, Environment, EnvironmentCommand, EnvironmentError, Stage},
    project_python::ProjectEnvironment,
};
use limbeck_testing::postgres;

use crate::project::Sample;

/// Upgrades each database that env.py comes to.
pub(crate) struct Upgrade<'s> {
    sample: &'s Sample,
    stages: Vec<String>,
    written: String,
}

impl<'s> Upgrade<'s> {
    pub(crate) fn new(sample: &'s Sample) -> Self {
        Upgrade {
            sample,
            stages: Vec::new(),
            written: String::new(),
        }
    }
}

impl Action for Upgrade<'_> {
    fn perform<'a>(&'a mut self, stage: Stage<'a>) -> BoxFuture<'a, Result<String, ActionError>> {
        Box::pin(async move {
            let settings = stage.settings;
            self.stages
                .push(format!("{} {}", settings.dialect, settings.version_table));
            let mut project = Project::from_directory(self.sample.path("migrations/versions"))
                .map_err(ActionError::new)?;
            project.run_python_with(|header| stage.scripts.script(header));
            settings.apply(project.settings_mut());
            if settings.as_sql {
                let script = project
                    .upgrade_script(
                        "head",
                        settings.dialect().unwrap(),
                        &mut limbeck::migrate::Silent,
                    )
                    .await;
                let text = script.map_err(ActionError::new)?.text;
                if settings.has_output {
                    return Ok(text);
                }
                self.written.push_str(&text);
                return Ok(String::new());
            }
            let session = stage.session.expect("a session");
            let mut migrator = Migrator::on_session(&project, session, false)
                .await
                .map_err(ActionError::new)?;
            if let Some(observer) = stage.observer {
                migrator = migrator.observed_by(Boxed(observer));
            }
            migrator.upgrade("head").await.map_err(ActionError::new)?;
            Ok(String::new())
        })
    }

    fn write(&mut self, text: &str) {
        self.written.push_str(text);
    }
}

/// An observer of unknown kind.
struct Boxed<'o>(Box<dyn Observer + 'o>);

impl Observer for Boxed<'_> {
    fn after_step<'a>(
        &'a mut self,
        step: &'a Step,
        database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        self.0.after_step(step, database)
    }
}

pub(crate) fn project(sample: &Sample) -> Project {
    let mut project = Project::from_directory(sample.path("migrations/versions")).unwrap();
    project.settings_mut().source = Source::Alembic {
        ini: Some(sample.path("alembic.ini")),
        pyproject: None,
        section: "alembic".to_owned(),
    };
    project
}

pub(crate) fn command(
    project: &Project,
    options: serde_json::Value,
    context: serde_json::Value,
) -> EnvironmentCommand<'_> {
    EnvironmentCommand {
        project,
        options: options.as_object().unwrap().clone(),
        context: context.as_object().unwrap().clone(),
        url: None,
    }
}

async fn run<'s>(
    sample: &'s Sample,
    options: serde_json::Value,
    context: serde_json::Value,
) -> (Upgrade<'s>, Result<(), EnvironmentError>) {
    let project = project(sample);
    let command = command(&project, options, context);
    let mut action = Upgrade::new(sample);
    let mut environment = ProjectEnvironment::new(sample.search(), None);
    let ended = environment.run(&command, &mut action).await;
    (action, ended)
}

async fn upgrade(
    sample: &Sample,
    options: serde_json::Value,
) -> (Vec<String>, Result<(), EnvironmentError>) {
    let context = serde_json::json!({"destination_rev": "head"});
    let (action, ended) = run(sample, options, context).await;
    (action.stages, ended)
}

#[tokio::test]
async fn env_py_decides_table_and_address_and_goes_on_to_its_end() {
    let Some(sample) = Sample::new() else { return };
    sample.python(
        "r1",
        None,
        "op.create_table('item', sa.Column('id', sa.Integer))",
        "pass",
    );
    sample.replace(
        "migrations/env.py",
        "target_metadata=target_metadata)",
        "target_metadata=target_metadata, version_table='v_' + context.get_x_argument(as_dictionary=True)['tenant'])",
    );
    let end = sample.path("end");
    sample.replace(
        "migrations/env.py",
        "\nrun()\n",
        &format!("\nrun()\nopen('{}', 'w').close()\n", end.display()),
    );
    let (stages, ended) = upgrade(&sample, serde_json::json!({"x": ["tenant=red"]})).await;
    ended.unwrap();
    assert_eq!(stages, ["sqlite v_red"]);
    assert_eq!(sample.tables().await, "item;v_red");
    assert!(end.exists(), "env.py did not get to its end");
}

#[tokio::test]
async fn env_py_for_several_databases_comes_to_each() {
    let Some(sample) = Sample::new() else { return };
    sample.python(
        "r1",
        None,
        "op.create_table('item', sa.Column('id', sa.Integer))",
        "pass",
    );
    sample.replace(
        "migrations/env.py",
        "def run():",
        "def run(name='shop.db'):",
    );
    sample.replace(
        "migrations/env.py",
        "    connectable = engine_from_config(",
        "    from sqlalchemy import create_engine\n    options = {'sqlalchemy.url': 'sqlite:///%s/%s' % (__import__('os').path.dirname(config.config_file_name), name)}\n    connectable = engine_from_config(",
    );
    sample.replace(
        "migrations/env.py",
        "config.get_section(config.config_ini_section, {})",
        "options",
    );
    sample.replace(
        "migrations/env.py",
        "\nrun()\n",
        "\nrun('shop.db')\nrun('other.db')\n",
    );
    let (stages, ended) = upgrade(&sample, serde_json::json!({})).await;
    ended.unwrap();
    assert_eq!(stages.len(), 2);
    assert_eq!(sample.tables().await, "alembic_version;item");
    let mut other = Sample::reopen(sample.home.path());
    other.url = format!("sqlite:///{}", sample.path("other.db").display());
    assert_eq!(other.tables().await, "alembic_version;item");
}

#[tokio::test]
async fn functions_of_on_version_apply_are_called_in_the_steps_transaction() {
    let Some(sample) = Sample::new() else { return };
    sample.python(
        "r1",
        None,
        "op.create_table('item', sa.Column('id', sa.Integer))",
        "pass",
    );
    sample.python(
        "r2",
        Some("r1"),
        "op.create_table('log', sa.Column('text', sa.Text))",
        "pass",
    );
    sample.replace(
        "migrations/env.py",
        "def run():",
        "def note(ctx, step, heads, run_args):\n\
         \x20   if step.up_revision_id == 'r2':\n\
         \x20       ctx.bind.execute(__import__('sqlalchemy').text('INSERT INTO log VALUES (:t)'), {'t': '%s %s %s' % (step.is_upgrade, step.down_revision_ids, sorted(heads))})\n\n\n\
         def run():",
    );
    sample.replace(
        "migrations/env.py",
        "(connection=connection, ",
        "(connection=connection, on_version_apply=note, ",
    );
    let (_, ended) = upgrade(&sample, serde_json::json!({})).await;
    ended.unwrap();
    assert_eq!(
        sample.ask("SELECT text FROM log").await,
        "True ('r1',) ['r2']"
    );
}

#[tokio::test]
async fn an_error_of_the_command_is_raised_in_env_py() {
    let Some(sample) = Sample::new() else { return };
    sample.python("r1", None, "raise ValueError('no')", "pass");
    let end = sample.path("cleaned");
    sample.replace(
        "migrations/env.py",
        "\nrun()\n",
        &format!("\ntry:\n    run()\nexcept Exception as error:\n    open('{}', 'w').write(str(error))\n    raise\n", end.display()),
    );
    let (_, ended) = upgrade(&sample, serde_json::json!({})).await;
    let error = ended.unwrap_err();
    assert!(matches!(error, EnvironmentError::Action(_)), "{error:?}");
    let cleaned = std::fs::read_to_string(end).unwrap();
    assert!(cleaned.contains("ValueError: no"), "{cleaned}");
    assert_eq!(sample.tables().await, "");
}

#[tokio::test]
async fn env_py_that_needs_a_module_names_it() {
    let Some(sample) = Sample::new() else { return };
    sample.python("r1", None, "pass", "pass");
    sample.replace(
        "migrations/env.py",
        "from shop_app import",
        "from toyshop.db import",
    );
    let (_, ended) = upgrade(&sample, serde_json::json!({})).await;
    match ended.unwrap_err() {
        EnvironmentError::Needs { name, error } => {
            assert_eq!(name, "toyshop");
            let location = sample.shown(&error.location.unwrap().to_string());
            assert_eq!(location, "PROJECT/migrations/env.py:3");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_env_py_sets_on_its_connection_is_set_on_ours() {
    let Some(database) = postgres().await else {
        return;
    };
    let (address, _) = database.url.split_once('?').unwrap_or((&database.url, ""));
    let (_, rest) = address.split_once("://").unwrap();
    let Some(sample) = Sample::on(&database.url, &format!("postgresql+psycopg2://{rest}")) else {
        return;
    };
    sample.python(
        "r1",
        None,
        "op.create_table('item', sa.Column('id', sa.Integer))",
        "pass",
    );
    sample.replace(
        "migrations/env.py",
        "        context.configure(connection",
        "        connection.exec_driver_sql('CREATE SCHEMA tenant')\n\
         \x20       connection.exec_driver_sql('SET search_path TO tenant')\n\
         \x20       context.configure(connection",
    );
    let (_, ended) = upgrade(&sample, serde_json::json!({})).await;
    ended.unwrap();
    assert_eq!(
        sample
            .ask("SELECT table_name FROM information_schema.tables WHERE table_schema = 'tenant' ORDER BY 1")
            .await,
        "alembic_version;item"
    );
}

#[tokio::test]
async fn an_offline_env_py_writes_into_the_script_or_takes_it() {
    let Some(sample) = Sample::new() else { return };
    sample.python(
        "r1",
        None,
        "op.create_table('item', sa.Column('id', sa.Integer))",
        "pass",
    );
    let context = serde_json::json!({"destination_rev": "head", "as_sql": true});
    sample.replace(
        "migrations/env.py",
        "literal_binds=True\n",
        "literal_binds=True, transactional_ddl=True\n",
    );
    sample.replace(
        "migrations/env.py",
        "            context.run_migrations()\n        return",
        "            context.static_output('-- by env.py')\n            context.run_migrations()\n        return",
    );
    let (action, ended) = run(&sample, serde_json::json!({}), context.clone()).await;
    ended.unwrap();
    let script = action.written;
    let lines: Vec<_> = script.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.first(), Some(&"BEGIN;"), "{script}");
    assert_eq!(lines.get(1), Some(&"-- by env.py"), "{script}");
    assert_eq!(lines.last(), Some(&"COMMIT;"), "{script}");
    assert!(script.contains("CREATE TABLE item"), "{script}");

    let file = sample.path("out.sql");
    sample.replace(
        "migrations/env.py",
        "literal_binds=True,",
        &format!(
            "literal_binds=True, output_buffer=open('{}', 'w'),",
            file.display()
        ),
    );
    let (action, ended) = run(&sample, serde_json::json!({}), context).await;
    ended.unwrap();
    assert_eq!(action.written, "");
    let script = std::fs::read_to_string(file).unwrap();
    assert!(script.contains("CREATE TABLE item"), "{script}");
}
