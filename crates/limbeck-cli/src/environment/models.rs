//! The databases of an env.py compared with its models, and the scripts that come of it.

use std::collections::BTreeMap;

use limbeck::{
    dialect::{self, BoxFuture, Dialect, DialectName},
    diff::RenameCandidate,
    migrate::Session,
    migrator::{
        Migrator, Project,
        autogenerate::{CompareOptions, Difference, Insistence},
    },
    models::{Model, other_schemas},
    operation::Operation,
    render::{DialectText, PythonRenderer, PythonSettings, Step},
    script::{Direction, python::UNDECIDED},
};
use limbeck_python::{
    autogenerate::{
        self, CompareSettings, Drafts, Judgement, Proposal, ProposedScript, Wanted, adjust,
        mark_final_names, prepare,
    },
    environment::{Action, ActionError, Models, Stage},
};

use super::{
    Invocation,
    on_database::{kept, set_up},
    python,
};
use crate::{
    command::Context,
    comparing::{self, worth_telling},
    error::CommandError,
    offline,
    output::{Level, Output},
    questions, running,
};

/// What is done on the databases that env.py opens.
pub(crate) struct Asked<'a> {
    /// How the comparison is made; `None` compares nothing and lets env.py's functions see an empty script.
    pub(crate) compare: Option<&'a CompareOptions>,
    /// Whether a database that is not at the heads is refused, as Alembic does.
    pub(crate) at_heads: bool,
    /// The script that is to be written; `None` for a look.
    pub(crate) script: Option<ProposedScript>,
    /// Where somebody may be asked.
    pub(crate) ask: Option<Output>,
}

/// What came of it.
#[derive(Default)]
pub(crate) struct Found {
    /// The address of each database without its password, and how it differs.
    pub(crate) databases: Vec<(String, Difference)>,
    /// The scripts, as env.py's functions have left them.
    pub(crate) drafts: Drafts,
    /// What `context.configure()` says about writing; the last one's.
    pub(crate) settings: CompareSettings,
    /// The language of each function of a script, by its name in the template.
    pub(crate) languages: BTreeMap<String, Box<dyn Dialect>>,
    /// Lines that stand before what a function does, by its name in the template.
    pub(crate) notes: BTreeMap<String, Vec<String>>,
    /// The project as env.py has set it up.
    pub(crate) project: Option<Project>,
}

/// Runs env.py for a command that is about its models.
pub(crate) fn on_models(
    context: &Context,
    project: &Project,
    invocation: &Invocation,
    asked: Asked<'_>,
) -> Result<Found, CommandError> {
    let prefers_python = asked.compare.is_some();
    let mut on_models = OnModels {
        project,
        output: context.output,
        asked,
        found: Found::default(),
        stages: 0,
        failed: None,
    };
    let url = context.global.url.clone();
    let ran = python::run_for(
        context,
        project,
        invocation,
        url,
        &mut on_models,
        prefers_python,
    );
    match (ran, on_models.failed) {
        (Err(CommandError::EnvironmentStopped), Some(error)) => Err(error),
        (Err(error), _) => Err(error),
        (Ok(()), failed) => {
            if let Some(error) = failed {
                let told = format!("env.py let an error pass: {error}");
                context.output.log(Level::Warning, "limbeck", &told);
            }
            if on_models.stages == 0 {
                let told = "env.py did not call context.run_migrations(): nothing was compared";
                context.output.log(Level::Warning, "limbeck", told);
            }
            Ok(on_models.found)
        }
    }
}

struct OnModels<'a> {
    project: &'a Project,
    output: Output,
    asked: Asked<'a>,
    found: Found,
    stages: usize,
    failed: Option<CommandError>,
}

