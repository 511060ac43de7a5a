//! Reads a live database: one query for each kind of object, whatever their number.
//!
//! Works from PostgreSQL 12 on. Expressions are the server's own text (`pg_get_expr` and its like), so what is read
//! is what the server would be told to create the same.

mod column;
mod constraint;
mod extension;
mod grants;
mod index;
mod names;
mod relation;
mod routine;
mod security;
mod sequence;
mod types;
mod user_types;

use names::Names;
use relation::Relations;

use super::Postgres;
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, InspectionRequest, Part, read},
    },
    schema::{Database, Value},
};

/// Reads what the request asks for.
pub(super) async fn inspect(
    dialect: &Postgres,
    query: &mut dyn Query,
    request: &InspectionRequest,
) -> Result<Database, InspectError> {
    let names = Names::of(query, request).await?;
    let mut relations = Relations::read(query, request, &names).await?;
    let mut types = user_types::UserTypes::default();
    if request.wants(Part::Columns) {
        let columns = column::read_all(query, &relations).await?;
        if request.wants(Part::Types) || columns.iter().any(column::Found::uses_enum) {
            types = user_types::read_all(query, request, &names).await?;
        }
        column::place(columns, &mut relations, &types, &names);
    } else if request.wants(Part::Types) {
        types = user_types::read_all(query, request, &names).await?;
    }
    if relations.use_sequences() {
        let owned = sequence::owned(query, &relations, &names).await?;
        column::number(&mut relations, &owned);
    }
    if request.wants(Part::Constraints) || request.wants(Part::Indexes) {
        index::read_all(dialect, query, request, &mut relations).await?;
    }
    if request.wants(Part::Constraints) {
        constraint::read_all(query, request, &mut relations, &names).await?;
    }
    let mut database = Database::default();
    if request.wants(Part::Types) {
        (database.enums, database.domains) = types.asked_for(request, &relations);
    }
    if request.wants(Part::Sequences) {
        database.sequences = sequence::read_all(query, request, &names).await?;
    }
    if request.wants(Part::Routines) {
        database.routines = routine::read_all(query, request, &names).await?;
    }
    if request.wants(Part::Triggers) {
        database.triggers = routine::triggers(query, &relations).await?;
    }
    if request.wants(Part::Policies) {
        database.policies = security::policies(query, &relations).await?;
    }
    if request.wants(Part::Extensions) {
        database.extensions = extension::read_all(query, &names).await?;
    }
    if request.wants(Part::Schemas) {
        database.schemas = extension::schemas(query, &names).await?;
    }
    if request.wants(Part::Grants) {
        database.grants = Some(grants::read_all(query, request, &names).await?);
    }
    relations.into(&mut database, request);
    Ok(database)
}

/// Runs a query about the relations, whose object ids are its only parameter.
async fn about(
    query: &mut dyn Query,
    relations: &Relations,
    what: &'static str,
    sql: &str,
) -> Result<Vec<Cells>, InspectError> {
    if relations.is_empty() {
        return Ok(Vec::new());
    }
    let rows = read(query, what, sql, &[Value::Text(relations.ids())]).await?;
    Ok(rows.into_iter().map(Cells::from).collect())
}

/// Leaves out what extensions own, unless that is asked for. `class` is the catalogue, `id` the object's column.
fn own(request: &InspectionRequest, class: &str, id: &str) -> String {
    if request.implied {
        return String::new();
    }
    format!(
        " AND NOT EXISTS (SELECT 1 FROM pg_depend AS x WHERE x.classid = '{class}'::regclass \
         AND x.objid = {id} AND x.deptype = 'e')"
    )
}

/// A text as an element of an array literal.
pub(super) fn array_literal(texts: &[String]) -> String {
    let quoted: Vec<String> = texts
        .iter()
        .map(|text| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
        .collect();
    format!("{{{}}}", quoted.join(","))
}
