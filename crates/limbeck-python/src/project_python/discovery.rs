//! Which Python is the project's. Asked once, and told in full: which was chosen, and why the others were not.

use std::{
    fmt,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use serde::Deserialize;
use tokio::{process::Command, time::timeout};

/// How long a Python may take to say what it has. Starting one takes some ten milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// Looks without importing: that would take ten times as long.
const QUESTION: &str = "\
import sys, json, importlib.util as u
def version(name):
    if u.find_spec(name) is None:
        return None
    try:
        import importlib.metadata as m
        return m.version(name)
    except Exception:
        return ''
print(json.dumps(dict(executable=sys.executable, python='%d.%d.%d' % sys.version_info[:3], alembic=version('alembic'), sqlalchemy=version('sqlalchemy'))))
";

/// Where to look for the project's Python, strongest first.
#[derive(Clone, Debug, Default)]
pub struct PythonSearch {
    /// `--python`: a program, or the directory of a virtual environment. Nothing else is tried when it is given.
    pub option: Option<PathBuf>,
    /// `LIMBECK_PYTHON`. Nothing after it is tried when it is given.
    pub variable: Option<PathBuf>,
    /// `VIRTUAL_ENV`.
    pub virtual_env: Option<PathBuf>,
    /// The directory of the configuration file; `.venv` is looked for there and above.
    pub directory: Option<PathBuf>,
    /// The last directory in which `.venv` is looked for; without one, the first that has `.git`.
    pub project_root: Option<PathBuf>,
}

/// Who named a Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `--python`.
    Option,
    /// `LIMBECK_PYTHON`.
    Variable,
    /// `VIRTUAL_ENV`.
    VirtualEnv,
    /// A `.venv` beside or above the configuration.
    DotVenv,
    /// `python3` of the search path.
    SearchPath,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Origin::Option => "--python",
            Origin::Variable => "LIMBECK_PYTHON",
            Origin::VirtualEnv => "VIRTUAL_ENV",
            Origin::DotVenv => ".venv",
            Origin::SearchPath => "python3",
        })
    }
}

/// A Python that has Alembic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPython {
    /// The program to start.
    pub program: PathBuf,
    /// Who named it.
    pub origin: Origin,
    /// Its version.
    pub python: String,
    /// The version of its Alembic.
    pub alembic: String,
    /// The version of its SQLAlchemy.
    pub sqlalchemy: String,
}

impl fmt::Display for FoundPython {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} ({}; Python {}, Alembic {}, SQLAlchemy {})",
            self.program.display(),
            self.origin,
            self.python,
            self.alembic,
            self.sqlalchemy
        )
    }
}

/// A Python that was not chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The program, or what was named instead of one.
    pub program: PathBuf,
    /// Who named it.
    pub origin: Origin,
    /// Why not.
    pub reason: String,
}

impl fmt::Display for Tried {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}: {} {}",
            self.origin,
            self.program.display(),
            self.reason
        )
    }
}

/// The outcome of a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discovery {
    /// The project's Python.
    pub chosen: Option<FoundPython>,
    /// Those that come before it in the order and cannot be used; all of them when none can.
    pub tried: Vec<Tried>,
}

#[derive(Deserialize)]
struct Answer {
    executable: PathBuf,
    python: String,
    alembic: Option<String>,
    sqlalchemy: Option<String>,
}

impl PythonSearch {
    /// Asks the candidates in their order until one has Alembic.
    pub async fn find(&self) -> Discovery {
        let mut discovery = Discovery::default();
        for (origin, named) in self.candidates() {
            match ask(origin, &named).await {
                Ok(found) => {
                    discovery.chosen = Some(found);
                    break;
                }
                Err(reason) => discovery.tried.push(Tried {
                    program: named,
                    origin,
                    reason,
                }),
            }
        }
        discovery
    }

    fn candidates(&self) -> Vec<(Origin, PathBuf)> {
        // Somebody who names a Python wants that one, not another in its place.
        if let Some(option) = &self.option {
            return vec![(Origin::Option, option.clone())];
        }
        if let Some(variable) = &self.variable {
            return vec![(Origin::Variable, variable.clone())];
        }
        let mut candidates = Vec::new();
        if let Some(virtual_env) = &self.virtual_env {
            candidates.push((Origin::VirtualEnv, virtual_env.clone()));
        }
        candidates.extend(
            self.directories()
                .map(|directory| directory.join(".venv"))
                .filter(|venv| venv.is_dir())
                .map(|venv| (Origin::DotVenv, venv)),
        );
        candidates.push((Origin::SearchPath, PathBuf::from("python3")));
        candidates
    }

