//! What every part of a comparison looks at.

use super::{
    Decisions, Language, declared::Declared, equivalence::has_word, pairing::same_qualified,
    touched::Touched,
};
use crate::{
    dialect::{AlterForm, Capabilities},
    schema::{Column, DataType, EnumType, QualifiedName, Table},
};

/// The surroundings of one difference.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) language: Language<'a>,
    pub(super) decisions: &'a Decisions,
    pub(super) declared: &'a Declared<'a>,
    pub(super) touched: &'a Touched,
}

impl<'a> Context<'a> {
    pub(super) fn capabilities(&self) -> &'a Capabilities {
        self.language.capabilities
    }

    /// Whether a changed column is written as a whole.
    pub(super) fn writes_whole_columns(&self) -> bool {
        self.capabilities().alter == AlterForm::Modify
    }

    /// Whether changed tables are built anew, so that nothing stands in the way of anything.
    pub(super) fn rebuilds(&self) -> bool {
        self.capabilities().constraint_alter == AlterForm::Rebuild
    }
}

impl Language<'_> {
    /// Whether two types are the same. Enum types that are objects of the schema are compared by themselves, so only
    /// their names count for a column.
    pub(super) fn same_type(&self, actual: &DataType, wanted: &DataType) -> bool {
        if self.capabilities.enum_objects {
            match (actual, wanted) {
                (DataType::Array(a), DataType::Array(b)) if enum_name(&a.item).is_some() => {
                    return self.same_type(&a.item, &b.item);
                }
                _ => {}
            }
            if let (Some(a), Some(b)) = (enum_name(actual), enum_name(wanted)) {
                return same_qualified(self.equivalence, a, b);
            }
        }
        self.equivalence.same_type(actual, wanted)
    }

    /// Whether a text uses a column's name.
    pub(super) fn uses_column(&self, text: &str, column: &str) -> bool {
        has_word(text, column)
    }
}

/// The name of an enum that is a type of its own.
fn enum_name(data_type: &DataType) -> Option<&QualifiedName> {
    match data_type {
        DataType::Enum(EnumType {
            name, native: true, ..
        }) => name.as_ref(),
        DataType::Modelled(model) => enum_name(&model.data_type),
        _ => None,
    }
}

/// The name of the type that the schema defines, and whether it is an array of it.
pub(super) fn defined_type(data_type: &DataType) -> Option<(&QualifiedName, bool)> {
    match data_type {
        DataType::Defined(name) => Some((name, false)),
        DataType::Array(array) => defined_type(&array.item).map(|(name, _)| (name, true)),
        DataType::Modelled(model) => defined_type(&model.data_type),
        other => enum_name(other).map(|name| (name, false)),
    }
}

/// Whether a column is of the same type of the schema on the other side, too.
pub(super) fn keeps_type(table: &Table, column: &Column, wanted: &[Table]) -> bool {
    let name = |column: &Column| defined_type(&column.data_type).map(|(name, _)| name.clone());
    let mut tables = wanted.iter();
    let other = tables.find(|other| other.name == table.name);
    let other = other.and_then(|other| other.column(&column.name));
    other.is_some_and(|other| name(other) == name(column))
}
