//! A schema that is stated as a value: it is built by what leads to it from an empty database.

use std::collections::BTreeSet;

use super::ModelError;
use crate::{
    dialect::{Dialect, Statement, Values},
    diff::{self, Decisions, Language, Sides},
    schema::{Constraint, Database, QualifiedName},
};

/// The statements that build `schema` in an empty place.
pub(super) fn statements(
    schema: &Database,
    language: &dyn Dialect,
) -> Result<Vec<Statement>, ModelError> {
    let empty = Database::default();
    // What is granted is known without the engine.
    let ungranted = schema.grants.as_ref().map(|_| Database {
        grants: None,
        ..schema.clone()
    });
    let schema = ungranted.as_ref().unwrap_or(schema);
    let asked = Language {
        capabilities: language.capabilities(),
        equivalence: language.equivalence(),
    };
    let comparison = diff::compare(Sides::new(&empty, schema), asked, &Decisions::default());
    let mut statements = Vec::new();
    for operation in comparison.into_operations() {
        let found = language.statements(&operation, Values::Literal);
        statements.extend(found.map_err(|source| ModelError::Unsayable {
            dialect: language.name(),
            operation: operation.to_string(),
            source: Box::new(source),
        })?);
    }
    Ok(statements)
}

/// The schemas that names of `schema` carry.
pub(super) fn schemas(schema: &Database) -> Vec<String> {
    let mut names: BTreeSet<String> = schema
        .schemas
        .iter()
        .map(|one| one.name.as_str().to_owned())
        .collect();
    let mut take = |name: &QualifiedName| {
        if let Some(schema) = &name.schema {
            names.insert(schema.as_str().to_owned());
        }
    };
    for table in &schema.tables {
        take(&table.name);
        for constraint in &table.constraints {
            if let Constraint::ForeignKey(key) = constraint {
                take(&key.target);
            }
        }
    }
    schema.views.iter().for_each(|one| take(&one.name));
    schema
        .materialized_views
        .iter()
        .for_each(|one| take(&one.name));
    schema.domains.iter().for_each(|one| take(&one.name));
    schema.sequences.iter().for_each(|one| take(&one.name));
    schema.routines.iter().for_each(|one| take(&one.name));
    let enums = schema.enums.iter().filter_map(|one| one.name.as_ref());
    enums.for_each(take);
    names.into_iter().collect()
}
