//! What a live database has: the actual side of every comparison, and a model when it is another database.

use crate::{
    dialect::{Dialect, InspectError, InspectionRequest, Part, Parts, Query},
    schema::Database,
};

/// Why a database could not be read.
pub type ReadError = InspectError;

/// Reads the default schema, and those of `schemas` that are there. Names of the default schema stand alone, others with
/// their schema; objects that a search path finds elsewhere are not the default schema's.
///
/// # Errors
/// [`InspectError`] when the database refuses a query, or its catalogue holds what is not understood.
pub async fn read(
    language: &dyn Dialect,
    query: &mut dyn Query,
    schemas: &[String],
) -> Result<Database, ReadError> {
    let request = InspectionRequest {
        own: true,
        ..InspectionRequest::everything()
    };
    let mut database = language.inspect(query, &request).await?;
    let wanted = |name: &str| schemas.iter().any(|schema| schema == name);
    database
        .schemas
        .retain(|schema| wanted(schema.name.as_str()));
    let others: Vec<String> = database
        .schemas
        .iter()
        .map(|schema| schema.name.as_str().to_owned())
        .collect();
    for schema in others {
        let request = InspectionRequest::everything().in_schema(schema);
        let more = language.inspect(query, &request).await?;
        merge(&mut database, more);
    }
    Ok(database)
}

/// The schemas that a database has besides the default one and the server's own.
///
/// # Errors
/// [`InspectError`] when the database refuses a query.
pub async fn other_schemas(
    language: &dyn Dialect,
    query: &mut dyn Query,
) -> Result<Vec<String>, ReadError> {
    let request = InspectionRequest {
        only: Some(Parts::One(Part::Schemas)),
        own: true,
        ..InspectionRequest::default()
    };
    let database = language.inspect(query, &request).await?;
    let names = database.schemas.into_iter();
    Ok(names
        .map(|schema| schema.name.as_str().to_owned())
        .collect())
}

fn merge(database: &mut Database, more: Database) {
    database.enums.extend(more.enums);
    database.domains.extend(more.domains);
    database.sequences.extend(more.sequences);
    database.tables.extend(more.tables);
    database.views.extend(more.views);
    database.materialized_views.extend(more.materialized_views);
    database.routines.extend(more.routines);
    database.triggers.extend(more.triggers);
    database.policies.extend(more.policies);
    if let (Some(grants), Some(more)) = (&mut database.grants, more.grants) {
        grants.owned.extend(more.owned);
        grants.given.extend(more.given);
        grants.withheld.extend(more.withheld);
    }
}
