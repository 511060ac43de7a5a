//! Names that the database has already: no naming convention may be applied to them again (`op.f` of a script).

use limbeck::{
    operation::Operation,
    schema::{Constraint, Identifier, Index},
};

/// Marks the names of constraints and indexes that are dropped; with `is_back` also of those that are made, which the
/// database had before.
pub fn mark(operation: &mut Operation, is_back: bool) {
    match operation {
        Operation::DropIndex(drop) => {
            mark_name(&mut drop.index.name);
            drop.original.iter_mut().for_each(index);
        }
        Operation::DropConstraint(drop) => {
            drop.name.iter_mut().for_each(mark_name);
            drop.original.iter_mut().for_each(constraint);
        }
        Operation::DropTable(drop) => {
            if let Some(table) = &mut drop.original {
                table.constraints.iter_mut().for_each(constraint);
                table.indexes.iter_mut().for_each(index);
            }
        }
        Operation::CreateTable(create) if is_back => {
            create.table.constraints.iter_mut().for_each(constraint);
            create.table.indexes.iter_mut().for_each(index);
        }
        Operation::AddColumn(add) if is_back => {
            add.constraints.iter_mut().for_each(constraint);
            add.indexes.iter_mut().for_each(index);
        }
        Operation::AddConstraint(add) if is_back => constraint(&mut add.constraint),
        Operation::CreateIndex(create) if is_back => index(&mut create.index),
        _ => {}
    }
}

fn mark_name(name: &mut Identifier) {
    *name = name.clone().shortened_to_fit();
}

fn index(index: &mut Index) {
    index.name.iter_mut().for_each(mark_name);
}

fn constraint(constraint: &mut Constraint) {
    let name = constraint.name().cloned();
    constraint.set_name(name.map(Identifier::shortened_to_fit));
}
