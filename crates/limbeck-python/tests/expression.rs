//! The expression language and results in the embedded interpreter, against what SQLAlchemy was recorded to give.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{fs, path::Path};

use limbeck::{
    config::{DatabaseUrl, Settings},
    migrator::{Migrator, Project},
};
use limbeck_python::FrontEnd;

/// Runs `main()` of a module in `tests/expression`; it gives 0 when nothing differs.
async fn compare(module: &str) {
    let root = tempfile::tempdir().unwrap();
    let versions = root.path().join("versions");
    fs::create_dir(&versions).unwrap();
    let script = format!(
        "revision = \"r1\"\ndown_revision = None\n\nimport sys\nimport {module}\n\n\n\
         def upgrade():\n    sys.argv = [\"{module}.py\"]\n    assert not {module}.main(), \"see the differences above\"\n"
    );
    fs::write(versions.join("r1.py"), script).unwrap();
    let mut settings = Settings::new(root.path(), "");
    settings.prepend_sys_path =
        vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expression")];
    let mut project = Project::open(settings).unwrap();
    FrontEnd::of(&project, Vec::new()).attach(&mut project);
    let url = format!("sqlite:///{}", root.path().join("db.sqlite").display());
    let mut migrator = Migrator::connect(&project, DatabaseUrl::parse(&url).unwrap())
        .await
        .unwrap();
    if let Err(error) = migrator.upgrade("head").await {
        panic!("{error}");
    }
}

#[tokio::test]
async fn every_snippet_compiles_as_sqlalchemy_compiles_it() {
    compare("run").await;
}

#[tokio::test]
async fn results_are_what_sqlalchemy_gives() {
    compare("execute").await;
}
