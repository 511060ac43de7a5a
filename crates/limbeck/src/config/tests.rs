//! Whole configurations, read from files as the command would.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

mod alembic;
mod errors;
mod limbeck;
mod model;

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

/// The first block of the guide in this language.
fn example_of_the_guide(language: &str) -> &'static str {
    let guide = include_str!("../../../../docs/configuration.md");
    let (_, after) = guide.split_once(&format!("```{language}\n")).unwrap();
    after.split_once("```").unwrap().0
}

#[test]
fn the_examples_of_the_guide_are_read() {
    let mut project = Project::with(&[("limbeck.toml", example_of_the_guide("toml"))]);
    project.section = Some("production");
    project.environment = vec![("PRODUCTION_URL", "sqlite://"), ("DATABASE_URL", "x")];
    let settings = project.settings();
    assert_eq!(settings.lock.mode, LockMode::Lease);
    assert!(settings.database_url().is_ok());

    let ini = format!(
        "[alembic]\nscript_location = x\n{}",
        example_of_the_guide("ini")
    );
    let settings = Project::with(&[("alembic.ini", &ini)]).settings();
    assert_eq!(settings.transaction, TransactionMode::Revision);
    assert_eq!(settings.lock.timeout, 10);
}
