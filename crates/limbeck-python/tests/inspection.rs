//! The inspector's answers on live databases, run by the embedded interpreter, against those that SQLAlchemy's gave.
//!
//! `inspection/record.py` recorded them, `inspection/told.py` asks in both. Where SQLAlchemy is wrong, its record has our
//! answer beside it under `limbeck`.

// Test code that is not itself a test function.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{collections::BTreeMap, fs, path::Path};

use limbeck::{
    config::{DatabaseUrl, Settings},
    migrator::{Migrator, Project},
};
use limbeck_python::FrontEnd;

#[derive(serde::Deserialize)]
struct Recorded {
    sqlalchemy: BTreeMap<String, String>,
    limbeck: BTreeMap<String, String>,
}

/// Creates the objects, asks all questions, and writes the answers to a file.
const SCRIPT: &str = r#"
revision = "r1"
down_revision = None

import json
import _limbeck
import told


class Dialect:
    pass


class Connection:
    """A connection as far as the inspector needs one. It is not the run's, which has a version table."""

    def __init__(self):
        self._bind = _limbeck.connect(URL, {})
        server = _limbeck.server(self._bind)
        self.engine, self.dialect = self, Dialect()
        self.dialect.name = {"mariadb": "mysql"}.get(server["dialect"], server["dialect"])
        self.dialect.default_schema_name = server["default_schema"]
        self.dialect.server_version_info = tuple(server["version"])


def upgrade():
    import warnings
    from sqlalchemy.inspection import inspect

    warnings.simplefilter("ignore")
    connection = Connection()
    for statement in open(STATEMENTS).read().splitlines():
        _limbeck.execute(connection._bind, statement, (), False)
    name = connection.dialect.default_schema_name if connection.dialect.name == "mysql" else "NONAME"
    found = told.answers(inspect(connection), connection.dialect.name, name)
    with open(ANSWERS, "w") as file:
        json.dump(found, file)
"#;

async fn agrees(name: &str, url: &str) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inspection");
    let root = tempfile::tempdir().unwrap();
    let versions = root.path().join("versions");
    let answers = root.path().join("answers.json");
    let file = |name: &str| root.path().join(name).display().to_string();
    fs::create_dir(&versions).unwrap();
    fs::copy(here.join("told.py"), root.path().join("told.py")).unwrap();
    let script = SCRIPT
        .replace(
            "STATEMENTS",
            &format!("{:?}", here.join(format!("{name}.sql"))),
        )
        .replace("ANSWERS", &format!("{answers:?}"))
        .replace(
            "URL",
            &format!("{:?}", url.replace("FILE", &file("inspected"))),
        );
    fs::write(versions.join("r1.py"), script).unwrap();
    let mut settings = Settings::new(root.path(), "");
    settings.prepend_sys_path = vec![root.path().to_owned()];
    let mut project = Project::open(settings).unwrap();
    FrontEnd::of(&project, Vec::new()).attach(&mut project);
    let url = DatabaseUrl::parse(&format!("sqlite:///{}", file("migrated"))).unwrap();
    let mut migrator = Migrator::connect(&project, url).await.unwrap();
    migrator.upgrade("head").await.unwrap();

    let recorded = fs::read_to_string(here.join(format!("{name}.json"))).unwrap();
    let recorded: Recorded = serde_json::from_str(&recorded).unwrap();
    let told: BTreeMap<String, String> =
        serde_json::from_str(&fs::read_to_string(answers).unwrap()).unwrap();
    let mut different = Vec::new();
    for (call, theirs) in &recorded.sqlalchemy {
        let wanted = recorded.limbeck.get(call).unwrap_or(theirs);
        let ours = told.get(call).map_or("", String::as_str);
        if ours != wanted {
            different.push(format!("{call}\n  wanted {wanted}\n  got    {ours}"));
        }
    }
    assert!(
        different.is_empty(),
        "{} of {} answers differ:\n{}",
        different.len(),
        recorded.sqlalchemy.len(),
        different.join("\n")
    );
}

#[tokio::test]
async fn sqlite_is_told_as_sqlalchemy_tells_it() {
    agrees("sqlite", "sqlite:///FILE").await;
}

#[tokio::test]
async fn postgresql_is_told_as_sqlalchemy_tells_it() {
    if let Some(database) = limbeck_testing::postgres().await {
        agrees("postgresql", &database.url).await;
    }
}

#[tokio::test]
async fn mariadb_is_told_as_sqlalchemy_tells_it() {
    if let Some(database) = limbeck_testing::mariadb().await {
        agrees("mariadb", &database.url).await;
    }
}
