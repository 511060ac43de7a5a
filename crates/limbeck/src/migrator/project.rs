//! A project: its settings, its scripts and the graph they form. Must not know a database connection.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    config::{Location, Settings},
    revision::{
        Anchor, GraphError, GraphProblem, IdError, Plan, Revision, RevisionGraph, RevisionId,
        Target,
    },
    script::{
        Header, HeaderError, HeaderProblem, LoadedScript, Note, Position, Script, Scripts,
        VersionsDirectory, write::TemplateEngine,
    },
};

use super::MigratorError;

/// Settings, scripts and graph of one project.
#[derive(Clone, Debug)]
pub struct Project {
    settings: Settings,
    scripts: Vec<LoadedScript>,
    by_id: HashMap<String, usize>,
    graph: RevisionGraph,
    problems: Vec<HeaderError>,
    notes: Vec<Note>,
    template_engine: Option<Arc<dyn TemplateEngine>>,
}

impl Project {
    /// Reads the headers of all scripts that the settings lead to. A script that cannot be read is kept in
    /// [`Project::problems`], so that it only disturbs what needs it.
    ///
    /// # Errors
    /// When the script directory does not exist or cannot be listed.
    pub fn open(settings: Settings) -> Result<Self, MigratorError> {
        let import_paths = settings.import_paths();
        let home = settings.script_location.candidates(&import_paths);
        if !home.iter().any(|path| path.is_dir()) {
            if let Some(path) = home.iter().find(|path| path.exists()) {
                return Err(MigratorError::ScriptLocationIsFile { path: path.clone() });
            }
            return Err(MigratorError::NoScriptLocation {
                path: home.into_iter().next().unwrap_or_default(),
            });
        }
        let directory = VersionsDirectory {
            locations: version_directories(&settings),
            recursive: settings.recursive_version_locations,
        };
        Ok(Project::new(settings, directory.load()?))
    }

    /// A project with default settings over the scripts in one directory.
    ///
    /// # Errors
    /// When the directory does not exist or cannot be listed.
    pub fn from_directory(directory: impl AsRef<Path>) -> Result<Self, MigratorError> {
        let directory = directory.as_ref();
        let mut settings = Settings::new(directory, "");
        settings.version_locations = vec![Location::Directory(directory.to_owned())];
        Project::open(settings)
    }

    /// A project with default settings over scripts that are compiled in, as pairs of a file name and a text.
    pub fn from_embedded(scripts: &[(&'static str, &'static str)]) -> Self {
        let scripts = Scripts::from_texts(scripts.iter().copied());
        Project::new(Settings::new("", ""), scripts)
    }

    /// A project over scripts that are already loaded.
    pub fn new(settings: Settings, scripts: Scripts) -> Self {
        let Scripts {
            scripts,
            mut problems,
            notes,
            ..
        } = scripts;
        let mut revisions = Vec::with_capacity(scripts.len());
        let mut by_id = HashMap::with_capacity(scripts.len());
        for (index, script) in scripts.iter().enumerate() {
            match revision(script.header()) {
                Ok(revision) => {
                    by_id.insert(revision.id.as_str().to_owned(), index);
                    revisions.push(revision);
                }
                Err(problem) => problems.push(problem),
            }
        }
        Project {
            settings,
            scripts,
            by_id,
            graph: RevisionGraph::build(revisions),
            problems,
            notes,
            template_engine: None,
        }
    }

    /// What the configuration says.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The settings, to be changed by the program that embeds the project: version table, lock, transactions.
    pub fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// The directories of the scripts.
    pub fn version_locations(&self) -> Vec<PathBuf> {
        version_directories(&self.settings)
    }

    /// The revisions and how they follow each other.
    pub fn graph(&self) -> &RevisionGraph {
        &self.graph
    }

    /// What a revision's script says about itself.
    pub fn header(&self, id: &str) -> Option<&Header> {
        self.script(id).map(LoadedScript::header)
    }

    /// All scripts in file order.
    pub fn scripts(&self) -> &[LoadedScript] {
        &self.scripts
    }

    /// Lets a front end run the scripts in Python: `runner` makes what runs the script with a header.
    pub fn run_python_with(&mut self, runner: impl Fn(&Header) -> Arc<dyn Script>) {
        for script in &mut self.scripts {
            if let LoadedScript::Python {
                header,
                runner: own,
            } = script
            {
                *own = Some(runner(header));
            }
        }
    }

    /// Lets a front end fill in a `script.py.mako` that only Python can.
    pub fn fill_templates_with(&mut self, engine: Arc<dyn TemplateEngine>) {
        self.template_engine = Some(engine);
    }

