//! The engine's statements against Alembic's, case by case.
//!
//! `conformance/ddl.jsonl` holds operations with the statements that Alembic 1.20.1 makes of them; it is written by
//! `xtask/python/operations_to_json.py`. A case passes when the statements are equal after folding white space, or when
//! both refuse. What is better left different stands in `deviations.toml` with the reason.

use std::{collections::BTreeMap, path::Path};

use limbeck::{
    dialect::{DdlError, Dialect, DialectName, Mysql, Postgres, Sqlite, Values},
    operation::Operation,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    id: String,
    dialect: DialectName,
    offline: bool,
    #[serde(default)]
    operations: Vec<Operation>,
    /// The error of SQLAlchemy when it refused to make the operation: the front end's business.
    not_made: Option<String>,
    #[serde(default)]
    sql: Vec<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct Deviations {
    operations: Vec<Deviation>,
}

#[derive(Deserialize)]
struct Deviation {
    id: String,
    reason: String,
}

fn read(path: &str) -> std::io::Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path)
}

/// The dialects as Alembic has them without a connection; SQLite's without batch mode.
fn dialect(name: DialectName) -> Box<dyn Dialect> {
    match name {
        DialectName::Sqlite => Box::new(Sqlite::new(None).with_plain_alter()),
        DialectName::Postgresql => Box::new(Postgres::new(None)),
        DialectName::Mysql => Box::new(Mysql::new(None)),
        _ => Box::new(Mysql::mariadb(None)),
    }
}

fn statements(case: &Case) -> Result<Vec<String>, DdlError> {
    let dialect = dialect(case.dialect);
    let values = if case.offline {
        Values::Literal
    } else {
        Values::Bound
    };
    let mut texts: Vec<String> = Vec::new();
    for operation in &case.operations {
        for statement in dialect.statements(operation, values)? {
            let text = fold(&statement.sql, !statement.parameters.is_empty());
            // One statement for all rows is what the driver makes of `executemany`.
            let repeated = !statement.parameters.is_empty() && texts.last() == Some(&text);
            if !repeated {
                texts.push(text);
            }
        }
    }
    // SQLAlchemy creates enum types behind Alembic's back, so that the measurement saw it offline only, where
    // everything is printed.
    if !case.offline {
        texts.retain(|text| !text.starts_with("CREATE TYPE "));
    }
    Ok(texts)
}

/// White space to one blank, none inside parentheses' edges; placeholders of all kinds to `?`.
fn fold(sql: &str, placeholders: bool) -> String {
    let words: Vec<&str> = sql.split_whitespace().collect();
    let text = words.join(" ").replace("( ", "(").replace(" )", ")");
    if placeholders {
        unify_placeholders(&text)
    } else {
        text
    }
}

/// `%(name)s`, `%s`, `$1` and `?` are the same thing to different drivers.
fn unify_placeholders(text: &str) -> String {
    let mut unified = String::new();
    let mut rest = text;
    while let Some(found) = rest.find(['%', '$']) {
        let (before, after) = rest.split_at(found);
        unified.push_str(before);
        let length = if after.starts_with("%(") {
            after.find(")s").map(|end| end + 2)
        } else if after.starts_with("%s") {
            Some(2)
        } else {
            let digits = after[1..].chars().take_while(char::is_ascii_digit).count();
            (after.starts_with('$') && digits > 0).then_some(digits + 1)
        };
        unified.push_str(if length.is_some() { "?" } else { &after[..1] });
        rest = &after[length.unwrap_or(1)..];
    }
    unified + rest
}

/// What is wrong with a case; `None` when it passes.
fn complaint(case: &Case) -> Option<String> {
    if case.not_made.is_some() {
        return case
            .error
            .is_none()
            .then(|| "SQLAlchemy refused what Alembic ran".to_owned());
    }
    let bound = case.operations.iter().any(|operation| match operation {
        Operation::BulkInsert(_) => !case.offline,
        Operation::Execute(execute) => !execute.parameters.is_empty(),
        _ => false,
    });
    let wanted: Vec<String> = case.sql.iter().map(|sql| fold(sql, bound)).collect();
    match (statements(case), &case.error) {
        (Err(_), Some(_)) => None,
        (Err(error), None) => Some(format!("refused: {error}\n  wanted {wanted:#?}")),
        (Ok(got), Some(error)) => Some(format!("not refused ({error}): {got:#?}")),
        (Ok(got), None) if got == wanted => None,
        (Ok(got), None) => Some(format!("got    {got:#?}\n  wanted {wanted:#?}")),
    }
}

#[test]
fn statements_are_alembics() {
    let deviations: Deviations = toml::from_str(&read("../../deviations.toml").unwrap()).unwrap();
    let deviations: BTreeMap<String, String> = deviations
        .operations
        .into_iter()
        .map(|deviation| (deviation.id, deviation.reason))
        .collect();
    let mut passed: BTreeMap<DialectName, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    let mut stale = Vec::new();
    for line in read("tests/conformance/ddl.jsonl").unwrap().lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        match (complaint(&case), deviations.get(&case.id)) {
            (None, None) => *passed.entry(case.dialect).or_default() += 1,
            (None, Some(_)) => stale.push(case.id),
            (Some(_), Some(_)) => {}
            (Some(complaint), None) => {
                failures.push(format!("{} {}: {complaint}", case.dialect, case.id));
            }
        }
    }
    println!("passed: {passed:?}, deviations: {}", deviations.len());
    assert!(
        failures.is_empty(),
        "{} failed\n{}",
        failures.len(),
        failures.join("\n")
    );
    assert!(
        stale.is_empty(),
        "deviations that are none any more: {stale:?}"
    );
    assert!(passed.values().sum::<usize>() >= 1485);
}
