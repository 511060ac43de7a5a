//! Which configuration files there are, and their reading: the only I/O of this room.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::ini::Ini;
use super::origin::count;
use super::{ConfigError, Origin, Settings, XArguments, address, alembic, limbeck_toml, location};

/// How an environment variable is looked up. The library itself never reads the environment.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Everything that decides which configuration is read, and how.
#[derive(Clone, Copy)]
pub struct Discovery<'a> {
    /// The absolute directory in which files are looked for and to which relative paths refer.
    pub working_directory: &'a Path,
    /// The files given with `-c`, at most one of a kind.
    pub config_paths: &'a [PathBuf],
    /// The value of the environment variable `ALEMBIC_CONFIG`.
    pub alembic_config: Option<&'a str>,
    /// The name given with `-n`: the main section of the ini file, or an environment of `limbeck.toml`.
    pub section: Option<&'a str>,
    /// The database address given with `--url`; it is stronger than the files'.
    pub url: Option<&'a str>,
    /// The values of `-x`.
    pub x_arguments: &'a [String],
    /// Where `${NAME}` in a database address is looked up.
    pub environment: Environment<'a>,
}

impl fmt::Debug for Discovery<'_> {
    /// Leaves out the address, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Discovery")
            .field("working_directory", &self.working_directory)
            .field("config_paths", &self.config_paths)
            .field("alembic_config", &self.alembic_config)
            .field("section", &self.section)
            .field("x_arguments", &self.x_arguments)
            .finish_non_exhaustive()
    }
}

/// The files a configuration may be in. They need not exist: `init` writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigPaths {
    /// Our own file.
    Limbeck {
        /// The file.
        file: PathBuf,
        /// Who named it; `None` when it was found.
        named_by: Option<&'static str>,
    },
    /// Alembic's pair of files. Both are read, the ini file first.
    Alembic {
        /// The ini file.
        ini: PathBuf,
        /// Who named the ini file; `None` for the default.
        ini_named_by: Option<&'static str>,
        /// The `pyproject.toml`.
        pyproject: PathBuf,
        /// Who named the `pyproject.toml`; `None` for the default.
        pyproject_named_by: Option<&'static str>,
    },
}

/// Our own file's name.
pub const LIMBECK_TOML: &str = "limbeck.toml";
/// The ini file's default name.
pub const ALEMBIC_INI: &str = "alembic.ini";
/// The name that makes a file a `pyproject.toml`.
pub const PYPROJECT_TOML: &str = "pyproject.toml";

const OPTION: &str = "-c";
const VARIABLE: &str = "ALEMBIC_CONFIG";

/// What a file name says about the format.
enum Format {
    Limbeck,
    Ini,
    PyProject,
}

impl Format {
    fn of(path: &Path) -> Self {
        if path.file_name().is_some_and(|name| name == PYPROJECT_TOML) {
            Self::PyProject
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            Self::Limbeck
        } else {
            Self::Ini
        }
    }
}

