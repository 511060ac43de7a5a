//! A change in a file: what there is, what shall be, what is found, and that it works both ways with rows in the tables.
//!
//! `-- before`, `-- rows` and `-- after` begin sections, `-- before postgresql` one that stands for it on one database.
//! `-- only: sqlite, mariadb` names the databases, `-- detects: …` and `-- detects sqlite: …` the lines that are expected,
//! `-- rename: old:new` what is decided.

use std::collections::BTreeMap;

use limbeck::{
    dialect::{DialectName, Query},
    diff::{Decisions, Detected},
    migrate::Session,
    schema::{Database, Table},
};

use crate::{
    engine::{apply, difference},
    places::{model, place, read, run, text, wanted},
};

/// Every database a case may be about, as its file says it.
const DATABASES: [(&str, DialectName); 3] = [
    ("sqlite", DialectName::Sqlite),
    ("postgresql", DialectName::Postgresql),
    ("mariadb", DialectName::Mariadb),
];

#[derive(Default)]
struct Case {
    only: Vec<String>,
    renames: Vec<String>,
    /// By what the line or section is called, with the database if it names one.
    detects: BTreeMap<String, Vec<String>>,
    sections: BTreeMap<String, String>,
}

impl Case {
    fn parse(text: &str) -> Case {
        let mut case = Case::default();
        let mut section = None;
        for line in text.lines() {
            let Some(comment) = line.strip_prefix("-- ") else {
                if let Some(name) = &section {
                    let text: &mut String = case.sections.entry(String::clone(name)).or_default();
                    text.push_str(line);
                    text.push('\n');
                }
                continue;
            };
            match comment.split_once(": ") {
                Some(("only", names)) => case.only = names.split(", ").map(str::to_owned).collect(),
                Some(("rename", names)) => case.renames.push(names.to_owned()),
                Some((key, found)) if key.split(' ').next() == Some("detects") => {
                    let lines = case.detects.entry(key.to_owned()).or_default();
                    lines.push(found.to_owned());
                }
                _ => section = Some(comment.to_owned()),
            }
        }
        case
    }

    fn section(&self, name: &str, database: &str) -> &str {
        let own = self.sections.get(&format!("{name} {database}"));
        own.or_else(|| self.sections.get(name))
            .map_or("", String::as_str)
    }

    fn expected(&self, database: &str) -> &[String] {
        let own = self.detects.get(&format!("detects {database}"));
        own.or_else(|| self.detects.get("detects"))
            .map_or(&[], Vec::as_slice)
    }
}

fn found(session: &Session<'_>, actual: &Database, wanted: &Database) -> Vec<String> {
    let comparison = difference(session, actual, wanted, &Decisions::default());
    let mut lines: Vec<String> = comparison.detected().map(Detected::to_string).collect();
    // Work without a word is a difference, too.
    if lines.is_empty() {
        lines.extend(comparison.operations().map(|one| format!("{one:?}")));
    }
    lines
}

async fn rows(session: &mut Session<'_>, tables: &[Table]) -> BTreeMap<String, i64> {
    let language = session.server().language();
    let mut counts = BTreeMap::new();
    for table in tables {
        let sql = format!("SELECT count(*) FROM {}", language.qualified(&table.name));
        let counted = session.query(&sql, &[]).await.unwrap();
        counts.insert(table.name.to_string(), counted[0][0].as_integer().unwrap());
    }
    counts
}

/// Runs a case on each of its databases.
pub(crate) async fn holds(path: &str) {
    let case = Case::parse(&text(&format!("detects/{path}")));
    for (name, dialect) in DATABASES {
        if case.only.is_empty() || case.only.iter().any(|one| one == name) {
            Box::pin(holds_on(&case, path, name, dialect)).await;
        }
    }
}

async fn holds_on(case: &Case, path: &str, name: &str, dialect: DialectName) {
    let expected = case.expected(name);
    assert!(
        !expected.is_empty(),
        "{path} on {name}: a change that is not found"
    );
    let (Some(changed), Some(fresh)) = (place(dialect).await, place(dialect).await) else {
        return;
    };
    let mut session = changed.empty().await;
    let before = model("before.sql", case.section("before", name));
    let after = model("after.sql", case.section("after", name));
    run(&mut session, &before).await;
    run(&mut session, &model("rows.sql", case.section("rows", name))).await;
    let was = wanted(&mut session, &before).await;
    let shall = wanted(&mut session, &after).await;
    let about = [&was, &shall];
    let actual = read(&mut session, &about).await;
    assert_eq!(
        found(&session, &actual, &was),
        [""; 0],
        "{path} on {name}: nothing has changed yet"
    );
    let counted = rows(&mut session, &actual.tables).await;

    let decisions = Decisions {
        renames: case
            .renames
            .iter()
            .map(|one| one.parse().unwrap())
            .collect(),
        accept_drops: true,
        fills: Vec::new(),
    };
    let up = difference(&session, &actual, &shall, &decisions);
    let lines: Vec<String> = up.detected().map(Detected::to_string).collect();
    assert_eq!(lines, expected, "{path} on {name}: what is found");
    let done = apply(&mut session, "up", up.into_operations()).await;
    assert_eq!(done, Ok(()), "{path} on {name}: the way there");
    let now = read(&mut session, &about).await;
    assert_eq!(
        found(&session, &now, &shall),
        [""; 0],
        "{path} on {name}: found again"
    );
    let left = rows(&mut session, &now.tables).await;
    for (table, before) in &counted {
        let after = left.get(table).unwrap_or(before);
        assert_eq!(after, before, "{path} on {name}: the rows of {table}");
    }

    let mut beside = fresh.empty().await;
    run(&mut beside, &after).await;
    let fresh = read(&mut beside, &about).await;
    assert_eq!(
        found(&session, &now, &fresh),
        [""; 0],
        "{path} on {name}: a fresh build has"
    );

    let back = difference(&session, &now, &actual, &decisions.inverted());
    let done = apply(&mut session, "back", back.into_operations()).await;
    assert_eq!(done, Ok(()), "{path} on {name}: the way back");
    let again = read(&mut session, &about).await;
    assert_eq!(
        found(&session, &again, &actual),
        [""; 0],
        "{path} on {name}: led back"
    );
    revoke_all(&mut session, again).await;
    revoke_all(&mut beside, fresh).await;
}

/// Privileges outlive a database on MariaDB.
pub(crate) async fn revoke_all(session: &mut Session<'_>, actual: Database) {
    let mut bare = actual.clone();
    if let Some(grants) = &mut bare.grants {
        grants.given.clear();
        let last = difference(session, &actual, &bare, &Decisions::default());
        let done = apply(session, "last", last.into_operations()).await;
        assert_eq!(done, Ok(()));
    }
}
