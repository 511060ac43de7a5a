//! Which schema a name belongs to, as the answer says it.

use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, InspectionRequest, read},
    },
    schema::{Identifier, QualifiedName},
};

/// The schemas that matter for names.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// The connection's default schema.
    default: String,
    /// The schema that was asked for.
    requested: Option<String>,
}

impl Names {
    /// Asks for the default schema.
    pub(super) async fn of(
        query: &mut dyn Query,
        request: &InspectionRequest,
    ) -> Result<Names, InspectError> {
        let rows = read(query, "the default schema", "SELECT current_schema()", &[]).await?;
        let default = rows.into_iter().next().map(|row| Cells::from(row).text());
        Ok(Names {
            default: default.unwrap_or_default(),
            requested: request.schema.clone(),
        })
    }

    /// The schema that is read.
    pub(super) fn schema(&self) -> &str {
        self.requested.as_deref().unwrap_or(&self.default)
    }

    /// Whether this is the connection's default schema.
    pub(super) fn is_default(&self, schema: &str) -> bool {
        self.default == schema
    }

    /// A name with its schema, where the request gave it or it is not the default one.
    pub(super) fn qualified(&self, schema: &str, name: &str) -> QualifiedName {
        let said = self.requested.as_deref() == Some(schema)
            || (schema != self.default && schema != "pg_catalog");
        QualifiedName {
            schema: said.then(|| Identifier::new(schema)),
            name: Identifier::new(name),
        }
    }
}