impl OnModels<'_> {
    async fn stage(&mut self, stage: Stage<'_>) -> Result<(), CommandError> {
        let mut project = set_up(self.project, &stage)?;
        let Stage {
            settings,
            session,
            address,
            mut models,
            ..
        } = stage;
        let transactional = settings.assumes_transactional_ddl();
        let Some(session) = session else {
            let dialect = settings.dialect();
            let dialect = dialect.map_err(CommandError::EnvironmentDialect)?;
            offline::tell(&self.output, dialect, transactional);
            self.without_database(dialect, models.as_mut()).await?;
            self.found.project = Some(project);
            return Ok(());
        };
        running::tell_server(&self.output, session.server(), transactional);
        let difference = match self.asked.compare {
            Some(options) => {
                let compared = self.compare(
                    &mut project,
                    session,
                    settings.in_transaction,
                    models.as_mut(),
                    options,
                );
                Some(compared.await?)
            }
            None => None,
        };
        let language = session.server().language();
        if let Some(script) = self.asked.script.clone() {
            let mut migrator =
                Migrator::on_session(&project, session, settings.in_transaction).await?;
            let heads = migrator.rows().await?;
            drop(migrator);
            let ways = |down: bool| match &difference {
                None => Vec::new(),
                Some(difference) if down => difference.downgrade().into_operations(),
                Some(difference) => difference.upgrade().into_operations(),
            };
            let proposal = Proposal::new(script, heads, ways(false), ways(true), language.as_ref());
            self.found.drafts = autogenerate::drafts(models.as_mut(), &proposal).await?;
            self.note(difference.as_ref(), || session.server().language());
        }
        if self.asked.script.is_none() && difference.is_none() {
            self.found.drafts = autogenerate::template_variables(models.as_mut()).await?;
        }
        if let Some(difference) = difference {
            self.found.databases.push((address, difference));
        }
        self.found.project = Some(project);
        Ok(())
    }

    /// `--sql`: a script can be written, and nothing can be compared.
    async fn without_database(
        &mut self,
        dialect: DialectName,
        models: &mut dyn Models,
    ) -> Result<(), CommandError> {
        if self.asked.compare.is_some() {
            return Err(CommandError::EnvironmentOffline);
        }
        let language = dialect::dialect(dialect, None);
        match self.asked.script.clone() {
            Some(script) => {
                let nothing = Vec::new();
                let proposal = Proposal::new(
                    script,
                    Vec::new(),
                    nothing.clone(),
                    nothing,
                    language.as_ref(),
                );
                self.found.drafts = autogenerate::drafts(models, &proposal).await?;
                self.note(None, || dialect::dialect(dialect, None));
            }
            None => self.found.drafts = autogenerate::template_variables(models).await?,
        }
        Ok(())
    }

    async fn compare(
        &mut self,
        project: &mut Project,
        session: &mut Session<'static>,
        in_transaction: bool,
        models: &mut dyn Models,
        options: &CompareOptions,
    ) -> Result<Difference, CommandError> {
        let default_schema = session.server().default_schema.clone();
        let default_schema = Some(default_schema.as_str()).filter(|name| !name.is_empty());
        let wanted = autogenerate::wanted(models, default_schema).await?;
        let named: Vec<String> = match wanted.settings.include_schemas {
            true => {
                let language = session.server().language();
                let all = other_schemas(language.as_ref(), session).await;
                all.map_err(limbeck::migrator::MigratorError::from)?
            }
            false => {
                let schemas = wanted.database.schemas.iter();
                schemas
                    .map(|schema| schema.name.as_str().to_owned())
                    .collect()
            }
        };
        project.settings_mut().schemas = named;
        let mut migrator = Migrator::on_session(project, session, in_transaction).await?;
        if self.asked.at_heads {
            migrator.check_up_to_date().await?;
        }
        let (seen, judgement) = match wanted.settings.judges {
            true => {
                let seen = migrator.inspect(&[]).await?;
                let judgement = autogenerate::judge(models, &seen).await?;
                (seen, judgement)
            }
            false => Default::default(),
        };
        let mut declared = wanted.database.clone();
        prepare(&mut declared, &seen, &judgement);
        let plain = CompareOptions {
            look_at_rows: false,
            ..options.clone()
        };
        let mut difference = migrator
            .difference(&Model::Declared(declared), &plain)
            .await?;
        difference.adjust(|actual, other, declared| {
            adjust(actual, other, declared, &wanted, &judgement, &seen);
        });
        difference.hint(&wanted.renames);
        difference.insist(insisted(&judgement));
        comparing::refuse_unused(&difference)?;
        if let Some(output) = self.asked.ask {
            questions::about_renames(&output, &mut difference);
            migrator.look_at_rows(&mut difference).await;
            questions::about_values(&output, &mut difference);
        }
        if options.look_at_rows {
            migrator.look_at_rows(&mut difference).await;
        }
        let Wanted { settings, .. } = wanted;
        self.found.settings = settings;
        Ok(difference)
    }

    /// Notes for the functions that have come with this database, and the language that it speaks.
    fn note(&mut self, difference: Option<&Difference>, language: impl Fn() -> Box<dyn Dialect>) {
        for draft in &self.found.drafts.scripts {
            let bodies = draft.upgrades.iter().map(|body| (body, true));
            for (body, is_up) in bodies.chain(draft.downgrades.iter().map(|body| (body, false))) {
                if self.found.languages.contains_key(&body.token) {
                    continue;
                }
                if let Some(difference) = difference {
                    let lines = notes(difference, is_up, &self.found.settings);
                    self.found.notes.insert(body.token.clone(), lines);
                }
                self.found.languages.insert(body.token.clone(), language());
            }
        }
    }
}

