//! Builds a schema on an empty database by the dialect's own statements, and the law that follows.

use limbeck::{
    dialect::{DialectName, InspectionRequest, Query, Values},
    diff::{Decisions, Language, Sides, TextEquality, compare},
    migrate::Session,
    schema::Database,
};

/// Everything in the default schema. On MariaDB other schemas are the databases of other tests.
pub(crate) async fn inspect(session: &mut Session<'_>) -> Database {
    let language = session.server().language();
    let mut database = language
        .inspect(session, &InspectionRequest::everything())
        .await
        .unwrap();
    if session.dialect() == DialectName::Mariadb {
        database.schemas.clear();
    }
    database
}

/// Runs statements as they stand.
pub(crate) async fn run(session: &mut Session<'_>, statements: &[&str]) {
    for statement in statements {
        if let Err(error) = session.execute(statement, &[]).await {
            panic!("{error}\nin {statement}");
        }
    }
}

/// The law: what was read and built on `empty` reads the same again.
pub(crate) async fn reads_the_same(full: &mut Session<'_>, empty: &mut Session<'_>) -> Database {
    let first = inspect(full).await;
    build(empty, &first).await;
    let second = inspect(empty).await;
    let text = |database: &Database| serde_json::to_string_pretty(database).unwrap();
    if in_order(&first) != in_order(&second) {
        let (left, right) = (text(&in_order(&first)), text(&in_order(&second)));
        let differing = left.lines().zip(right.lines()).enumerate();
        let (at, _) = differing
            .clone()
            .find(|(_, (left, right))| left != right)
            .unwrap_or((0, ("", "")));
        let around: Vec<String> = differing
            .skip(at.saturating_sub(12))
            .take(24)
            .map(|(_, (left, right))| format!("{left:60} | {right}"))
            .collect();
        panic!("differs:\n{}", around.join("\n"));
    }
    first
}

/// The same, where a database keeps an order that says nothing: of its text, or of creation.
fn in_order(database: &Database) -> Database {
    let mut database = database.clone();
    database.domains.sort_by(|a, b| a.name.cmp(&b.name));
    database.views.sort_by(|a, b| a.name.cmp(&b.name));
    database.routines.sort_by(|a, b| a.name.cmp(&b.name));
    database.tables.sort_by(|a, b| a.name.cmp(&b.name));
    for table in &mut database.tables {
        table
            .constraints
            .sort_by_key(|constraint| format!("{constraint:?}"));
    }
    database
}

/// Creates all that the schema holds.
pub(crate) async fn build(session: &mut Session<'_>, database: &Database) {
    let statements = statements(session, database);
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    run(session, &statements).await;
}

/// The statements that create all that the schema holds, for people to read.
pub(crate) fn sql(session: &Session<'_>, database: &Database) -> String {
    statements(session, database).join(";\n")
}

fn statements(session: &Session<'_>, database: &Database) -> Vec<String> {
    let dialect = session.server().language();
    let language = Language {
        capabilities: dialect.capabilities(),
        equivalence: &TextEquality,
    };
    let empty = Database::default();
    let sides = Sides::new(&empty, database);
    compare(sides, language, &Decisions::default())
        .operations()
        .flat_map(|operation| dialect.statements(operation, Values::Literal).unwrap())
        .map(|statement| statement.sql)
        .collect()
}
