//! Columns.

use super::{
    Names, Relations, about,
    sequence::Owned,
    types::{self, Described},
    user_types::UserTypes,
};
use crate::{
    dialect::{Query, inspect::InspectError},
    schema::{Column, ColumnDefault, Computed, Identifier, Identity},
};

/// A column as the catalogue describes it.
pub(super) struct Found {
    relation: i64,
    number: i64,
    name: String,
    described: Described,
    not_null: bool,
    identity: String,
    generated: String,
    expression: Option<String>,
    comment: Option<String>,
}

impl Found {
    /// Whether the column's type is an enum.
    pub(super) fn uses_enum(&self) -> bool {
        self.described.is_enum()
    }
}

/// Reads the columns of all relations.
pub(super) async fn read_all(
    query: &mut dyn Query,
    relations: &Relations,
) -> Result<Vec<Found>, InspectError> {
    let sql = format!(
        "SELECT a.attrelid, a.attnum, a.attname, {}, a.attndims, co.collname, a.attnotnull, a.attidentity, a.attgenerated, \
         pg_get_expr(d.adbin, d.adrelid), ds.description \
         FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid {} \
         LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
         LEFT JOIN pg_collation AS co ON co.oid = a.attcollation AND a.attcollation <> t.typcollation \
         LEFT JOIN pg_description AS ds ON ds.objoid = a.attrelid AND ds.classoid = 'pg_class'::regclass AND ds.objsubid = a.attnum \
         WHERE a.attrelid = ANY($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum",
        types::select("a.atttypid", "a.atttypmod"),
        types::JOINS
    );
    let rows = about(query, relations, "the columns", &sql).await?;
    let columns = rows.into_iter().map(|mut cells| {
        let relation = cells.number().unwrap_or_default();
        let number = cells.number().unwrap_or_default();
        let name = cells.text();
        let mut described = Described::take(&mut cells);
        described.dimensions = cells.number().unwrap_or_default();
        described.collation = cells.maybe();
        Found {
            relation,
            number,
            name,
            described,
            not_null: cells.flag(),
            identity: cells.text(),
            generated: cells.text(),
            expression: cells.maybe(),
            comment: cells.maybe(),
        }
    });
    Ok(columns.collect())
}

/// Puts the columns into their tables.
pub(super) fn place(
    columns: Vec<Found>,
    relations: &mut Relations,
    types: &UserTypes,
    names: &Names,
) {
    for found in columns {
        let name = Identifier::new(found.name.as_str());
        relations
            .columns
            .insert((found.relation, found.number), name);
        let relation = found.relation;
        if let Some(table) = relations.table(relation) {
            table.columns.push(column(found, types, names));
        }
    }
}

fn column(found: Found, types: &UserTypes, names: &Names) -> Column {
    let mut column = Column::new(found.name, found.described.data_type(types, names));
    column.nullable = !found.not_null;
    column.comment = found.comment;
    column.default = match (found.generated.as_str(), found.identity.as_str()) {
        ("s" | "v", _) => found.expression.map(|expression| {
            ColumnDefault::Computed(Computed {
                expression,
                persisted: Some(found.generated == "s"),
            })
        }),
        (_, "a" | "d") => Some(ColumnDefault::Identity(Identity {
            always: found.identity == "a",
            ..Identity::default()
        })),
        _ => found.expression.map(ColumnDefault::Expression),
    };
    column
}

/// Says how the sequences of columns count: in the identity, or as a serial column.
pub(super) fn number(relations: &mut Relations, owned: &[Owned]) {
    for sequence in owned {
        let Some(name) = relations
            .columns
            .get(&(sequence.relation, sequence.column))
            .cloned()
        else {
            continue;
        };
        let Some(table) = relations.table(sequence.relation) else {
            continue;
        };
        let serial = sequence.is_serial(&table.name, &name);
        let Some(column) = table.columns.iter_mut().find(|column| column.name == name) else {
            continue;
        };
        match &mut column.default {
            Some(ColumnDefault::Identity(identity)) if sequence.internal => {
                identity.options = sequence.options.clone();
            }
            Some(ColumnDefault::Expression(text)) if serial && text.starts_with("nextval(") => {
                column.autoincrement = Some(true);
            }
            _ => {}
        }
    }
}
