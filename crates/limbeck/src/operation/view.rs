//! Operations on views and materialized views.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{Identifier, MaterializedView, QualifiedName, View};

/// Creates a view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateView {
    /// The view.
    pub view: View,
    /// Replaces one of this name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub or_replace: bool,
    /// The view that is replaced, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<View>,
}

/// Drops a view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropView {
    /// Its name.
    pub view: QualifiedName,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// Drops what depends on it, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cascade: bool,
    /// The view as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<View>,
}

/// Gives a view another name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenameView {
    /// Its name.
    pub view: QualifiedName,
    /// Its new name.
    pub new_name: Identifier,
    /// Whether it keeps its rows.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub materialized: bool,
}

/// Creates a materialized view with its indexes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateMaterializedView {
    /// The view.
    pub view: MaterializedView,
    /// Does nothing where one of this name exists.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_not_exists: bool,
}

/// Drops a materialized view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropMaterializedView {
    /// Its name.
    pub view: QualifiedName,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// Drops what depends on it, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cascade: bool,
    /// The view as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<MaterializedView>,
}

/// Computes the rows of a materialized view anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefreshMaterializedView {
    /// Its name.
    pub view: QualifiedName,
    /// Lets others read meanwhile; needs a unique index.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub concurrently: bool,
}

impl fmt::Display for CreateView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "create view {}", self.view.name)
    }
}

impl Describe for CreateView {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        if let Some(replaced) = self.replaced.clone() {
            return Ok(CreateView {
                view: replaced,
                or_replace: true,
                replaced: Some(self.view.clone()),
            }
            .into());
        }
        if self.or_replace {
            return Err(Irreversible::new(
                self,
                "the view that is replaced is not described",
            ));
        }
        Ok(DropView {
            view: self.view.name.clone(),
            if_exists: false,
            cascade: false,
            original: Some(self.view.clone()),
        }
        .into())
    }
}

impl fmt::Display for DropView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop view {}", self.view)
    }
}

impl Describe for DropView {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let view = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(CreateView {
            view,
            or_replace: false,
            replaced: None,
        }
        .into())
    }
}

impl fmt::Display for RenameView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "rename view {} to {}", self.view, self.new_name)
    }
}

impl Describe for RenameView {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(RenameView {
            view: self.view.sibling(self.new_name.clone()),
            new_name: self.view.name.clone(),
            materialized: self.materialized,
        }
        .into())
    }
}

impl fmt::Display for CreateMaterializedView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "create materialized view {}", self.view.name)
    }
}

impl Describe for CreateMaterializedView {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(DropMaterializedView {
            view: self.view.name.clone(),
            if_exists: false,
            cascade: false,
            original: Some(self.view.clone()),
        }
        .into())
    }
}

impl fmt::Display for DropMaterializedView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop materialized view {}", self.view)
    }
}

impl Describe for DropMaterializedView {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let view = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(CreateMaterializedView {
            view,
            if_not_exists: false,
        }
        .into())
    }
}

impl fmt::Display for RefreshMaterializedView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "refresh materialized view {}", self.view)
    }
}

impl Describe for RefreshMaterializedView {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Err(Irreversible::new(self, "the rows there were are not kept"))
    }
}
