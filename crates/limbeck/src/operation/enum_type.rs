//! Operations on enum types. PostgreSQL has such types; elsewhere the values are part of the column's type.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{
    Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{ColumnDefault, EnumType, Identifier, QualifiedName};

/// Creates an enum type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateEnum {
    /// The type.
    pub enum_type: EnumType,
}

/// Drops an enum type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropEnum {
    /// Its name.
    pub name: QualifiedName,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// The type as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<EnumType>,
}

/// Gives an enum type another name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenameEnum {
    /// Its name.
    pub name: QualifiedName,
    /// Its new name.
    pub new_name: Identifier,
}

/// Adds a value to an enum type, in place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddEnumValue {
    /// The type's name.
    pub name: QualifiedName,
    /// The value.
    pub value: String,
    /// Where it sorts; last if unsaid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<EnumValuePosition>,
    /// Does nothing where the type has the value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_not_exists: bool,
}

/// Where a value stands among the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnumValuePosition {
    /// Before this one.
    Before(String),
    /// After this one.
    After(String),
}

/// Gives a value of an enum type another text, in place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenameEnumValue {
    /// The type's name.
    pub name: QualifiedName,
    /// The value.
    pub value: String,
    /// Its new text.
    pub new_value: String,
}

/// Replaces an enum type by one with other values: what the database cannot do in place is done by a new type to
/// which every column that uses the old one is moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeEnum {
    /// The type's name, which stays.
    pub name: QualifiedName,
    /// The values there are.
    pub from: Vec<String>,
    /// The values there will be.
    pub to: Vec<String>,
    /// What becomes of values that go: each becomes one that stays. A row with a value that is neither among the
    /// new ones nor here stops the change.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub replacements: BTreeMap<String, String>,
    /// The columns that use the type.
    pub columns: Vec<EnumColumn>,
}

/// A column that uses an enum type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnumColumn {
    /// The table.
    pub table: QualifiedName,
    /// The column.
    pub column: Identifier,
    /// Whether it is an array of the type.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub array: bool,
    /// Its default, which has to be taken away meanwhile and set again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<ColumnDefault>,
}

impl fmt::Display for CreateEnum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.enum_type.name {
            Some(name) => write!(formatter, "create enum {name}"),
            None => formatter.write_str("create enum without a name"),
        }
    }
}

impl Describe for CreateEnum {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let name = self
            .enum_type
            .name
            .clone()
            .ok_or_else(|| Irreversible::new(self, "the type has no name"))?;
        Ok(DropEnum {
            name,
            if_exists: false,
            original: Some(self.enum_type.clone()),
        }
        .into())
    }
}

impl fmt::Display for DropEnum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop enum {}", self.name)
    }
}

impl Describe for DropEnum {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let enum_type = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(CreateEnum { enum_type }.into())
    }
}

impl fmt::Display for RenameEnum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "rename enum {} to {}", self.name, self.new_name)
    }
}

impl Describe for RenameEnum {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(RenameEnum {
            name: self.name.sibling(self.new_name.clone()),
            new_name: self.name.name.clone(),
        }
        .into())
    }
}

impl fmt::Display for AddEnumValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "add value '{}' to enum {}",
            self.value, self.name
        )
    }
}

impl Describe for AddEnumValue {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Err(Irreversible::new(
            self,
            "a value can only be taken away by a change of the whole enum, which says what becomes of its rows",
        ))
    }
}

impl fmt::Display for RenameEnumValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "rename value '{}' of enum {} to '{}'",
            self.value, self.name, self.new_value
        )
    }
}

impl Describe for RenameEnumValue {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(RenameEnumValue {
            name: self.name.clone(),
            value: self.new_value.clone(),
            new_value: self.value.clone(),
        }
        .into())
    }
}

impl fmt::Display for ChangeEnum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "change enum {} to ({})",
            self.name,
            self.to.join(", ")
        )
    }
}

impl Describe for ChangeEnum {
    /// Goes back to the old values. Rows that got a replacement keep it: which they were is not kept anywhere.
    fn reverse(&self) -> Result<Operation, Irreversible> {
        if !self.replacements.is_empty() {
            return Err(Irreversible::new(
                self,
                "which rows had a value that was replaced is not kept",
            ));
        }
        Ok(ChangeEnum {
            name: self.name.clone(),
            from: self.to.clone(),
            to: self.from.clone(),
            replacements: BTreeMap::new(),
            columns: self.columns.clone(),
        }
        .into())
    }
}
