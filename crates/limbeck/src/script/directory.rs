//! The versions directories: which files are scripts, and their headers, read in parallel.

use std::{
    borrow::Cow,
    collections::HashSet,
    ffi::OsString,
    fmt, fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use super::{
    Header, HeaderError, HeaderProblem, Script, ScriptFormat, python::read_python_header,
    sql::SqlScript,
};

/// Below this many files a second thread costs more than it saves.
const FILES_PER_THREAD: usize = 64;
/// More threads than this wait for the disk, not for a processor.
const MOST_THREADS: usize = 8;

/// Where a project keeps its scripts.
#[derive(Clone, Debug, Default)]
pub struct VersionsDirectory {
    /// The directories, in the order in which they are searched. One that does not exist is empty.
    pub locations: Vec<PathBuf>,
    /// Whether directories inside them are searched too.
    pub recursive: bool,
}

/// The scripts that were found.
#[derive(Debug, Default)]
pub struct Scripts {
    /// Scripts with a readable header, in file order: by location, then by name, directories after files.
    pub scripts: Vec<LoadedScript>,
    /// Files that should be scripts and are not.
    pub problems: Vec<HeaderError>,
    /// What a user may want to know, though nothing is wrong.
    pub notes: Vec<Note>,
}

/// One script, in the language it is written in.
#[derive(Clone)]
#[non_exhaustive]
pub enum LoadedScript {
    /// A `.sql` script, which can be run.
    Sql(SqlScript),
    /// An Alembic revision: its header is known here, a front end runs it.
    Python {
        /// What is known without running it.
        header: Header,
        /// What runs it, once a front end has come forward.
        runner: Option<Arc<dyn Script>>,
    },
}

impl fmt::Debug for LoadedScript {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadedScript::Sql(script) => script.fmt(formatter),
            LoadedScript::Python { header, runner } => formatter
                .debug_struct("Python")
                .field("header", header)
                .field("runs", &runner.is_some())
                .finish(),
        }
    }
}

impl LoadedScript {
    fn python(header: Header) -> Self {
        LoadedScript::Python {
            header,
            runner: None,
        }
    }

    /// The script's header.
    pub fn header(&self) -> &Header {
        match self {
            LoadedScript::Sql(script) => script.header(),
            LoadedScript::Python { header, .. } => header,
        }
    }

    /// The script as something that runs; `None` for what needs a front end.
    pub fn as_script(&self) -> Option<&dyn Script> {
        match self {
            LoadedScript::Sql(script) => Some(script),
            LoadedScript::Python { runner, .. } => {
                runner.as_deref().map(|script| script as &dyn Script)
            }
        }
    }
}

/// Something about a directory that is no error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Note {
    /// Two locations lead to one file.
    #[error("File {} loaded twice! ignoring. Please ensure version_locations is unique.", .0.display())]
    LoadedTwice(PathBuf),
    /// A `.sql` file without a header, such as one that a Python script reads.
    #[error("{} is ignored: it has no '-- revision:' line at its top", .0.display())]
    NoScript(PathBuf),
}

/// A versions directory that cannot be listed.
#[derive(Debug, thiserror::Error)]
#[error("cannot list {}: {source}", path.display())]
pub struct DirectoryError {
    /// The directory.
    pub path: PathBuf,
    /// What the operating system says.
    pub source: io::Error,
}

impl VersionsDirectory {
    /// Finds the scripts and reads their headers. A file that cannot be read is a problem in the result, not an error.
    ///
    /// # Errors
    /// [`DirectoryError`] when a directory exists and cannot be listed.
    pub fn load(&self) -> Result<Scripts, DirectoryError> {
        let mut walk = Walk::default();
        for location in &self.locations {
            if location.exists() {
                walk.directory(location, self.recursive)?;
            }
        }
        let mut scripts = Scripts {
            notes: walk.notes,
            problems: walk.problems,
            ..Scripts::default()
        };
        for (path, result) in walk.files.iter().zip(read_all(&walk.files)) {
            scripts.add(path, result);
        }
        Ok(scripts)
    }
}

impl Scripts {
    /// Scripts whose texts are already here, such as those compiled into an application, as pairs of a file name and
    /// a text. The order of the names is the file order.
    pub fn from_texts<N, T>(texts: impl IntoIterator<Item = (N, T)>) -> Self
    where
        N: AsRef<Path>,
        T: Into<Cow<'static, str>>,
    {
        let mut texts: Vec<(N, T)> = texts.into_iter().collect();
        texts.sort_by(|left, right| left.0.as_ref().cmp(right.0.as_ref()));
        let mut scripts = Scripts::default();
        for (name, text) in texts {
            let path = name.as_ref();
            let result = match format_of(path) {
                Some(ScriptFormat::Sql) => SqlScript::from_text(path, text).map(LoadedScript::Sql),
                Some(ScriptFormat::Python) => {
                    read_python_header(path, text.into().as_bytes()).map(LoadedScript::python)
                }
                None => continue,
            };
            scripts.add(path, result);
        }
        scripts
    }

