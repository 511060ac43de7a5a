//! The expression language, results and the object mapper in the embedded interpreter, against what SQLAlchemy was recorded
//! to give.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{fs, path::Path};

use limbeck::{
    config::{DatabaseUrl, Settings},
    migrator::{Migrator, Project},
};
use limbeck_python::FrontEnd;

/// Runs `main()` of a module in `tests/expression`; it gives 0 when nothing differs.
async fn compare(module: &str) {
    let script = format!(
        "import sys\nimport {module}\n\n\n\
         def upgrade():\n    sys.argv = [\"{module}.py\"]\n    assert not {module}.main(), \"see the differences above\"\n"
    );
    run("tests/expression", &script)
        .await
        .unwrap_or_else(|told| panic!("{told}"));
}

/// Runs a revision that can import from a directory of this crate.
async fn run(directory: &str, script: &str) -> Result<(), String> {
    let root = tempfile::tempdir().unwrap();
    let versions = root.path().join("versions");
    fs::create_dir(&versions).unwrap();
    let script = format!("revision = \"r1\"\ndown_revision = None\n\n{script}");
    fs::write(versions.join("r1.py"), script).unwrap();
    let mut settings = Settings::new(root.path(), "");
    settings.prepend_sys_path = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(directory)];
    let mut project = Project::open(settings).unwrap();
    FrontEnd::of(&project, Vec::new()).attach(&mut project);
    let url = format!("sqlite:///{}", root.path().join("db.sqlite").display());
    let mut migrator = Migrator::connect(&project, DatabaseUrl::parse(&url).unwrap())
        .await
        .unwrap();
    let upgraded = migrator.upgrade("head").await.map(drop);
    upgraded.map_err(|error| format!("{error}\n{}", error.traceback().unwrap_or_default()))
}

#[tokio::test]
async fn every_snippet_compiles_as_sqlalchemy_compiles_it() {
    compare("run").await;
}

#[tokio::test]
async fn results_are_what_sqlalchemy_gives() {
    compare("execute").await;
}

/// Runs a case of `tests/orm` as the module `__main__`, and writes what it prints to a file.
const PRINTED: &str = r#"
import contextlib, io, sys, types, warnings


def upgrade():
    warnings.simplefilter("ignore")
    module = sys.modules["__main__"] = types.ModuleType("__main__")
    module.__file__ = CASE
    printed = io.StringIO()
    with open(CASE, encoding="utf-8") as source, contextlib.redirect_stdout(printed):
        code = compile(source.read(), CASE, "exec")
        exec(code, module.__dict__)
    with open(PRINTED, "w", encoding="utf-8") as file:
        file.write(printed.getvalue())
"#;

#[tokio::test]
async fn the_object_mapper_prints_what_sqlalchemys_prints() {
    let root = tempfile::tempdir().unwrap();
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/orm");
    let mut ran = 0;
    let mut differing = Vec::new();
    for entry in fs::read_dir(&cases).unwrap() {
        let expected = entry.unwrap().path();
        if expected.extension() != Some("out".as_ref()) {
            continue;
        }
        ran += 1;
        let printed = root.path().join("printed");
        let script = format!(
            "CASE = {:?}\nPRINTED = {printed:?}\n{PRINTED}",
            expected.with_extension("py")
        );
        let name = expected.file_stem().unwrap().display().to_string();
        if let Err(told) = run("tests/orm", &script).await {
            differing.push(format!("{name}: {told}"));
            continue;
        }
        let found = fs::read_to_string(&printed).unwrap();
        let expected = fs::read_to_string(&expected).unwrap();
        let mut lines = expected.lines().zip(found.lines());
        match lines.find(|(expected, found)| expected != found) {
            Some((expected, found)) => {
                differing.push(format!("{name}: expected {expected}\nfound {found}"));
            }
            None if expected != found => differing.push(format!("{name}: not as many lines")),
            None => {}
        }
    }
    assert!(ran > 0, "no cases in {}", cases.display());
    assert!(differing.is_empty(), "{}", differing.join("\n\n"));
}