    fn directories(&self) -> impl Iterator<Item = PathBuf> {
        let start = self
            .directory
            .as_ref()
            .and_then(|directory| directory.canonicalize().ok());
        let root = self
            .project_root
            .as_ref()
            .and_then(|root| root.canonicalize().ok());
        let mut next = start;
        std::iter::from_fn(move || {
            let directory = next.take()?;
            let last = match &root {
                Some(root) => *root == directory,
                None => directory.join(".git").exists(),
            };
            if !last {
                next = directory.parent().map(Path::to_owned);
            }
            Some(directory)
        })
    }
}

/// The program in a virtual environment, or the path itself.
fn program(named: &Path) -> PathBuf {
    if !named.is_dir() {
        return named.to_owned();
    }
    match cfg!(windows) {
        true => named.join("Scripts").join("python.exe"),
        false => named.join("bin").join("python"),
    }
}

async fn ask(origin: Origin, named: &Path) -> Result<FoundPython, String> {
    let program = program(named);
    let asked = Command::new(&program)
        .args(["-c", QUESTION])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = match timeout(PATIENCE, asked).await {
        Ok(Ok(output)) => output,
        Ok(Err(error)) => return Err(format!("cannot be started: {error}")),
        Err(_) => {
            return Err(format!(
                "did not answer within {} seconds",
                PATIENCE.as_secs()
            ));
        }
    };
    let answer = String::from_utf8_lossy(&output.stdout);
    // A sitecustomize may print something of its own before.
    let last = answer.lines().last().unwrap_or_default();
    let Ok(answer) = serde_json::from_str::<Answer>(last) else {
        let told = String::from_utf8_lossy(&output.stderr);
        let told = told.lines().last().unwrap_or("it printed nothing");
        return Err(format!("is no Python that works: {told}"));
    };
    let sqlalchemy = answer.sqlalchemy;
    let (Some(alembic), Some(sqlalchemy)) = (answer.alembic, sqlalchemy) else {
        return Err(format!(
            "(Python {}) does not have Alembic installed",
            answer.python
        ));
    };
    Ok(FoundPython {
        // `python3` may be a shim that decides by the directory; what it decided stays.
        program: match origin {
            Origin::SearchPath => answer.executable,
            _ => program,
        },
        origin,
        python: answer.python,
        alembic,
        sqlalchemy,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_python_is_the_only_candidate() {
        let search = PythonSearch {
            option: Some("/a".into()),
            variable: Some("/b".into()),
            virtual_env: Some("/c".into()),
            ..PythonSearch::default()
        };
        assert_eq!(search.candidates(), [(Origin::Option, "/a".into())]);
    }

    #[test]
    fn dot_venv_is_looked_for_up_to_the_project_root() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().canonicalize().unwrap();
        let inner = root.join("project/database");
        for directory in [
            root.join(".venv"),
            root.join("project/.venv"),
            root.join("project/.git"),
            inner.clone(),
        ] {
            std::fs::create_dir_all(directory).unwrap();
        }
        let mut search = PythonSearch {
            directory: Some(inner),
            virtual_env: Some("/c".into()),
            ..PythonSearch::default()
        };
        let expected = |venvs: &[&str]| {
            let mut all = vec![(Origin::VirtualEnv, PathBuf::from("/c"))];
            all.extend(venvs.iter().map(|venv| (Origin::DotVenv, root.join(venv))));
            all.push((Origin::SearchPath, PathBuf::from("python3")));
            all
        };
        assert_eq!(search.candidates(), expected(&["project/.venv"]));
        search.project_root = Some(root.clone());
        assert_eq!(search.candidates(), expected(&["project/.venv", ".venv"]));
    }

    #[tokio::test]
    async fn what_cannot_be_used_says_why() {
        let home = tempfile::tempdir().unwrap();
        let search = PythonSearch {
            option: Some(home.path().join("nothing")),
            ..PythonSearch::default()
        };
        let discovery = search.find().await;
        assert_eq!(discovery.chosen, None);
        let [tried] = discovery.tried.as_slice() else {
            panic!("{:?}", discovery.tried)
        };
        assert!(tried.reason.starts_with("cannot be started: "), "{tried}");
    }
}