impl Action for OnModels<'_> {
    fn perform<'a>(&'a mut self, stage: Stage<'a>) -> BoxFuture<'a, Result<String, ActionError>> {
        Box::pin(async move {
            self.stages += 1;
            match self.stage(stage).await {
                Ok(()) => Ok(String::new()),
                Err(error) => Err(ActionError::new(kept(&mut self.failed, error))),
            }
        })
    }

    fn write(&mut self, _text: &str) {}
}

fn insisted(judgement: &Judgement) -> Vec<Insistence> {
    let verdicts = judgement.verdicts.iter();
    verdicts
        .filter(|one| one.data_type == Some(true) || one.default == Some(true))
        .map(|one| Insistence {
            table: one.table.clone(),
            column: one.column.clone(),
            data_type: one.data_type == Some(true),
            default: one.default == Some(true),
        })
        .collect()
}

/// What somebody has to mind or decide, as lines of Python.
fn notes(difference: &Difference, is_up: bool, settings: &CompareSettings) -> Vec<String> {
    let mut lines = Vec::new();
    if is_up {
        let findings = worth_telling(difference);
        lines.extend(
            findings
                .iter()
                .map(|finding| format!("# Careful: {finding}.")),
        );
    }
    let way = difference.way(match is_up {
        true => Direction::Upgrade,
        false => Direction::Downgrade,
    });
    if let Some(reason) = way.missing_values() {
        lines.extend([
            format!("{UNDECIDED}{reason}"),
            "# Write them below, such as with server_default, or write the revision again with --fill table.column=expression."
                .to_owned(),
            raise(&reason),
        ]);
    }
    let undecided = difference.undecided();
    if !undecided.is_empty() {
        lines.extend(choice(difference, is_up, settings, &undecided));
    }
    lines
}

/// Keeps Alembic, which does not know the mark, from running the script.
fn raise(reason: &str) -> String {
    format!("raise RuntimeError({:?})", format!("undecided: {reason}"))
}

/// Both possibilities: one as code, the other as a comment, and a line that keeps the script from running before somebody
/// has chosen.
fn choice(
    difference: &Difference,
    is_up: bool,
    settings: &CompareSettings,
    candidates: &[RenameCandidate],
) -> Vec<String> {
    let renamed = match is_up {
        true => difference.upgrade_renaming(candidates),
        false => difference.downgrade_renaming(candidates),
    };
    let reasons: Vec<String> = candidates.iter().map(ToString::to_string).collect();
    let reasons = reasons.join("; ");
    let options: Vec<String> = candidates
        .iter()
        .map(|candidate| format!("--rename {}", candidate.decision()))
        .collect();
    let mut lines = vec![
        format!("{UNDECIDED}{reasons}"),
        "# If so, what is stored stays with these lines instead of all others:".to_owned(),
    ];
    let mut operations: Vec<Operation> = renamed.into_operations();
    for operation in &mut operations {
        mark_final_names(operation, !is_up);
    }
    for line in written(difference.language(), settings, operations) {
        lines.push(format!("#     {line}").trim_end().to_owned());
    }
    lines.extend([
        "# If not, what is stored goes with the lines below. Keep one of the two and delete the mark and the raise; or delete this file"
            .to_owned(),
        format!(
            "# and write it again with {}, or with --accept-drop.",
            options.join(" ")
        ),
        raise(&reasons),
    ]);
    lines
}

/// Operations as lines of Python; what has no words is left out, it is only a comment.
fn written(
    language: &dyn Dialect,
    settings: &CompareSettings,
    operations: Vec<Operation>,
) -> Vec<String> {
    let python = PythonSettings {
        sqlalchemy_module_prefix: settings.sqlalchemy_module_prefix.clone(),
        alembic_module_prefix: settings.alembic_module_prefix.clone(),
        user_module_prefix: settings.user_module_prefix.clone(),
        render_as_batch: settings.render_as_batch,
        ..PythonSettings::default()
    };
    let sql = DialectText(language);
    let renderer = PythonRenderer {
        settings: Some(&python),
        sql: Some(&sql),
        items: None,
    };
    let steps: Vec<Step> = operations.into_iter().map(Step::Operation).collect();
    let text = renderer.steps(&steps).map(|body| body.text);
    let text = text.unwrap_or_default();
    let lines = text
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    lines
        .filter(|line| !line.starts_with("# ###"))
        .map(str::to_owned)
        .collect()
}
