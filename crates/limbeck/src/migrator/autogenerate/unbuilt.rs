//! What a declared model states and the database's engine does not build from it, so that it cannot be compared as the
//! engine has it.

use std::{collections::HashMap, fmt};

use crate::{
    dialect::{Dialect, Values},
    migrate::{NormaliseError, NormaliseOptions, Session, normalise_beside},
    models::Model,
    operation::CreateIndex,
    schema::{Constraint, Database, Identifier, Index, QualifiedName, Table, Unique},
};

/// An index that the engine has refused.
pub(super) struct Refused {
    table: QualifiedName,
    index: Index,
    /// The engine's own words.
    reason: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.index.name.as_ref().map_or("", Identifier::as_str);
        write!(
            formatter,
            "the database refuses the index '{name}' of '{}', so it is not compared: {}",
            self.table, self.reason
        )
    }
}

/// What the engine makes of a model. An index of a declared model that the engine refuses is left out, and told: what is
/// wrong with it need not keep everything else from being compared.
pub(super) async fn normalise_without_refused(
    session: &mut Session<'_>,
    model: &Model,
    ask: &NormaliseOptions,
    beside: &Database,
) -> Result<(Database, Vec<Refused>), NormaliseError> {
    let mut refused = Vec::new();
    let mut reduced: Option<Database> = None;
    loop {
        let built = match &reduced {
            None => normalise_beside(session, model, ask, beside).await,
            Some(rest) => {
                normalise_beside(session, &Model::Declared(rest.clone()), ask, beside).await
            }
        };
        let error = match (built, model) {
            (Ok(built), _) => return Ok((built, refused)),
            (Err(error), Model::Declared(stated)) => {
                reduced.get_or_insert_with(|| stated.clone());
                error
            }
            (Err(error), _) => return Err(error),
        };
        let NormaliseError::Statement {
            statement, source, ..
        } = &error
        else {
            return Err(error);
        };
        let language = session.server().language();
        let rest = reduced.as_mut();
        let Some((table, index)) = rest.and_then(|rest| take(rest, statement, language.as_ref()))
        else {
            return Err(error);
        };
        refused.push(Refused {
            table,
            index,
            reason: source.to_string(),
        });
    }
}

/// Takes the index out that the statement would make.
fn take(
    database: &mut Database,
    statement: &str,
    language: &dyn Dialect,
) -> Option<(QualifiedName, Index)> {
    let makes = |table: &QualifiedName, index: &Index| {
        let operation = CreateIndex {
            table: table.clone(),
            index: index.clone(),
            concurrently: false,
            if_not_exists: false,
        };
        let operation = operation.into();
        let statements = language.statements(&operation, Values::Literal);
        statements.is_ok_and(|made| made.iter().any(|one| one.sql == statement))
    };
    database.tables.iter_mut().find_map(|table| {
        let indexes = table.indexes.iter();
        let place = indexes
            .into_iter()
            .position(|one| makes(&table.name, one))?;
        Some((table.name.clone(), table.indexes.remove(place)))
    })
}

/// Wants what is not built as it is there, where it is there at all: the index of the same name, and the unique constraint
/// over columns that already are the key, which PostgreSQL leaves out of a new table.
pub(super) fn want_as_is(
    wanted: &mut Database,
    declared: &Database,
    actual: &Database,
    refused: Vec<Refused>,
) {
    for Refused { table, index, .. } in refused {
        let there = actual.tables.iter().find(|one| one.name == table);
        let there = there.and_then(|table| table.indexes.iter().find(|one| one.name == index.name));
        let there = there.cloned();
        if let Some(table) = wanted.tables.iter_mut().find(|one| one.name == table) {
            table.indexes.push(there.unwrap_or(index));
        }
    }
    let stated = by_name(&declared.tables);
    let there = by_name(&actual.tables);
    for table in &mut wanted.tables {
        let stated = stated.get(&table.name);
        let there = there.get(&table.name);
        let (Some(stated), Some(there)) = (stated, there) else {
            continue;
        };
        for unique in uniques(stated) {
            let same = |one: &&Unique| columns(one) == columns(unique);
            if uniques(table).any(|one| same(&one)) {
                continue;
            }
            if let Some(found) = uniques(there).find(same) {
                table.constraints.push(Constraint::Unique(found.clone()));
            }
        }
    }
}

fn by_name(tables: &[Table]) -> HashMap<&QualifiedName, &Table> {
    tables.iter().map(|table| (&table.name, table)).collect()
}

fn uniques(table: &Table) -> impl Iterator<Item = &Unique> {
    table.constraints.iter().filter_map(|one| match one {
        Constraint::Unique(unique) => Some(unique),
        _ => None,
    })
}

fn columns(unique: &Unique) -> Vec<&str> {
    unique
        .columns
        .iter()
        .map(|column| column.as_str())
        .collect()
}
