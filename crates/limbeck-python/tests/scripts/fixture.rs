//! A project of scripts in Python, each following the one before, and a SQLite database.

use std::{fs, path::Path};

use limbeck::{
    config::{DatabaseUrl, Settings},
    dialect::Query,
    migrate::Session,
    migrator::{Migrator, MigratorError, Project},
    schema::Value,
};
use limbeck_python::FrontEnd;

pub(crate) struct Fixture {
    root: tempfile::TempDir,
    project: Project,
    url: DatabaseUrl,
}

impl Fixture {
    /// Scripts `r1`, `r2` … of which only what follows the header is given.
    pub(crate) fn new(bodies: &[&str]) -> Fixture {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("db.sqlite");
        let url = DatabaseUrl::parse(&format!("sqlite:///{}", file.display())).unwrap();
        Fixture::on(root, url, bodies)
    }

    /// The same on a database of a server.
    pub(crate) fn on(root: tempfile::TempDir, url: DatabaseUrl, bodies: &[&str]) -> Fixture {
        let versions = root.path().join("versions");
        fs::create_dir(&versions).unwrap();
        for (index, body) in bodies.iter().enumerate() {
            let parent = match index {
                0 => "None".to_owned(),
                index => format!("\"r{index}\""),
            };
            let text = format!(
                "revision = \"r{}\"\ndown_revision = {parent}\n\n{body}",
                index + 1
            );
            fs::write(versions.join(format!("r{}.py", index + 1)), text).unwrap();
        }
        let mut settings = Settings::new(root.path(), "");
        settings.prepend_sys_path = vec![root.path().to_owned()];
        let mut project = Project::open(settings).unwrap();
        FrontEnd::of(&project, Vec::new()).attach(&mut project);
        Fixture { root, project, url }
    }

    /// A file of the application.
    pub(crate) fn file(self, name: &str, text: &str) -> Self {
        let path = self.root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    pub(crate) async fn upgrade(&self) -> Result<(), MigratorError> {
        let mut migrator = Migrator::connect(&self.project, self.url.clone()).await?;
        migrator.upgrade("head").await.map(drop)
    }

    pub(crate) async fn downgrade(&self) -> Result<(), MigratorError> {
        let mut migrator = Migrator::connect(&self.project, self.url.clone()).await?;
        migrator.downgrade("base").await.map(drop)
    }

    /// Upgrades, and gives the error as text without the directory.
    pub(crate) async fn refused(&self) -> String {
        let error = self.upgrade().await.unwrap_err();
        let traceback = error.traceback().unwrap_or_default();
        format!("{error}\n---\n{traceback}").replace(&self.root().display().to_string(), "[ROOT]")
    }

    pub(crate) async fn query(&self, sql: &str) -> Vec<Vec<Value>> {
        let mut session = Session::connect(self.url.to_sqlite_options().unwrap())
            .await
            .unwrap();
        session.query(sql, &[]).await.unwrap()
    }

    /// The version rows.
    pub(crate) async fn versions(&self) -> Vec<String> {
        let rows = self.query("SELECT version_num FROM alembic_version").await;
        let text = |row: Vec<Value>| row[0].as_text().unwrap().to_owned();
        rows.into_iter().map(text).collect()
    }
}

pub(crate) fn integer(number: i64) -> Value {
    Value::Integer(number)
}
