//! Extensions and other schemas.

use super::Names;
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, read},
    },
    schema::{Extension, Identifier, Schema},
};

/// The installed extensions, without the language that every database has.
pub(super) async fn read_all(
    query: &mut dyn Query,
    names: &Names,
) -> Result<Vec<Extension>, InspectError> {
    let sql = "SELECT e.extname, n.nspname, e.extversion FROM pg_extension AS e \
         JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql' ORDER BY e.oid";
    let rows = read(query, "the extensions", sql, &[]).await?;
    let extensions = rows.into_iter().map(|row| {
        let mut cells = Cells::from(row);
        let name = Identifier::new(cells.text());
        let schema = cells.text();
        Extension {
            name,
            schema: (!names.is_default(&schema)).then(|| Identifier::new(schema)),
            version: cells.maybe(),
        }
    });
    Ok(extensions.collect())
}

/// The schemas that are not the server's own, without the default one.
pub(super) async fn schemas(
    query: &mut dyn Query,
    names: &Names,
) -> Result<Vec<Schema>, InspectError> {
    let sql = "SELECT nspname, pg_get_userbyid(nspowner) FROM pg_namespace \
         WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' ORDER BY nspname";
    let rows = read(query, "the schemas", sql, &[]).await?;
    let schemas = rows.into_iter().map(|row| {
        let mut cells = Cells::from(row);
        Schema {
            name: Identifier::new(cells.text()),
            owner: cells.maybe().map(Identifier::new),
        }
    });
    Ok(schemas
        .filter(|schema| !names.is_default(schema.name.as_str()))
        .collect())
}