    pub(super) fn template_engine(&self) -> Option<&dyn TemplateEngine> {
        self.template_engine.as_deref()
    }

    /// A revision's script.
    pub fn script(&self, id: &str) -> Option<&LoadedScript> {
        self.scripts.get(*self.by_id.get(id)?)
    }

    /// The first paragraph of a revision's description.
    pub fn message(&self, id: &str) -> Option<&str> {
        self.header(id).map(|header| header.message.as_str())
    }

    /// Scripts that cannot be read and are missing from the graph.
    pub fn problems(&self) -> &[HeaderError] {
        &self.problems
    }

    /// What is odd about the version directories without being wrong.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Refuses a project with an unreadable script, for questions that need all of them: the heads are not known when
    /// one may be missing. Revisions in a circle have no head either.
    ///
    /// # Errors
    /// The first unreadable script; all circles.
    pub fn check_complete(&self) -> Result<(), MigratorError> {
        if let Some(problem) = self.problems.first() {
            return Err(MigratorError::Header(problem.clone()));
        }
        let circles = self.graph.problems().iter().filter(|problem| {
            matches!(
                problem,
                GraphProblem::Cycle { .. } | GraphProblem::SelfLoop { .. }
            )
        });
        let problems: Vec<GraphProblem> = circles.cloned().collect();
        if problems.is_empty() {
            return Ok(());
        }
        Err(MigratorError::Graph(GraphError { problems }))
    }

    /// Refuses version rows that stand for no revision of the project.
    ///
    /// # Errors
    /// [`MigratorError::UnknownRow`] for the first of them.
    pub fn check_rows<S: AsRef<str>>(&self, rows: &[S]) -> Result<(), MigratorError> {
        let mut rows = rows.iter().map(AsRef::as_ref);
        match rows.find(|row| self.graph.get(row).is_none()) {
            Some(row) => Err(MigratorError::UnknownRow {
                row: row.to_owned(),
            }),
            None => Ok(()),
        }
    }

    /// Refuses a target above the rows that is only known when every script can be read: heads, and steps up.
    pub(super) fn check_target(&self, target: &Target) -> Result<(), MigratorError> {
        let open = matches!(target.anchor, Anchor::Head | Anchor::Heads);
        if open || target.steps.is_some_and(|steps| steps > 0) {
            self.check_complete()?;
        }
        Ok(())
    }

    /// The first script of a plan that is there and cannot be run by the library.
    pub(super) fn not_runnable(&self, plan: &Plan) -> Option<MigratorError> {
        let scripts = plan.steps.iter().filter(|step| !step.direction.is_stamp());
        let mut revisions = scripts.map(|step| &step.revision);
        revisions.find_map(|revision| self.not_runnable_revision(revision))
    }

    pub(super) fn not_runnable_revision(&self, revision: &RevisionId) -> Option<MigratorError> {
        let script = self.script(revision.as_str())?;
        script
            .as_script()
            .is_none()
            .then(|| MigratorError::NotRunnable {
                revision: revision.clone(),
                path: script.header().path.clone(),
            })
    }
}

/// The version directories: of several places that a package may be in, the first that exists.
pub(super) fn version_directories(settings: &Settings) -> Vec<PathBuf> {
    let import_paths = settings.import_paths();
    settings
        .version_directories()
        .iter()
        .filter_map(|location| {
            let mut candidates = location.candidates(&import_paths);
            let existing = candidates.iter().position(|path| path.is_dir());
            match existing {
                Some(index) => Some(candidates.swap_remove(index)),
                None => candidates.into_iter().next(),
            }
        })
        .collect()
}

/// A header as the graph sees it.
fn revision(header: &Header) -> Result<Revision, HeaderError> {
    let bad = |line: Option<u32>, error: IdError| {
        let position = line.map(|line| Position { line, column: 1 });
        let problem = HeaderProblem::BadLine(error.to_string());
        HeaderError::new(&header.path, position, problem)
    };
    let id = |text: &str, line| RevisionId::new(text).map_err(|error| bad(line, error));
    let lines = &header.lines;
    Target::refuse_word(&header.revision).map_err(|error| bad(lines.revision, error))?;
    for label in &header.branch_labels {
        Target::refuse_word(label).map_err(|error| bad(lines.branch_labels, error))?;
    }
    let mut revision = Revision::new(id(&header.revision, lines.revision)?);
    for parent in &header.down_revision {
        revision.down.push(id(parent, lines.down_revision)?);
    }
    revision.depends_on = header.depends_on.clone();
    revision.branch_labels = header.branch_labels.clone();
    revision.origin = Some(match lines.revision {
        Some(line) => format!("{}:{line}", header.path.display()),
        None => header.path.display().to_string(),
    });
    Ok(revision)
}
