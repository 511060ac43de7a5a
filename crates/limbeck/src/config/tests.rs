//! Whole configurations, read from files as the command would.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

/// A project directory, and what a user would say about it on the command line.
struct Project {
    directory: TempDir,
    config_paths: Vec<PathBuf>,
    alembic_config: Option<&'static str>,
    section: Option<&'static str>,
    url: Option<&'static str>,
    environment: Vec<(&'static str, &'static str)>,
}

impl Project {
    fn with(files: &[(&str, &str)]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = directory.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self {
            directory,
            config_paths: Vec::new(),
            alembic_config: None,
            section: None,
            url: None,
            environment: Vec::new(),
        }
    }

    fn path(&self, below: &str) -> PathBuf {
        self.directory.path().join(below)
    }

    fn load(&self) -> Result<Settings, ConfigError> {
        let environment = |name: &str| {
            let found = self.environment.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Discovery {
            working_directory: self.directory.path(),
            config_paths: &self.config_paths,
            alembic_config: self.alembic_config,
            section: self.section,
            url: self.url,
            x_arguments: &["tenant=a".to_owned()],
            environment: &environment,
        }
        .load()
    }

    fn settings(&self) -> Settings {
        self.load().unwrap()
    }

    /// An error without the random name of the directory.
    fn tidy(&self, error: impl ToString) -> String {
        let directory = self.directory.path().to_string_lossy().into_owned();
        error.to_string().replace(&directory, "<project>")
    }

    fn error(&self) -> String {
        self.tidy(self.load().unwrap_err())
    }

    fn url_error(&self) -> String {
        self.tidy(self.settings().database_url().unwrap_err())
    }
}

fn directory(path: PathBuf) -> Location {
    Location::Directory(path)
}

#[test]
fn alembics_template_is_read() {
    let project = Project::with(&[(
        "alembic.ini",
        "[alembic]\n\
         script_location = %(here)s/alembic\n\
         # file_template = %%(rev)s_%%(slug)s\n\
         prepend_sys_path = .\n\
         path_separator = os\n\
         sqlalchemy.url = sqlite:///app.db\n\
         [post_write_hooks]\n\
         hooks = ruff\n\
         ruff.type = exec\n\
         ruff.executable = ruff\n\
         ruff.options = check --fix REVISION_SCRIPT_FILENAME\n\
         [loggers]\nkeys = root,sqlalchemy\n\
         [formatter_generic]\nformat = %(levelname)-5.5s [%(name)s] %(message)s\n",
    )]);
    let settings = project.settings();
    assert_eq!(settings.script_location, directory(project.path("alembic")));
    assert_eq!(
        settings.version_directories(),
        [directory(project.path("alembic/versions"))]
    );
    assert_eq!(settings.prepend_sys_path, [project.path("")]);
    assert_eq!(settings.file_template, "%(rev)s_%(slug)s");
    assert_eq!(settings.truncate_slug_length, 40);
    assert_eq!(settings.transaction, TransactionMode::Run);
    assert_eq!(settings.warnings, []);
    assert_eq!(settings.x_arguments.get("tenant"), Some("a"));
    let url = settings.database_url().unwrap();
    assert_eq!(url.sqlite_file(), Some(project.path("app.db")));
    let [hook] = settings.post_write_hooks.as_slice() else {
        panic!("one hook");
    };
    assert_eq!(
        hook.kind().unwrap(),
        HookKind::Exec {
            executable: "ruff".to_owned()
        }
    );
    assert_eq!(hook.options(), "check --fix REVISION_SCRIPT_FILENAME");
}

#[test]
fn limbeck_toml_is_read_and_wins_over_alembic_ini() {
    let project = Project::with(&[
        ("alembic.ini", "[alembic]\nscript_location = other\n"),
        (
            "limbeck.toml",
            "script_location = \"db\"\nversions = [\"db/a\", \"db/b\"]\nrecursive = true\n\
             url = \"sqlite:///app.db\"\ntransaction = \"revision\"\n[lock]\ntimeout = 5\n",
        ),
    ]);
    let settings = project.settings();
    assert_eq!(settings.script_location, directory(project.path("db")));
    assert_eq!(
        settings.version_directories(),
        [
            directory(project.path("db/a")),
            directory(project.path("db/b"))
        ]
    );
    assert!(settings.recursive_version_locations);
    assert_eq!(settings.transaction, TransactionMode::Revision);
    assert_eq!(
        settings.lock,
        LockSettings {
            enabled: true,
            timeout: 5,
            mode: LockMode::Auto
        }
    );
    assert_eq!(settings.origin("lock.timeout").unwrap().line, 7);
}

#[test]
fn the_ini_file_comes_before_pyproject_key_by_key() {
    let project = Project::with(&[
        (
            "alembic.ini",
            "[alembic]\nsqlalchemy.url = sqlite://\ntimezone = UTC\n",
        ),
        (
            "pyproject.toml",
            "[project]\nname = \"x\"\n[tool.alembic]\nscript_location = \"%(here)s/alembic\"\n\
             timezone = \"Europe/Berlin\"\nversion_locations = [\"%(here)s/a\", \"b\"]\n\
             truncate_slug_length = 12\n\
             [[tool.alembic.post_write_hooks]]\nname = \"ruff\"\ntype = \"module\"\nmodule = \"ruff\"\n",
        ),
    ]);
    let settings = project.settings();
    assert_eq!(settings.script_location, directory(project.path("alembic")));
    assert_eq!(settings.timezone.as_deref(), Some("UTC"));
    assert_eq!(settings.truncate_slug_length, 12);
    assert_eq!(
        settings.version_directories(),
        [directory(project.path("a")), directory(project.path("b"))]
    );
    assert_eq!(settings.post_write_hooks.len(), 1);
    assert!(
        settings
            .origin("timezone")
            .unwrap()
            .file
            .ends_with("alembic.ini")
    );
}

mod errors;
