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

/// Runs a script on a database of its own.
async fn upgrade(root: &Path, script: &str) {
    let versions = root.join("versions");
    fs::create_dir(&versions).unwrap();
    fs::write(versions.join("r1.py"), script).unwrap();
    let mut settings = Settings::new(root, "");
    settings.prepend_sys_path = vec![root.to_owned()];
    let mut project = Project::open(settings).unwrap();
    FrontEnd::of(&project, Vec::new()).attach(&mut project);
    let file = root.join("migrated").display().to_string();
    let url = DatabaseUrl::parse(&format!("sqlite:///{file}")).unwrap();
    let mut migrator = Migrator::connect(&project, url).await.unwrap();
    migrator.upgrade("head").await.unwrap();
}

async fn agrees(name: &str, url: &str) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inspection");
    let root = tempfile::tempdir().unwrap();
    let answers = root.path().join("answers.json");
    let file = |name: &str| root.path().join(name).display().to_string();
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
    upgrade(root.path(), &script).await;

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

#[tokio::test]
async fn engines_and_connections_are_inspected_and_tables_loaded() {
    let root = tempfile::tempdir().unwrap();
    let script = "revision = 'r1'\ndown_revision = None\nimport sqlalchemy as sa\n\n\
         def upgrade():\n    \
         engine = sa.create_engine('sqlite://')\n    \
         with engine.connect() as connection:\n        \
         connection.exec_driver_sql('CREATE TABLE t (id INTEGER NOT NULL, name VARCHAR(40) NOT NULL, PRIMARY KEY (id))')\n        \
         inspector = sa.inspect(connection)\n        \
         assert inspector.get_table_names() == ['t'], inspector.get_table_names()\n        \
         connection.exec_driver_sql('CREATE INDEX ix_name ON t (name)')\n        \
         assert [index['name'] for index in inspector.get_indexes('t')] == ['ix_name']\n        \
         assert inspector.has_table('t') and not inspector.has_table('u')\n        \
         table = sa.Table('t', sa.MetaData(), autoload_with=connection)\n        \
         assert repr(table.c.name.type) == 'VARCHAR(length=40)', table.c.name.type\n        \
         assert table.primary_key.columns.keys() == ['id']\n        \
         assert [index.name for index in table.indexes] == ['ix_name']\n        \
         everything = sa.MetaData()\n        \
         everything.reflect(connection)\n        \
         assert sorted(everything.tables) == ['t']\n    \
         assert sa.inspect(engine).default_schema_name == 'main'\n";
    upgrade(root.path(), script).await;
}