impl Discovery<'_> {
    /// Which files are meant. Looks whether `limbeck.toml` exists when nothing was named, and otherwise
    /// touches no file.
    ///
    /// Without `-c` and `ALEMBIC_CONFIG`, a `limbeck.toml` in the working directory is the configuration,
    /// even if there is an `alembic.ini` beside it. Otherwise it is `alembic.ini` together with
    /// `pyproject.toml`; a file that is named takes the place of the one of its kind. A name that ends
    /// in `.toml` and is not `pyproject.toml` is a file of ours.
    pub fn paths(&self) -> Result<ConfigPaths, ConfigError> {
        let absolute =
            |path: &Path| location::join(self.working_directory, &path.to_string_lossy());
        let mut limbeck: Option<(PathBuf, &'static str)> = None;
        let mut ini: Option<(PathBuf, &'static str)> = None;
        let mut pyproject: Option<(PathBuf, &'static str)> = None;
        for path in self.config_paths {
            let (slot, kind) = match Format::of(path) {
                Format::Limbeck => (&mut limbeck, "configuration of Limbeck"),
                Format::Ini => (&mut ini, "ini file"),
                Format::PyProject => (&mut pyproject, PYPROJECT_TOML),
            };
            let path = absolute(path);
            if let Some((first, _)) = slot {
                return Err(ConfigError::TooManyFiles {
                    kind,
                    first: first.clone(),
                    second: path,
                });
            }
            *slot = Some((path, OPTION));
        }
        if let (Some((first, _)), Some((second, _))) =
            (&limbeck, ini.as_ref().or(pyproject.as_ref()))
        {
            return Err(ConfigError::TooManyFiles {
                kind: "of limbeck.toml and Alembic's files",
                first: first.clone(),
                second: second.clone(),
            });
        }
        let named_in_environment = self.alembic_config.filter(|value| !value.is_empty());
        if let Some(path) = named_in_environment.map(Path::new) {
            match Format::of(path) {
                Format::Limbeck if self.config_paths.is_empty() => {
                    limbeck = Some((absolute(path), VARIABLE));
                }
                Format::Limbeck => {}
                Format::Ini => {
                    ini.get_or_insert((absolute(path), VARIABLE));
                }
                Format::PyProject => {
                    pyproject.get_or_insert((absolute(path), VARIABLE));
                }
            }
        }
        if let Some((file, named_by)) = limbeck {
            let named_by = Some(named_by);
            return Ok(ConfigPaths::Limbeck { file, named_by });
        }
        let ours = absolute(Path::new(LIMBECK_TOML));
        if ini.is_none() && pyproject.is_none() && ours.exists() {
            return Ok(ConfigPaths::Limbeck {
                file: ours,
                named_by: None,
            });
        }
        let (ini, ini_named_by) = match ini {
            Some((path, named_by)) => (path, Some(named_by)),
            None => (absolute(Path::new(ALEMBIC_INI)), None),
        };
        let (pyproject, pyproject_named_by) = match pyproject {
            Some((path, named_by)) => (path, Some(named_by)),
            None => (absolute(Path::new(PYPROJECT_TOML)), None),
        };
        Ok(ConfigPaths::Alembic {
            ini,
            ini_named_by,
            pyproject,
            pyproject_named_by,
        })
    }

    /// Reads the configuration.
    pub fn load(&self) -> Result<Settings, ConfigError> {
        let mut settings = match self.paths()? {
            ConfigPaths::Limbeck { file, named_by } => {
                let text = read(&file, named_by)?.ok_or_else(|| self.not_found())?;
                limbeck_toml::settings(&text, &file, self)?
            }
            ConfigPaths::Alembic {
                ini,
                ini_named_by,
                pyproject,
                pyproject_named_by,
            } => {
                let parsed = match read(&ini, ini_named_by)? {
                    Some(text) => Some(parse_ini(&text, &ini)?),
                    None => None,
                };
                let text = read(&pyproject, pyproject_named_by)?;
                let table = match &text {
                    Some(text) => alembic::pyproject::read(text, &pyproject)?,
                    None => None,
                };
                if parsed.is_none() && table.is_none() && pyproject_named_by.is_some() {
                    return Err(ConfigError::SectionMissing {
                        file: pyproject,
                        section: "tool.alembic".to_owned(),
                        nearest: None,
                    });
                }
                if parsed.is_none() && table.is_none() {
                    return Err(self.not_found());
                }
                let mut settings = alembic::settings(parsed, table, self)?;
                if let Some(text) = &text {
                    alembic::ours::from_pyproject(text, &pyproject, &mut settings, self)?;
                }
                alembic::ours::from_ini(&mut settings, self)?;
                settings
            }
        };
        if settings.version_table.trim().is_empty() {
            return Err(ConfigError::BadValue {
                origin: None,
                key: "version_table".to_owned(),
                expected: "the name of a table".to_owned(),
            });
        }
        settings.x_arguments = XArguments::new(self.x_arguments);
        if let Some(text) = self.url {
            settings.url = Ok(address::parse("--url", text, None, self.working_directory)?);
        }
        Ok(settings)
    }

    fn not_found(&self) -> ConfigError {
        ConfigError::NotFound {
            directory: self.working_directory.to_path_buf(),
        }
    }
}

/// `%(here)s`: the directory of a file, with `/` between its parts on every system.
pub(super) fn here(file: &Path) -> String {
    let directory = file.parent().unwrap_or(Path::new(""));
    let text = directory.to_string_lossy().into_owned();
    if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text
    }
}

fn parse_ini(text: &str, file: &Path) -> Result<Ini, ConfigError> {
    Ok(Ini::parse(text, file, [("here", here(file))])?)
}

/// The text of a file; `None` when it does not exist and nobody named it.
fn read(path: &Path, named_by: Option<&'static str>) -> Result<Option<String>, ConfigError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return match named_by {
                None => Ok(None),
                Some(named_by) => Err(ConfigError::FileMissing {
                    path: path.to_path_buf(),
                    named_by,
                }),
            };
        }
        Err(error) => {
            return Err(ConfigError::Unreadable {
                path: path.to_path_buf(),
                reason: error.to_string(),
            });
        }
    };
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..valid).unwrap_or_default();
        let line = count(before.iter().filter(|byte| **byte == b'\n').count() + 1);
        ConfigError::NotUtf8 {
            origin: Origin::line(&Arc::from(path), line),
        }
    })
}
