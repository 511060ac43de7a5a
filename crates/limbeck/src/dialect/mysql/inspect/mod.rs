//! Reads a live database from `information_schema`: one query for each kind of object, never joined there, because the
//! server has no indexes for it.
//!
//! What only the table's own statement says (partitions) is asked for the tables that have it.

mod column;
mod constraint;
mod grants;
mod index;
mod partition;
mod routine;
mod sequence;
mod table;
mod view;

pub(super) use grants::{relation, routine};

use std::collections::HashMap;

pub(super) use table::charset_of;

use super::Mysql;
use crate::{
    dialect::{
        DialectName, Query,
        inspect::{Cells, InspectError, InspectionRequest, Part, read},
    },
    schema::{Database, Identifier, QualifiedName, Schema, Table, Value},
};

/// What all queries of one inspection share.
struct Scope<'a> {
    dialect: &'a Mysql,
    request: &'a InspectionRequest,
    /// The connection's default database.
    default: String,
}

/// Reads what the request asks for.
pub(super) async fn inspect(
    dialect: &Mysql,
    query: &mut dyn Query,
    request: &InspectionRequest,
) -> Result<Database, InspectError> {
    let rows = read(query, "the default database", "SELECT DATABASE()", &[]).await?;
    let default = rows.into_iter().next().map(|row| Cells::from(row).text());
    let scope = Scope {
        dialect,
        request,
        default: default.unwrap_or_default(),
    };
    let mut database = Database::default();
    let found = table::read_all(query, &scope).await?;
    let mut tables = Tables::new(found.tables);
    if request.wants(Part::Columns) {
        column::read_all(query, &scope, &mut tables).await?;
    }
    if request.wants(Part::Constraints) {
        constraint::read_all(query, &scope, &mut tables).await?;
    }
    if request.wants(Part::Constraints) || request.wants(Part::Indexes) {
        index::read_all(query, &scope, &mut tables).await?;
    }
    if request.wants(Part::Options) {
        partition::read_all(query, &scope, &mut tables, &found.partitioned).await?;
    }
    if request.views && !request.views_as_tables {
        database.views = view::read_all(query, &scope, found.views).await?;
    }
    if request.wants(Part::Sequences) {
        database.sequences = sequence::read_all(query, &scope, &found.sequences).await?;
    }
    if request.wants(Part::Routines) {
        database.routines = routine::read_all(query, &scope).await?;
    }
    if request.wants(Part::Triggers) {
        database.triggers = routine::triggers(query, &scope, &tables).await?;
    }
    if request.wants(Part::Schemas) {
        database.schemas = schemas(query, &scope).await?;
    }
    database.tables = tables.all;
    if request.wants(Part::Grants) {
        database.grants = grants::read_all(query, &scope, &database).await?;
    }
    Ok(database)
}

impl Scope<'_> {
    /// The database that is read.
    fn schema(&self) -> &str {
        self.request.schema.as_deref().unwrap_or(&self.default)
    }

    fn is_mariadb(&self) -> bool {
        self.dialect.name == DialectName::Mariadb
    }

    /// A name of the database that is read.
    fn own(&self, name: &str) -> QualifiedName {
        self.qualified(self.schema(), name)
    }

    /// A name with its database, where the request gave it or it is not the default one.
    fn qualified(&self, schema: &str, name: &str) -> QualifiedName {
        let said = self.request.schema.as_deref() == Some(schema) || schema != self.default;
        QualifiedName {
            schema: said.then(|| Identifier::new(schema)),
            name: Identifier::new(name),
        }
    }

    /// Runs a query with `{filter}` in it, which becomes the condition on the schema's column and, where only some
    /// tables are asked for, on the table's.
    async fn rows(
        &self,
        query: &mut dyn Query,
        what: &'static str,
        sql: &str,
        (schema, table): (&str, Option<&str>),
    ) -> Result<Vec<Cells>, InspectError> {
        let mut filter = format!("{schema} = ?");
        let mut parameters = vec![Value::Text(self.schema().to_owned())];
        if let (Some(column), Some(tables)) = (table, &self.request.tables) {
            // Only an equality spares the server from opening every table.
            match tables.as_slice() {
                [_] => filter.push_str(&format!(" AND {column} = ?")),
                some => {
                    let marks = vec!["?"; some.len().max(1)].join(", ");
                    filter.push_str(&format!(" AND {column} IN ({marks})"));
                }
            }
            parameters.extend(tables.iter().cloned().map(Value::Text));
            if tables.is_empty() {
                parameters.push(Value::Null);
            }
        }
        let sql = sql.replace("{filter}", &filter);
        let rows = read(query, what, &sql, &parameters).await?;
        Ok(rows.into_iter().map(Cells::from).collect())
    }
}

/// The tables of the answer, by name.
struct Tables {
    all: Vec<Table>,
    place: HashMap<String, usize>,
}

impl Tables {
    fn new(all: Vec<Table>) -> Self {
        let places = all.iter().enumerate();
        Tables {
            place: places
                .map(|(at, table)| (table.name.name.to_string(), at))
                .collect(),
            all,
        }
    }

    fn get(&mut self, name: &str) -> Option<&mut Table> {
        let place = *self.place.get(name)?;
        self.all.get_mut(place)
    }

    fn name(&self, name: &str) -> Option<&QualifiedName> {
        let place = *self.place.get(name)?;
        self.all.get(place).map(|table| &table.name)
    }
}

/// The databases that are not the server's own, without the default one.
async fn schemas(query: &mut dyn Query, scope: &Scope<'_>) -> Result<Vec<Schema>, InspectError> {
    let sql = "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN \
         ('information_schema', 'mysql', 'performance_schema', 'sys') ORDER BY SCHEMA_NAME";
    let rows = read(query, "the databases", sql, &[]).await?;
    let names = rows.into_iter().map(|row| Cells::from(row).text());
    Ok(names
        .filter(|name| *name != scope.default)
        .map(|name| Schema {
            name: Identifier::new(name),
            owner: None,
        })
        .collect())
}