    fn add(&mut self, path: &Path, result: Result<LoadedScript, HeaderError>) {
        match result {
            Ok(script) => self.scripts.push(script),
            Err(HeaderError {
                problem: HeaderProblem::NoHeader,
                ..
            }) => {
                self.notes.push(Note::NoScript(path.to_owned()));
            }
            Err(error) => self.problems.push(error),
        }
    }
}

/// The format of a file by its name; `None` for files that are no scripts: lock files of editors, `__init__.py` and
/// everything with another ending.
fn format_of(path: &Path) -> Option<ScriptFormat> {
    let name = path.file_name()?.to_str()?;
    if name.starts_with(".#") || name.starts_with("__init__") {
        return None;
    }
    if name.ends_with(".py") {
        return Some(ScriptFormat::Python);
    }
    (name.ends_with(".sql") && !name.starts_with('.')).then_some(ScriptFormat::Sql)
}

#[derive(Default)]
struct Walk {
    files: Vec<PathBuf>,
    /// Files by their real paths, as texts: a path is hashed and compared part by part, which takes longer.
    seen: HashSet<OsString>,
    notes: Vec<Note>,
    problems: Vec<HeaderError>,
}

/// Whether reading could wait or go on for ever, as with a pipe or a device.
fn is_endless(entry: &fs::DirEntry, kind: fs::FileType) -> bool {
    match kind.is_symlink() {
        true => fs::metadata(entry.path()).is_ok_and(|target| !target.is_file()),
        false => !kind.is_file(),
    }
}

impl Walk {
    fn directory(&mut self, directory: &Path, recursive: bool) -> Result<(), DirectoryError> {
        let failed = |source| DirectoryError {
            path: directory.to_owned(),
            source,
        };
        let real = directory.canonicalize().map_err(failed)?;
        let mut files = Vec::new();
        let mut directories = Vec::new();
        for entry in fs::read_dir(directory).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() {
                directories.push(entry.path());
            } else if format_of(Path::new(&entry.file_name())).is_some() && is_endless(&entry, kind)
            {
                let reason = "it is no regular file".to_owned();
                let problem = HeaderProblem::Unreadable(reason);
                self.problems
                    .push(HeaderError::new(&entry.path(), None, problem));
            } else if format_of(Path::new(&entry.file_name())).is_some() {
                files.push((entry.path(), entry.file_name(), kind.is_symlink()));
            }
        }
        files.sort_by(|left, right| left.1.cmp(&right.1));
        for (path, name, is_link) in files {
            let identity = if is_link {
                path.canonicalize()
            } else {
                Ok(real.join(name))
            };
            // A link that leads nowhere is reported when its target cannot be read.
            let identity = identity.unwrap_or_else(|_| path.clone());
            if self.seen.insert(identity.into_os_string()) {
                self.files.push(path);
            } else {
                self.notes.push(Note::LoadedTwice(path));
            }
        }
        directories.retain(|path| !path.to_string_lossy().ends_with("__pycache__"));
        if recursive {
            directories.sort();
            for path in directories {
                self.directory(&path, recursive)?;
            }
        }
        Ok(())
    }
}

/// Reads the headers of `files`; the results are in the order of the files, whoever read them.
fn read_all(files: &[PathBuf]) -> Vec<Result<LoadedScript, HeaderError>> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let threads = (files.len() / FILES_PER_THREAD).clamp(1, processors.min(MOST_THREADS));
    if threads == 1 {
        return read_in_turn(files);
    }
    let share = files.len().div_ceil(threads);
    thread::scope(|scope| {
        let readers: Vec<_> = files
            .chunks(share)
            .map(|chunk| {
                let reader = scope.spawn(|| read_in_turn(chunk));
                (chunk, reader)
            })
            .collect();
        readers
            .into_iter()
            // A reader does not panic; should it ever, its files are read again here, where it is seen which one.
            .flat_map(|(chunk, reader)| reader.join().unwrap_or_else(|_| read_in_turn(chunk)))
            .collect()
    })
}

fn read_in_turn(files: &[PathBuf]) -> Vec<Result<LoadedScript, HeaderError>> {
    let mut bytes = Vec::with_capacity(USUAL_SIZE);
    files.iter().map(|path| read(path, &mut bytes)).collect()
}

/// Bytes; more than nearly every script has.
const USUAL_SIZE: usize = 16 << 10;

/// Reads the header of one script. `bytes` is the place for its text, whatever it holds.
fn read(path: &Path, bytes: &mut Vec<u8>) -> Result<LoadedScript, HeaderError> {
    match format_of(path) {
        Some(ScriptFormat::Python) => {
            bytes.clear();
            // Without a limit the size of the file would be asked for first, which for small files takes as long as reading.
            fs::File::open(path)
                .and_then(|file| file.take(u64::MAX).read_to_end(bytes))
                .map_err(|error| {
                    HeaderError::new(path, None, HeaderProblem::Unreadable(error.to_string()))
                })?;
            read_python_header(path, bytes).map(LoadedScript::python)
        }
        _ => SqlScript::open(path).map(LoadedScript::Sql),
    }
}

#[cfg(test)]
mod tests;
