//! What `context.config`, `context.script` and their like are made of: the command, the files, the revisions.

use std::path::{Path, PathBuf};

use limbeck::{
    config::{Source, ini::DEFAULT_SECTION},
    migrator::Project,
    revision::{Node, Range},
};
use serde_json::{Map, Value, json};

use super::EnvironmentCommand;

/// Everything that Python is told before env.py runs.
pub(super) fn configuration(command: &EnvironmentCommand<'_>, environment: &Path) -> Value {
    let mut told = of_project(command.project, environment.parent());
    told["options"] = command.options.clone().into();
    told["context"] = command.context.clone().into();
    told["url"] = command.url.clone().into();
    told
}

/// The same for scripts that run without env.py.
pub(crate) fn configuration_without(project: &Project) -> Value {
    let settings = project.settings();
    let homes = settings
        .script_location
        .candidates(&settings.import_paths());
    let home = homes.iter().find(|home| home.is_dir()).or(homes.first());
    let mut told = of_project(project, home.map(PathBuf::as_path));
    told["options"] = json!({ "x": settings.x_arguments.as_list() });
    told
}

fn of_project(project: &Project, script_location: Option<&Path>) -> Value {
    let settings = project.settings();
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let (ini_file, toml_file, section) = match &settings.source {
        Source::Alembic {
            ini,
            pyproject,
            section,
        } => (ini.as_deref(), pyproject.as_deref(), Some(section.as_str())),
        _ => (None, None, None),
    };
    let ini = settings.ini();
    let defaults = ini.map(|ini| options(ini.written_options(DEFAULT_SECTION)));
    let sections = ini.map(|ini| {
        let named = |name: &str| (name.to_owned(), options(ini.written_options(name)).into());
        ini.sections().map(named).collect::<Map<_, _>>()
    });
    json!({
        "config_file": ini_file.map(text),
        "toml_file": toml_file.map(text),
        "section": section,
        "defaults": defaults,
        "sections": sections,
        "script_location": script_location.map(text),
        "version_locations": version_locations(project),
    })
}

fn options(options: Vec<(&str, &str)>) -> Map<String, Value> {
    let owned = |(name, value): (&str, &str)| (name.to_owned(), value.into());
    options.into_iter().map(owned).collect()
}

/// The version directories that the settings name; none where they leave it to the default.
pub(super) fn version_locations(project: &Project) -> Vec<String> {
    let settings = project.settings();
    let paths = settings.import_paths();
    let found = settings.version_locations.iter().filter_map(|location| {
        let mut candidates = location.candidates(&paths);
        let existing = candidates.iter().position(|path| path.is_dir());
        (!candidates.is_empty()).then(|| candidates.swap_remove(existing.unwrap_or(0)))
    });
    found
        .map(|path| path.to_string_lossy().into_owned())
        .collect()
}

/// The revisions of a project, newest first.
pub(super) fn revisions(project: &Project) -> Value {
    let history = project.graph().history::<&str>(&Range::default(), &[]);
    let nodes = history.unwrap_or_default();
    nodes
        .into_iter()
        .map(|node| revision(project, node))
        .collect()
}

fn revision(project: &Project, node: Node<'_>) -> Value {
    let declared = node.revision();
    let header = project.header(node.id().as_str());
    let down: Vec<&str> = declared.down.iter().map(|id| id.as_str()).collect();
    json!({
        "revision": node.id().as_str(),
        "down_revision": down,
        "depends_on": declared.depends_on,
        "branch_labels": node.labels(),
        "path": header.map(|header| header.path.to_string_lossy()),
        "doc": header.map(|header| header.message.as_str()),
        "longdoc": header.map(|header| header.long_message.as_str()),
    })
}
