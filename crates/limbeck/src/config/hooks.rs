//! What is to be run on a script file that was just written.

use std::collections::BTreeMap;

use super::{ConfigError, Origin};

/// A tool that is run on every new script file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostWriteHook {
    /// The hook's name.
    pub name: String,
    /// Its settings: `type`, `options`, `cwd`, and what its type needs.
    pub settings: BTreeMap<String, String>,
    /// Where it is configured.
    pub origin: Option<Origin>,
}

/// How a hook is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookKind {
    /// `exec`: a program, found like the shell finds it.
    Exec {
        /// The program.
        executable: String,
    },
    /// `console_scripts`: a program that a Python package installs under this name.
    ConsoleScript {
        /// The entry point.
        entrypoint: String,
    },
    /// `module`: a Python module run with `python -m`.
    Module {
        /// The module.
        module: String,
    },
    /// A type that `env.py` registers.
    Registered {
        /// The registered name.
        name: String,
    },
}

impl PostWriteHook {
    /// How the hook is run, or which setting is missing for it.
    pub fn kind(&self) -> Result<HookKind, ConfigError> {
        let owned = |key| self.required(key).map(str::to_owned);
        Ok(match self.required("type")? {
            "exec" => HookKind::Exec {
                executable: owned("executable")?,
            },
            "console_scripts" => HookKind::ConsoleScript {
                entrypoint: owned("entrypoint")?,
            },
            "module" => HookKind::Module {
                module: owned("module")?,
            },
            other => HookKind::Registered {
                name: other.to_owned(),
            },
        })
    }

    /// The arguments as one text, to be split as a shell does. `REVISION_SCRIPT_FILENAME` in it stands for
    /// the file; when it does not occur, the file comes first.
    pub fn options(&self) -> &str {
        self.settings.get("options").map_or("", String::as_str)
    }

    /// The directory in which to run the hook; the working directory if it is not set.
    pub fn cwd(&self) -> Option<&str> {
        self.settings.get("cwd").map(String::as_str)
    }

    fn required(&self, key: &str) -> Result<&str, ConfigError> {
        let value = self.settings.get(key).map(String::as_str);
        value.ok_or_else(|| ConfigError::HookIncomplete {
            origin: self.origin.clone(),
            hook: self.name.clone(),
            key: key.to_owned(),
        })
    }
}
