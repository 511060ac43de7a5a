//! PostgreSQL's engine as the normaliser: scratch schemas inside a transaction that is rolled back.
//!
//! Needs the right to create schemas in the database, and nothing else: no object that exists is renamed or locked.

use std::collections::HashSet;

use crate::{
    dialect::{
        Dialect, Query, QueryError,
        inspect::{Cells, InspectError, read},
    },
    schema::{Identifier, Value},
};

use super::Postgres;

/// What has to be known before a model is built.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    /// The schemas that exist.
    pub(crate) schemas: HashSet<String>,
    /// The schemas of the search path, the default one first.
    pub(crate) path: Vec<String>,
    /// The schemas that hold objects of extensions.
    pub(crate) of_extensions: HashSet<String>,
}

/// Asks for it in one query.
pub(crate) async fn surroundings(query: &mut dyn Query) -> Result<Surroundings, InspectError> {
    let sql = "SELECT n.nspname, array_position(current_schemas(false), n.nspname), \
         EXISTS (SELECT 1 FROM pg_extension AS e WHERE e.extnamespace = n.oid) FROM pg_namespace AS n \
         WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 2, 1";
    let mut found = Surroundings::default();
    for row in read(query, "the schemas", sql, &[]).await? {
        let mut cells = Cells::from(row);
        let name = cells.text();
        if cells.number().is_some() {
            found.path.push(name.clone());
        }
        if cells.flag() {
            found.of_extensions.insert(name.clone());
        }
        found.schemas.insert(name);
    }
    Ok(found)
}

/// The objects of extensions by schema and name, in these schemas.
pub(crate) async fn members(
    query: &mut dyn Query,
    schemas: &[String],
) -> Result<HashSet<(String, String)>, InspectError> {
    let sql = "SELECT n.nspname, o.name FROM pg_depend AS d JOIN ( \
         SELECT 'pg_proc'::regclass::oid AS class, oid, proname AS name, pronamespace AS namespace FROM pg_proc \
         UNION ALL SELECT 'pg_type'::regclass, oid, typname, typnamespace FROM pg_type \
         UNION ALL SELECT 'pg_class'::regclass, oid, relname, relnamespace FROM pg_class \
         UNION ALL SELECT 'pg_collation'::regclass, oid, collname, collnamespace FROM pg_collation \
         UNION ALL SELECT 'pg_opclass'::regclass, oid, opcname, opcnamespace FROM pg_opclass) AS o \
         ON o.class = d.classid AND o.oid = d.objid JOIN pg_namespace AS n ON n.oid = o.namespace \
         WHERE d.deptype = 'e' AND n.nspname IN (SELECT json_array_elements_text($1::json))";
    let list = serde_json::Value::from(schemas.to_vec()).to_string();
    let rows = read(
        query,
        "the objects of extensions",
        sql,
        &[Value::Text(list)],
    )
    .await?;
    let pairs = rows.into_iter().map(|row| {
        let mut cells = Cells::from(row);
        (cells.text(), cells.text())
    });
    Ok(pairs.collect())
}

/// The statements that make scratch schemas, and let names be looked for in them. Bodies of functions are not tested: they
/// may use what the model leaves out.
pub(crate) fn enter(dialect: &Postgres, scratch: &[&str], path: &[String]) -> Vec<String> {
    let mut statements: Vec<String> = scratch
        .iter()
        .map(|schema| format!("CREATE SCHEMA {schema}"))
        .collect();
    statements.push("SET LOCAL check_function_bodies = off".to_owned());
    statements.push(look_in(dialect, path));
    statements
}

/// The statement that looks for names in these schemas.
pub(crate) fn look_in(dialect: &Postgres, path: &[String]) -> String {
    let quoted: Vec<String> = path
        .iter()
        .map(|schema| dialect.quote(&Identifier::new(schema.as_str())))
        .collect();
    format!("SET LOCAL search_path = {}", quoted.join(", "))
}

/// What a refusal to make a schema is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The role may not.
    Right,
    /// The server takes no writes.
    ReadOnly,
    /// Something else.
    Other,
}

/// Reads the server's answer (SQLSTATE 42501 and 25006).
pub(crate) fn refusal(error: &QueryError) -> Refusal {
    match error.code.as_deref() {
        Some("42501") => Refusal::Right,
        Some("25006") => Refusal::ReadOnly,
        _ => Refusal::Other,
    }
}

/// The statement that grants the right.
pub(crate) fn grant(dialect: &Postgres, database: &str, role: &str) -> String {
    format!(
        "GRANT CREATE ON DATABASE {} TO {}",
        dialect.quote(&Identifier::new(database)),
        dialect.quote(&Identifier::new(role))
    )
}
