//! On what a schema can hold privileges.

use std::collections::HashSet;

use crate::{
    diff::numbering::usual_name,
    operation::Operation,
    schema::{Column, Database, GrantTarget, Identifier, QualifiedName, SinglePrivilege, Table},
};

/// The objects of a schema, and the columns of its tables.
#[derive(Debug, Default)]
pub(super) struct Held {
    targets: HashSet<GrantTarget>,
    columns: HashSet<(QualifiedName, Identifier)>,
    tables: HashSet<QualifiedName>,
}

impl Held {
    /// Those of a schema.
    pub(super) fn of(database: &Database) -> Self {
        let mut held = Held::default();
        for schema in &database.schemas {
            held.targets
                .insert(GrantTarget::Schema(schema.name.clone()));
        }
        for table in &database.tables {
            held.table(table, |column| {
                let mut sequences = database.sequences.iter();
                let owner = (&table.name, &column.name);
                sequences.any(|one| one.owned_by.as_ref().map(|(a, b)| (a, b)) == Some(owner))
            });
        }
        let views = database.views.iter().map(|view| &view.name);
        let materialized = database.materialized_views.iter().map(|view| &view.name);
        let views = views.chain(materialized).cloned();
        held.targets.extend(views.map(GrantTarget::Table));
        let sequences = database.sequences.iter().map(|one| one.name.clone());
        held.targets.extend(sequences.map(GrantTarget::Sequence));
        let enums = database.enums.iter().filter_map(|one| one.name.clone());
        let domains = database.domains.iter().map(|one| one.name.clone());
        held.targets
            .extend(enums.chain(domains).map(GrantTarget::Type));
        for routine in &database.routines {
            held.targets.insert(GrantTarget::Routine {
                kind: routine.kind,
                name: routine.name.clone(),
                signature: routine.signature.clone(),
            });
        }
        held
    }

    /// What operations create.
    pub(super) fn created<'a>(operations: impl Iterator<Item = &'a Operation>) -> Self {
        let mut held = Held::default();
        for operation in operations {
            let target = match operation {
                Operation::CreateTable(create) => {
                    held.table(&create.table, |_| false);
                    continue;
                }
                Operation::AddColumn(add) => {
                    held.column(&add.table, &add.column, |_| false);
                    continue;
                }
                Operation::CreateView(create) if !create.or_replace => {
                    GrantTarget::Table(create.view.name.clone())
                }
                Operation::CreateMaterializedView(create) => {
                    GrantTarget::Table(create.view.name.clone())
                }
                Operation::CreateSequence(create) => {
                    GrantTarget::Sequence(create.sequence.name.clone())
                }
                Operation::CreateDomain(create) => GrantTarget::Type(create.domain.name.clone()),
                Operation::ChangeEnum(change) => GrantTarget::Type(change.name.clone()),
                Operation::CreateEnum(create) => match &create.enum_type.name {
                    Some(name) => GrantTarget::Type(name.clone()),
                    None => continue,
                },
                Operation::CreateSchema(create) => GrantTarget::Schema(create.schema.name.clone()),
                Operation::CreateRoutine(create) if create.replaced.is_none() => {
                    GrantTarget::Routine {
                        kind: create.routine.kind,
                        name: create.routine.name.clone(),
                        signature: create.routine.signature.clone(),
                    }
                }
                _ => continue,
            };
            held.targets.insert(target);
        }
        held
    }

    fn table(&mut self, table: &Table, has_other_sequence: impl Fn(&Column) -> bool) {
        self.tables.insert(table.name.clone());
        self.targets.insert(GrantTarget::Table(table.name.clone()));
        for column in &table.columns {
            self.column(&table.name, column, &has_other_sequence);
        }
    }

    fn column(
        &mut self,
        table: &QualifiedName,
        column: &Column,
        has_other_sequence: impl Fn(&Column) -> bool,
    ) {
        self.columns.insert((table.clone(), column.name.clone()));
        // The sequence of a SERIAL column stands nowhere else.
        if column.autoincrement == Some(true) && !has_other_sequence(column) {
            let name = usual_name(table, &column.name);
            self.targets.insert(GrantTarget::Sequence(name));
        }
    }

    /// Whether there can be such a privilege.
    pub(super) fn can_have(&self, single: &SinglePrivilege) -> bool {
        match (&single.on, &single.column) {
            (GrantTarget::DefaultSchema(_), _) => true,
            (GrantTarget::Table(table), Some(column)) if self.tables.contains(table) => {
                self.has_column(table, column)
            }
            (target, _) => self.has(target),
        }
    }

    /// Whether this object, or this column by itself, is among them.
    pub(super) fn is_new(&self, single: &SinglePrivilege) -> bool {
        let column = match (&single.on, &single.column) {
            (GrantTarget::Table(table), Some(column)) => self.has_column(table, column),
            _ => false,
        };
        column || self.has(&single.on)
    }

    fn has(&self, target: &GrantTarget) -> bool {
        self.targets.contains(target)
    }

    fn has_column(&self, table: &QualifiedName, column: &Identifier) -> bool {
        self.columns.contains(&(table.clone(), column.clone()))
    }
}
