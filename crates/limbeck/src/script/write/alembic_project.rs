//! A new project in Alembic's layout: env.py, script.py.mako, alembic.ini and, for some templates, pyproject.toml.
//!
//! What the files mean is Alembic's, word for word where a program reads them; their comments are ours.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::{Component, Path, PathBuf},
};

use super::{Created, CreatedKind, ProjectError, WriteError, script};

/// What a template consists of.
#[derive(Debug)]
struct Template {
    name: &'static str,
    /// Its first line is the synopsis.
    readme: &'static str,
    env: &'static str,
    script: &'static str,
    ini: &'static str,
    pyproject: Option<&'static str>,
}

const GENERIC_SCRIPT: &str = include_str!("templates/generic_script.py.mako");
const PYPROJECT: &str = include_str!("templates/pyproject.toml");

const TEMPLATES: [Template; 5] = [
    Template {
        name: "generic",
        readme: include_str!("templates/generic_README"),
        env: include_str!("templates/generic_env.py"),
        script: GENERIC_SCRIPT,
        ini: include_str!("templates/generic_alembic.ini"),
        pyproject: None,
    },
    Template {
        name: "pyproject",
        readme: include_str!("templates/pyproject_README"),
        env: include_str!("templates/generic_env.py"),
        script: GENERIC_SCRIPT,
        ini: include_str!("templates/pyproject_alembic.ini"),
        pyproject: Some(PYPROJECT),
    },
    Template {
        name: "async",
        readme: include_str!("templates/async_README"),
        env: include_str!("templates/async_env.py"),
        script: GENERIC_SCRIPT,
        ini: include_str!("templates/generic_alembic.ini"),
        pyproject: None,
    },
    Template {
        name: "multidb",
        readme: include_str!("templates/multidb_README"),
        env: include_str!("templates/multidb_env.py"),
        script: include_str!("templates/multidb_script.py.mako"),
        ini: include_str!("templates/multidb_alembic.ini"),
        pyproject: None,
    },
    Template {
        name: "pyproject_async",
        readme: include_str!("templates/pyproject_async_README"),
        env: include_str!("templates/async_env.py"),
        script: GENERIC_SCRIPT,
        ini: include_str!("templates/pyproject_alembic.ini"),
        pyproject: Some(PYPROJECT),
    },
];

/// Alembic's templates with their synopses, in the order in which they are listed.
pub fn alembic_templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEMPLATES.iter().map(|template| {
        let synopsis = template.readme.lines().next().unwrap_or_default();
        (template.name, synopsis)
    })
}

/// A project in Alembic's layout, to be made.
#[derive(Clone, Debug)]
pub struct NewAlembicProject {
    /// The directory of the scripts, absolute.
    pub directory: PathBuf,
    /// The user named the directory by its absolute path, so the settings do, too; else they say where it is from the
    /// settings file.
    pub named_absolutely: bool,
    /// The ini file, absolute.
    pub ini: PathBuf,
    /// The `pyproject.toml`, absolute; written only by templates that have one.
    pub pyproject: PathBuf,
    /// The name of a template; see [`alembic_templates`].
    pub template: String,
    /// Whether the directories become Python packages.
    pub package: bool,
}

impl NewAlembicProject {
    /// What Alembic tells the user at the end.
    pub fn closing_words(&self) -> String {
        let ini = self.ini.display();
        let template = TEMPLATES.iter().find(|one| one.name == self.template);
        if template.is_some_and(|template| template.pyproject.is_some()) {
            format!(
                "Please edit configuration settings in {} and configuration/connection/logging settings in {ini} before \
                 proceeding.",
                self.pyproject.display()
            )
        } else {
            format!(
                "Please edit configuration/connection/logging settings in {ini} before proceeding."
            )
        }
    }
}

/// Makes a project in Alembic's layout. Settings files that are there stay as they are; a `pyproject.toml` without
/// settings of Alembic's gets them at its end.
///
/// # Errors
/// [`ProjectError`]; what had been made before stays.
pub fn create_alembic_project(project: &NewAlembicProject) -> Result<Vec<Created>, ProjectError> {
    let template = TEMPLATES
        .iter()
        .find(|template| template.name == project.template)
        .ok_or_else(|| ProjectError::NoTemplate(project.template.clone()))?;
    let directory = &project.directory;
    if fs::read_dir(directory).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(ProjectError::NotEmpty(directory.clone()));
    }
    let versions = directory.join("versions");
    let mut created = Vec::new();
    for path in [directory, &versions] {
        let missing = !path.exists();
        script::make_directories(path)?;
        if missing {
            created.push(done(CreatedKind::Directory, path));
        }
    }
    let files = [
        ("script.py.mako", template.script),
        ("README", template.readme),
        ("env.py", template.env),
    ];
    for (name, text) in files {
        created.push(new_file(&directory.join(name), text)?);
    }
    if let Some(text) = template.pyproject {
        let text = located(text, project, &project.pyproject);
        created.push(pyproject(&project.pyproject, &text)?);
    }
    created.push(if project.ini.exists() {
        done(CreatedKind::Skipped, &project.ini)
    } else {
        new_file(&project.ini, &located(template.ini, project, &project.ini))?
    });
    if project.package {
        for directory in [directory, &versions] {
            let path = directory.join("__init__.py");
            script::write_new_file(&path, "")?;
            created.push(done(CreatedKind::Package, &path));
        }
    }
    Ok(created)
}

fn done(kind: CreatedKind, path: &Path) -> Created {
    Created {
        kind,
        path: path.to_owned(),
    }
}

fn new_file(path: &Path, text: &str) -> Result<Created, WriteError> {
    script::write_new_file(path, text)?;
    Ok(done(CreatedKind::File, path))
}

/// Settings with the place of the scripts.
fn located(text: &str, project: &NewAlembicProject, settings: &Path) -> String {
    let location = if project.named_absolutely {
        posix(&project.directory)
    } else {
        let base = settings.parent().unwrap_or(Path::new(""));
        format!("%(here)s/{}", posix(&relative(&project.directory, base)))
    };
    text.replace("${script_location}", &location)
}

/// `path` as seen from `base`, both absolute.
fn relative(path: &Path, base: &Path) -> PathBuf {
    let common = path
        .components()
        .zip(base.components())
        .take_while(|(one, other)| one == other)
        .count();
    let up = base.components().skip(common).map(|_| Component::ParentDir);
    up.chain(path.components().skip(common)).collect()
}

/// With slashes, as settings files have them on every system.
fn posix(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Writes the settings into a new `pyproject.toml`, or to the end of one that has none of Alembic's.
fn pyproject(path: &Path, text: &str) -> Result<Created, ProjectError> {
    let failed = |action| {
        move |source| WriteError::Io {
            action,
            path: path.to_owned(),
            source,
        }
    };
    if !path.exists() {
        return Ok(new_file(path, text)?);
    }
    let there = fs::read_to_string(path).map_err(failed("read"))?;
    let table: toml::Table =
        there
            .parse()
            .map_err(|error: toml::de::Error| ProjectError::BadPyproject {
                path: path.to_owned(),
                reason: error.to_string().trim_end().to_owned(),
            })?;
    if table
        .get("tool")
        .is_some_and(|tool| tool.get("alembic").is_some())
    {
        return Ok(done(CreatedKind::SkippedSection, path));
    }
    let mut file = OpenOptions::new()
        .append(true)
        .open(path)
        .map_err(failed("write"))?;
    file.write_all(format!("\n\n{text}").as_bytes())
        .map_err(failed("write"))?;
    Ok(done(CreatedKind::Appended, path))
}
