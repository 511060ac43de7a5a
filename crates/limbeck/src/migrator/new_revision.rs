//! Writing a new revision into a project.

use std::path::{Path, PathBuf};

use jiff::Zoned;

use crate::{
    config::{self, ScriptFormat, Source},
    revision::{Anchor, Target},
    script::{
        self,
        write::{
            CreateDate, FileNameRules, Hook, HookKind, NewScript, PythonContent, SqlContent,
            WriteError, Written, check_revision_id, choose_directory, new_revision_id, run_hook,
            write_script,
        },
    },
};

use super::{MigratorError, Project, project::version_directories};

/// What a new revision should be.
#[derive(Clone, Debug, Default)]
pub struct NewRevision {
    /// What it is for.
    pub message: Option<String>,
    /// Its id; `None` for a random one.
    pub id: Option<String>,
    /// Targets that it is built on; none for the single head, `base` for a new history.
    pub parents: Vec<String>,
    /// Whether the parents may be revisions that are not heads.
    pub splice: bool,
    /// Its branch labels.
    pub branch_labels: Vec<String>,
    /// Revisions or labels that must be applied before it; partial ids are completed.
    pub depends_on: Vec<String>,
    /// The version directory to write into, when there are several.
    pub version_path: Option<PathBuf>,
    /// What a script in SQL does; nothing where it is to be written by hand.
    pub sql: SqlContent,
    /// What a script in Python does; nothing where it is to be written by hand.
    pub python: PythonContent,
}

/// A revision that was written.
#[derive(Clone, Debug)]
pub struct WrittenRevision {
    /// The script and the directories that were made for it.
    pub written: Written,
    /// The programs to run on it, in order; see [`run_hook`].
    pub hooks: Vec<Hook>,
}

impl Project {
    /// Writes the script of a new revision. The hooks it comes with are for the caller to run, each being worth a line
    /// of its own to a user.
    ///
    /// # Errors
    /// When the parents are ambiguous or no heads, the id cannot be one, or the file cannot be written. Nothing is
    /// written then.
    pub fn write_revision(
        &self,
        new: &NewRevision,
        now: &Zoned,
    ) -> Result<WrittenRevision, MigratorError> {
        self.check_complete()?;
        let settings = self.settings();
        let revision = match &new.id {
            Some(id) => check_revision_id(id)?,
            None => new_revision_id()?,
        };
        if let Some(script) = self.script(revision.as_str()) {
            return Err(MigratorError::Write(WriteError::TakenId {
                id: revision.to_string(),
                path: script.header().path.clone(),
            }));
        }
        for name in new.branch_labels.iter().chain([&revision.to_string()]) {
            Target::refuse_word(name).map_err(WriteError::from)?;
        }
        let hooks = self.hooks()?;
        let parents = self.parents(new)?;
        let depends_on = new
            .depends_on
            .iter()
            .map(|name| Ok(self.graph().dependency_name(&Target::parse(name)?)?))
            .collect::<Result<Vec<_>, MigratorError>>()?;
        let parent_paths: Vec<&Path> = parents
            .iter()
            .filter_map(|id| Some(self.header(id)?.path.as_path()))
            .collect();
        let version_path = new
            .version_path
            .as_ref()
            .map(|path| settings.working_directory.join(path));
        let directory = choose_directory(
            version_path.as_deref(),
            &version_directories(settings),
            &parent_paths,
        )
        .map_err(|error| match (error, &new.version_path) {
            (WriteError::UnknownVersionPath(_), Some(typed)) => {
                WriteError::UnknownVersionPath(typed.clone())
            }
            (error, _) => error,
        })?;
        let script = NewScript {
            format: self.new_format(),
            revision: revision.as_str().to_owned(),
            message: match &new.message {
                Some(message) => message.clone(),
                None => "empty message".to_owned(),
            },
            down_revision: parents,
            branch_labels: new.branch_labels.clone(),
            depends_on,
            created: CreateDate::new(now, settings.timezone.as_deref())?,
            sql: new.sql.clone(),
            python: new.python.clone(),
        };
        let rules = FileNameRules {
            template: settings.file_template.clone(),
            slug_length: settings.truncate_slug_length,
            recursive: settings.recursive_version_locations,
        };
        let written = write_script(
            &script,
            &directory,
            &rules,
            &self.script_location(),
            self.template_engine(),
        )?;
        Ok(WrittenRevision { written, hooks })
    }

    fn parents(&self, new: &NewRevision) -> Result<Vec<String>, MigratorError> {
        let mut targets = new
            .parents
            .iter()
            .map(|parent| Target::parse(parent))
            .collect::<Result<Vec<_>, _>>()?;
        if targets.is_empty() && !self.graph().is_empty() {
            targets.push(Target {
                branch: None,
                anchor: Anchor::Head,
                steps: None,
            });
        }
        let parents = self.graph().parents_for(&targets, new.splice)?;
        Ok(parents.iter().map(|node| node.id().to_string()).collect())
    }

    /// The language of new scripts: Alembic's own in a project of Alembic's that has such scripts already.
    pub fn new_format(&self) -> script::ScriptFormat {
        let python =
            |script: &script::LoadedScript| script.header().format == script::ScriptFormat::Python;
        match (&self.settings().source, self.settings().script_format) {
            (Source::Alembic { .. }, _) if self.scripts().iter().any(python) => {
                script::ScriptFormat::Python
            }
            (Source::Alembic { .. }, _)
                if self.script_location().join("script.py.mako").is_file() =>
            {
                script::ScriptFormat::Python
            }
            (_, ScriptFormat::Sql) => script::ScriptFormat::Sql,
        }
    }

    /// The directory of the script environment, the first that exists of several places it may be in.
    pub fn script_location(&self) -> PathBuf {
        let settings = self.settings();
        let mut candidates = settings
            .script_location
            .candidates(&settings.import_paths());
        let existing = candidates.iter().position(|path| path.is_dir());
        match existing {
            Some(index) => candidates.swap_remove(index),
            None => candidates.into_iter().next().unwrap_or_default(),
        }
    }

    /// The configured hooks; known before the script is written, so that a wrong one leaves nothing behind.
    fn hooks(&self) -> Result<Vec<Hook>, MigratorError> {
        let settings = self.settings();
        let hook = |configured: &config::PostWriteHook| {
            let kind = match configured.kind()? {
                config::HookKind::Exec { executable } => HookKind::Exec { executable },
                config::HookKind::ConsoleScript { entrypoint } => {
                    HookKind::ConsoleScript { entrypoint }
                }
                config::HookKind::Module { module } => HookKind::Module {
                    module,
                    python: PathBuf::from("python3"),
                },
                config::HookKind::Registered { name } => {
                    return Err(MigratorError::UnknownHook { name });
                }
            };
            Ok(Hook {
                name: configured.name.clone(),
                kind,
                options: configured.options().to_owned(),
                directory: match configured.cwd() {
                    Some(directory) => settings.working_directory.join(directory),
                    None => settings.working_directory.clone(),
                },
            })
        };
        settings.post_write_hooks.iter().map(hook).collect()
    }
}

/// Runs the hooks of a written revision in order; `told` hears of each before it runs, and of its output after.
///
/// # Errors
/// The first hook that fails; the script stays where it is.
pub fn run_hooks(
    revision: &WrittenRevision,
    mut told: impl FnMut(&Hook, Option<&script::write::HookOutput>),
) -> Result<(), MigratorError> {
    for hook in &revision.hooks {
        told(hook, None);
        let output = run_hook(hook, &revision.written.path)?;
        told(hook, Some(&output));
    }
    Ok(())
}
