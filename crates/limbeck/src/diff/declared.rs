//! The wanted schema in its model's own words.

use std::collections::HashMap;

use super::{Equivalence, canonical::sort_parts, constraint, index};
use crate::schema::{
    Column, Constraint, DataType, Database, Identifier, Index, QualifiedName, Table,
};

/// The declared tables by name; without a model there is none, and the wanted schema speaks for itself.
#[derive(Default)]
pub(super) struct Declared<'a> {
    tables: HashMap<String, &'a Table>,
}

impl<'a> Declared<'a> {
    /// The tables of a model.
    pub(super) fn of(database: Option<&'a Database>) -> Self {
        let tables = database.map(|database| database.tables.as_slice());
        Declared {
            tables: tables
                .unwrap_or_default()
                .iter()
                .map(|table| (key(&table.name), table))
                .collect(),
        }
    }

    fn find(&self, table: &QualifiedName) -> Option<&'a Table> {
        self.tables.get(&key(table)).copied()
    }

    /// A table as its model describes it.
    pub(super) fn table(&self, wanted: &Table) -> Table {
        let Some(declared) = self.find(&wanted.name) else {
            return wanted.clone();
        };
        let mut table = declared.clone();
        for column in &mut table.columns {
            without_type(&mut column.data_type);
        }
        sort_parts(&mut table);
        table
    }

    /// A column as its model describes it.
    pub(super) fn column(&self, table: &QualifiedName, wanted: &Column) -> Column {
        let declared = self.find(table).and_then(|table| {
            let name = wanted.name.as_str();
            let exact = table.column(&wanted.name);
            exact.or_else(|| {
                let mut columns = table.columns.iter();
                columns.find(|column| column.name.as_str().eq_ignore_ascii_case(name))
            })
        });
        let mut column = declared.unwrap_or(wanted).clone();
        without_type(&mut column.data_type);
        column
    }

    /// A constraint as its model describes it: the one of its name, or else one that is the same.
    pub(super) fn constraint(
        &self,
        equivalence: &dyn Equivalence,
        table: &QualifiedName,
        wanted: &Constraint,
    ) -> Constraint {
        let constraints = self.find(table).map(|table| &table.constraints);
        let find = |fits: &dyn Fn(&&Constraint) -> bool| {
            constraints.and_then(|constraints| constraints.iter().find(fits))
        };
        let named =
            |one: &&Constraint| one.kind() == wanted.kind() && is_called(one.name(), wanted.name());
        find(&named)
            .or_else(|| find(&|one| constraint::same(equivalence, wanted, one)))
            .unwrap_or(wanted)
            .clone()
    }

    /// An index as its model describes it.
    pub(super) fn index(
        &self,
        equivalence: &dyn Equivalence,
        table: &QualifiedName,
        wanted: &Index,
    ) -> Index {
        let indexes = self.find(table).map(|table| &table.indexes);
        let find =
            |fits: &dyn Fn(&&Index) -> bool| indexes.and_then(|indexes| indexes.iter().find(fits));
        find(&|one| is_called(one.name.as_ref(), wanted.name.as_ref()))
            .or_else(|| find(&|one| index::same(equivalence, wanted, one)))
            .unwrap_or(wanted)
            .clone()
    }
}

/// Whether two names are the same, whatever a model says of how it came to its own.
fn is_called(one: Option<&Identifier>, other: Option<&Identifier>) -> bool {
    one.is_some() && one.map(Identifier::as_str) == other.map(Identifier::as_str)
}

fn key(name: &QualifiedName) -> String {
    name.to_string().to_lowercase()
}

/// Enum types are created by an operation of their own, so that no table brings one along.
fn without_type(data_type: &mut DataType) {
    match data_type {
        DataType::Enum(enum_type) => enum_type.create_type = false,
        DataType::Array(array) => without_type(&mut array.item),
        DataType::Modelled(model) => without_type(&mut model.data_type),
        DataType::Variants { base, by_dialect } => {
            without_type(base);
            by_dialect.values_mut().for_each(without_type);
        }
        _ => {}
    }
}
