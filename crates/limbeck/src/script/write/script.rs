//! Writes one new script.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use crate::script::{Header, ScriptFormat, python::read_python_header, sql::read_sql_header};

use super::{
    CreateDate, FileNameRules, PythonContent, SqlContent, TemplateEngine, WriteError, python, sql,
};

/// What a new script says of itself.
#[derive(Clone, Debug)]
pub struct NewScript {
    /// The language.
    pub format: ScriptFormat,
    /// Its id; see [`new_revision_id`](super::new_revision_id) and [`check_revision_id`](super::check_revision_id).
    pub revision: String,
    /// What it is for; `empty message` is usual for none.
    pub message: String,
    /// The revisions it follows, in the order in which they are written.
    pub down_revision: Vec<String>,
    /// Its branch labels.
    pub branch_labels: Vec<String>,
    /// The revisions or labels it needs.
    pub depends_on: Vec<String>,
    /// When it was made.
    pub created: CreateDate,
    /// What it does, in SQL.
    pub sql: SqlContent,
    /// What it does, in Python; nothing for a script whose functions are to be written by hand.
    pub python: PythonContent,
}

/// A script that was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// The directories that were made for it, outermost first.
    pub directories: Vec<PathBuf>,
    /// The file.
    pub path: PathBuf,
    /// Its header, as read back.
    pub header: Header,
}

/// Writes a new script into `directory`, one of the version locations, from the template in `script_location`:
/// `script.sql.template` or `script.py.mako`, or ours when there is none. Hooks are run by the caller, with
/// [`run_hook`](super::run_hook), because each is worth a line of its own to a user. `engine` fills in a
/// `script.py.mako` that only Python can.
///
/// The message of a new script without words makes a file name without a slug, as with Alembic.
///
/// # Errors
/// [`WriteError`]; no file is left behind, and none that was there is changed.
pub fn write_script(
    new: &NewScript,
    directory: &Path,
    rules: &FileNameRules,
    script_location: &Path,
    engine: Option<&dyn TemplateEngine>,
) -> Result<Written, WriteError> {
    let slug_source = if new.message == EMPTY_MESSAGE {
        ""
    } else {
        &new.message
    };
    let name = rules.file_name(&new.revision, slug_source, &new.created, new.format)?;
    let path = directory.join(name);
    let template_path = script_location.join(template_name(new.format));
    let template = read_template(&template_path)?;
    let template = template
        .as_deref()
        .map(|text| (template_path.as_path(), text));
    let (text, header) = match new.format {
        ScriptFormat::Sql => {
            let text = sql::render(new, &new.created.to_second(), template)?;
            let header = read_sql_header(&path, &text)?;
            (text, header)
        }
        ScriptFormat::Python => {
            let text = python::render(new, &new.created.to_python(), template, engine)?;
            let header = read_python_header(&path, text.as_bytes())?;
            (text, header)
        }
    };
    check_header(new, &header, &template_path)?;
    let directories = make_directories(path.parent().unwrap_or(directory))?;
    write_new_file(&path, &text)?;
    Ok(Written {
        directories,
        path,
        header,
    })
}

/// What a script says when its author said nothing.
pub(super) const EMPTY_MESSAGE: &str = "empty message";

fn template_name(format: ScriptFormat) -> &'static str {
    match format {
        ScriptFormat::Sql => "script.sql.template",
        ScriptFormat::Python => "script.py.mako",
    }
}

fn read_template(path: &Path) -> Result<Option<String>, WriteError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(WriteError::Io {
            action: "read",
            path: path.to_owned(),
            source,
        }),
    }
}

/// A template may leave something out. Better no script than one that hangs elsewhere in the graph.
fn check_header(new: &NewScript, header: &Header, template: &Path) -> Result<(), WriteError> {
    let lost = |what, wanted: &[String]| {
        let wanted = if wanted.is_empty() {
            "empty".to_owned()
        } else {
            wanted.join(", ")
        };
        Err(WriteError::LostHeader {
            what,
            wanted,
            template: template.to_owned(),
        })
    };
    if header.revision != new.revision {
        return lost("revision", std::slice::from_ref(&new.revision));
    }
    if header.down_revision != new.down_revision {
        return lost("parent", &new.down_revision);
    }
    if header.branch_labels != new.branch_labels {
        return lost("branch label", &new.branch_labels);
    }
    if header.depends_on != new.depends_on {
        return lost("dependency", &new.depends_on);
    }
    Ok(())
}

/// Makes a directory and those above it, and tells which ones were not there.
pub(super) fn make_directories(path: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let missing = path
        .ancestors()
        .take_while(|ancestor| !ancestor.as_os_str().is_empty() && !ancestor.exists());
    let mut missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    missing.reverse();
    fs::create_dir_all(path).map_err(|source| WriteError::Io {
        action: "make the directory",
        path: path.to_owned(),
        source,
    })?;
    Ok(missing)
}

/// Writes a file that was not there. Of two that try at once, one succeeds.
pub(super) fn write_new_file(path: &Path, text: &str) -> Result<(), WriteError> {
    let failed = |source| WriteError::Io {
        action: "write",
        path: path.to_owned(),
        source,
    };
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(WriteError::Exists(path.to_owned()));
        }
        Err(error) => return Err(failed(error)),
    };
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(|error| {
            // Half a script would be read as a whole one.
            drop(fs::remove_file(path));
            failed(error)
        })
}
