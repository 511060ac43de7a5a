//! Schemas and extensions.

use super::{
    Detected, Object,
    context::Context,
    order::{Phase, Plan},
    pairing::pair,
};
use crate::{
    operation::{CreateExtension, CreateSchema, DropExtension, DropSchema},
    schema::Database,
};

/// Plans what happens to schemas and extensions. Only their names count: who owns a schema, and which version of an
/// extension a server has, is decided where the server is run.
pub(super) fn plan(actual: &Database, wanted: &Database, context: Context<'_>, plan: &mut Plan) {
    let equivalence = context.language.equivalence;
    let schemas = pair(&actual.schemas, &wanted.schemas, equivalence, |schema| {
        vec![schema.name.clone()]
    });
    for added in schemas.added {
        let what = Detected::Added {
            object: Object::Schema(added.name.clone()),
        };
        let operation = CreateSchema {
            schema: added.clone(),
            if_not_exists: true,
        };
        plan.detect(Phase::CreateSchemas, what, operation);
    }
    for removed in schemas.removed {
        let what = Detected::Removed {
            object: Object::Schema(removed.name.clone()),
        };
        let operation = DropSchema {
            name: removed.name.clone(),
            if_exists: false,
            cascade: false,
            original: Some(removed.clone()),
        };
        plan.detect(Phase::DropSchemas, what, operation);
    }
    let extensions = pair(
        &actual.extensions,
        &wanted.extensions,
        equivalence,
        |extension| vec![extension.name.clone()],
    );
    for added in extensions.added {
        let what = Detected::Added {
            object: Object::Extension(added.name.clone()),
        };
        let operation = CreateExtension {
            extension: added.clone(),
            if_not_exists: true,
        };
        plan.detect(Phase::CreateExtensions, what, operation);
    }
    for removed in extensions.removed {
        let what = Detected::Removed {
            object: Object::Extension(removed.name.clone()),
        };
        let operation = DropExtension {
            name: removed.name.clone(),
            if_exists: false,
            cascade: false,
            original: Some(removed.clone()),
        };
        plan.detect(Phase::DropExtensions, what, operation);
    }
}
