//! Scripts in Python on SQLite files, through the library.

use std::{fs, path::Path};

use limbeck::{
    config::{DatabaseUrl, Settings},
    dialect::Query,
    migrate::Session,
    migrator::{Migrator, MigratorError, Project},
    schema::Value,
};
use limbeck_python::FrontEnd;

/// A project of scripts, each a chain of the one before, and its database.
struct Fixture {
    root: tempfile::TempDir,
    project: Project,
}

impl Fixture {
    fn new(bodies: &[&str]) -> Fixture {
        let root = tempfile::tempdir().unwrap();
        let versions = root.path().join("versions");
        fs::create_dir(&versions).unwrap();
        for (index, body) in bodies.iter().enumerate() {
            let parent = match index {
                0 => "None".to_owned(),
                index => format!("\"r{index}\""),
            };
            let text = format!(
                "revision = \"r{}\"\ndown_revision = {parent}\n\nimport _limbeck\n\n{body}",
                index + 1
            );
            fs::write(versions.join(format!("r{}.py", index + 1)), text).unwrap();
        }
        let mut settings = Settings::new(root.path(), "");
        settings.prepend_sys_path = vec![root.path().to_owned()];
        let mut project = Project::open(settings).unwrap();
        FrontEnd::of(&project, Vec::new()).attach(&mut project);
        Fixture { root, project }
    }

    fn url(&self) -> DatabaseUrl {
        url(self.root.path())
    }

    async fn upgrade(&self) -> Result<(), MigratorError> {
        let mut migrator = Migrator::connect(&self.project, self.url()).await?;
        migrator.upgrade("head").await.map(drop)
    }

    async fn query(&self, sql: &str) -> Vec<Vec<Value>> {
        let options = self.url().to_sqlite_options().unwrap();
        let mut session = Session::connect(options).await.unwrap();
        session.query(sql, &[]).await.unwrap()
    }
}

fn url(root: &Path) -> DatabaseUrl {
    DatabaseUrl::parse(&format!("sqlite:///{}", root.join("db.sqlite").display())).unwrap()
}

#[tokio::test]
async fn a_script_works_on_the_database_of_the_run() {
    let fixture = Fixture::new(&[
        "def upgrade():\n    _limbeck.execute(0, 'CREATE TABLE t (a INTEGER, b TEXT)')\n",
        "def upgrade():\n    for n in range(3):\n        _limbeck.execute(0, 'INSERT INTO t VALUES (?, ?)', (n, f'row {n}'))\n    \
         columns, rows, count, last = _limbeck.execute(0, 'SELECT a, b FROM t WHERE a > ?', [0])\n    \
         assert (columns, rows) == (('a', 'b'), [(1, 'row 1'), (2, 'row 2')]), rows\n",
    ]);
    fixture.upgrade().await.unwrap();
    assert_eq!(
        fixture.query("SELECT count(*), max(b) FROM t").await,
        [vec![Value::Integer(3), Value::Text("row 2".to_owned())]]
    );
    assert_eq!(
        fixture
            .query("SELECT version_num FROM alembic_version")
            .await,
        [vec![Value::Text("r2".to_owned())]]
    );
}
