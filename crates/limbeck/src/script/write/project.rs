//! A new project: its directories, its settings file, and a word on what they are.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use super::{WriteError, script};

/// The templates for scripts in SQL, with what each is for.
pub const TEMPLATES: [(&str, &str); 1] = [("sql", "Scripts in SQL, settings in limbeck.toml.")];

/// A project to be made.
#[derive(Clone, Debug)]
pub struct NewProject {
    /// The directory of the scripts, absolute.
    pub directory: PathBuf,
    /// The settings file, absolute: usually `limbeck.toml` in the working directory.
    pub settings_file: PathBuf,
    /// The name of a template.
    pub template: String,
}

/// Something that was made, or was there already. Printed as Alembic prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// What it is.
    pub kind: CreatedKind,
    /// Where it is.
    pub path: PathBuf,
}

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreatedKind {
    /// A directory.
    Directory,
    /// A file.
    File,
    /// A mark that a directory is a Python package.
    Package,
    /// Text at the end of a file that was there.
    Appended,
    /// Nothing: the file was there.
    Skipped,
    /// Nothing: the file was there and has settings of Alembic's.
    SkippedSection,
}

impl fmt::Display for Created {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match self.kind {
            CreatedKind::Directory => write!(formatter, "Creating directory {path} ...  done"),
            CreatedKind::File => write!(formatter, "Generating {path} ...  done"),
            CreatedKind::Package => write!(formatter, "Adding {path} ...  done"),
            CreatedKind::Appended => write!(formatter, "Appending to existing {path} ...  done"),
            CreatedKind::SkippedSection => write!(
                formatter,
                "File {path} already exists and already has a [tool.alembic] section, skipping"
            ),
            CreatedKind::Skipped => write!(formatter, "File {path} already exists, skipping"),
        }
    }
}

/// Why a project was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectError {
    /// There is something in the directory.
    #[error("Directory {} already exists and is not empty", .0.display())]
    NotEmpty(PathBuf),
    /// No template of that name.
    #[error("No such template '{0}'; list_templates shows them")]
    NoTemplate(String),
    /// A `pyproject.toml` that cannot be read, so nothing is put at its end.
    #[error("{}: {reason}", path.display())]
    BadPyproject {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and where.
        reason: String,
    },
    /// A file or directory could not be made.
    #[error(transparent)]
    Write(#[from] WriteError),
}

const README: &str = "Scripts in SQL, settings in limbeck.toml.\n\n\
versions/ holds one script for each revision. `limbeck revision -m \"what it does\"` writes a new one;\n\
put a file script.sql.template beside this one to give new scripts another form.\n";

/// Makes a project: the directory with `versions` and a README, and a settings file unless there is one.
///
/// # Errors
/// [`ProjectError`]; what had been made before stays.
pub fn create_project(project: &NewProject) -> Result<Vec<Created>, ProjectError> {
    if !TEMPLATES.iter().any(|(name, _)| *name == project.template) {
        return Err(ProjectError::NoTemplate(project.template.clone()));
    }
    let directory = &project.directory;
    if fs::read_dir(directory).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(ProjectError::NotEmpty(directory.clone()));
    }
    let mut created = Vec::new();
    for path in [directory.clone(), directory.join("versions")] {
        let missing = !path.exists();
        script::make_directories(&path)?;
        if missing {
            created.push(Created {
                kind: CreatedKind::Directory,
                path,
            });
        }
    }
    created.push(new_file(directory.join("README"), README)?);
    if project.settings_file.exists() {
        let path = project.settings_file.clone();
        created.push(Created {
            kind: CreatedKind::Skipped,
            path,
        });
    } else {
        created.push(new_file(project.settings_file.clone(), &settings(project))?);
    }
    Ok(created)
}

fn new_file(path: PathBuf, text: &str) -> Result<Created, WriteError> {
    script::write_new_file(&path, text)?;
    Ok(Created {
        kind: CreatedKind::File,
        path,
    })
}

fn settings(project: &NewProject) -> String {
    let base = project.settings_file.parent().unwrap_or(Path::new(""));
    let location = project
        .directory
        .strip_prefix(base)
        .unwrap_or(&project.directory);
    let location = if location.as_os_str().is_empty() {
        Path::new(".")
    } else {
        location
    };
    let location = toml::Value::String(location.to_string_lossy().into_owned());
    format!(
        "# Settings of Limbeck. Paths are relative to this file.\n\n\
         # The directory with the scripts.\n\
         script_location = {location}\n\n\
         # The address of the database; ${{NAME}} takes an environment variable, --url takes its place.\n\
         # url = \"sqlite:///app.db\"\n\
         # url = \"postgresql://user@localhost/app\"\n\
         url = \"${{DATABASE_URL}}\"\n\n\
         # What the database shall hold, for `revision --autogenerate`: a file or directory of CREATE statements.\n\
         # `limbeck inspect > schema.sql` writes the first one.\n\
         # model = \"schema.sql\"\n\n\
         # Names of new files, in Python's % notation.\n\
         # file_template = \"%(year)d_%(month).2d_%(day).2d_%(rev)s_%(slug)s\"\n\n\
         # The time zone of creation dates; local time when it is not set.\n\
         # timezone = \"UTC\"\n\n\
         # Programs that run on each new script.\n\
         # [[post_write_hooks]]\n\
         # name = \"sqlfluff\"\n\
         # executable = \"sqlfluff\"\n\
         # options = \"fix REVISION_SCRIPT_FILENAME\"\n"
    )
}
