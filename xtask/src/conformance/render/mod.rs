//! Operations as Python text.
//!
//! A case gives an operation's arguments as Python's `repr()` shows them, and that loses things: text clauses have an
//! address in place of their SQL, names do not tell whether a convention made them, and nothing says whether the text stood
//! in a batch block. [`Gaps`] takes exactly these from the expected text; everything else is read from the
//! arguments, and how it is written is what the case tests.

mod constraint;
mod data_type;
mod default;
mod gaps;
mod operation;
mod python;
mod table;

use limbeck::dialect::{DialectName, dialect};
use limbeck::render::{DialectText, PythonRenderer, PythonSettings};
use serde::Deserialize;
use serde_json::Value;

use super::Outcome;
use gaps::Gaps;

/// One case.
#[derive(Debug, Deserialize)]
pub(super) struct Case {
    dialect: String,
    #[serde(default)]
    opts: serde_json::Map<String, Value>,
    op: String,
    args: serde_json::Map<String, Value>,
    rendered: String,
    #[serde(default)]
    imports: Vec<String>,
}

/// Whether the operation is written as Alembic wrote it.
pub(super) fn check(case: &Case) -> Outcome {
    let name = match case.dialect.as_str() {
        "default" => DialectName::Generic,
        name => name.parse().map_err(|error| format!("{error}"))?,
    };
    let option = |name: &str| {
        let text = case.opts.get(name)?.as_str()?;
        Some(python::read(text).ok()?.text().map(ToOwned::to_owned))
    };
    let defaults = PythonSettings::default();
    let gaps = Gaps::new(&case.rendered, &case.imports);
    let settings = PythonSettings {
        sqlalchemy_module_prefix: option("sqlalchemy_module_prefix")
            .map_or(defaults.sqlalchemy_module_prefix, Option::unwrap_or_default),
        alembic_module_prefix: option("alembic_module_prefix")
            .map_or(defaults.alembic_module_prefix, Option::unwrap_or_default),
        user_module_prefix: option("user_module_prefix").flatten(),
        render_as_batch: false,
        most_arguments: gaps.most_arguments(),
        ..PythonSettings::default()
    };
    let database = dialect(name, None);
    let sql = DialectText(database.as_ref());
    let operation = operation::Reader::new(&case.args, name, &gaps)
        .read(&case.op)
        .map_err(|reason| format!("cannot read the case: {reason}"))?;
    let renderer = PythonRenderer {
        settings: Some(&settings),
        sql: Some(&sql),
        items: Some(&gaps),
    };
    let written = renderer
        .operation(&operation, gaps.in_batch())
        .map_err(|error| error.to_string())?;
    let imports: Vec<String> = written.imports.into_iter().collect();
    let mut expected_imports = case.imports.clone();
    expected_imports.sort();
    let (expected, found) = (folded(&case.rendered), folded(&written.text));
    if expected != found {
        return Err(super::difference(
            &format!("{expected}\n"),
            &format!("{found}\n"),
        ));
    }
    if imports != expected_imports {
        return Err(format!(
            "imports: {imports:?} instead of {expected_imports:?}"
        ));
    }
    Ok(())
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
