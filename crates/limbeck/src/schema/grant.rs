//! Who may do what with an object.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{Identifier, QualifiedName, RoutineKind};

/// All that is granted on the objects of a database.
///
/// An owner's own privileges go without saying, and so does what everyone may do with every function and type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Grants {
    /// The role that owns every object for which `owned` has no other (PostgreSQL).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Identifier>,
    /// What other roles own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub owned: Vec<Owned>,
    /// What is granted.
    pub given: Vec<Grant>,
    /// What everyone could do if it had not been revoked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<Grant>,
}

/// Objects of one role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owned {
    /// The role.
    pub by: Identifier,
    /// Its objects.
    pub objects: Vec<GrantTarget>,
}

/// Privileges of one role on one object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The object.
    pub on: GrantTarget,
    /// The columns that the privileges are for; empty for the object as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Identifier>,
    /// The privileges as the database calls them, in capitals: `SELECT`, `DELETE HISTORY`.
    pub privileges: Vec<String>,
    /// Who has them.
    pub to: Grantee,
    /// Whether they may be granted on (PostgreSQL; for MySQL `GRANT OPTION` is a privilege like any other).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_grant_option: bool,
}

/// What privileges are for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantTarget {
    /// The default schema; without a name, the database of the connection with all its tables (MySQL).
    DefaultSchema(Option<Identifier>),
    /// Another schema.
    Schema(Identifier),
    /// An enum type or domain.
    Type(QualifiedName),
    /// A table, view or materialized view.
    Table(QualifiedName),
    /// A sequence.
    Sequence(QualifiedName),
    /// A function or procedure.
    Routine {
        /// What it is.
        kind: RoutineKind,
        /// Its name.
        name: QualifiedName,
        /// The types of its arguments, as [`Routine::signature`](super::Routine::signature) has them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        signature: Option<String>,
    },
}

/// Who has privileges.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grantee {
    /// Everyone.
    Public,
    /// A role.
    Role(Identifier),
    /// An account (MySQL).
    Account {
        /// Its name.
        user: String,
        /// Where it may come from; `%` for anywhere.
        host: String,
    },
}

/// One privilege of one role, on an object or a column of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SinglePrivilege {
    pub(crate) on: GrantTarget,
    pub(crate) to: Grantee,
    pub(crate) column: Option<Identifier>,
    pub(crate) privilege: String,
}

impl Grant {
    /// The privileges one by one.
    pub(crate) fn singles(&self) -> impl Iterator<Item = SinglePrivilege> {
        let columns: Vec<Option<Identifier>> = match self.columns.as_slice() {
            [] => vec![None],
            some => some.iter().cloned().map(Some).collect(),
        };
        columns.into_iter().flat_map(move |column| {
            self.privileges
                .iter()
                .map(move |privilege| SinglePrivilege {
                    on: self.on.clone(),
                    to: self.to.clone(),
                    column: column.clone(),
                    privilege: privilege.clone(),
                })
        })
    }

    /// Single privileges, each with whether it may be granted on, in as few grants as say the same; always in the same order.
    pub(crate) fn grouped(
        singles: impl IntoIterator<Item = (SinglePrivilege, bool)>,
    ) -> Vec<Grant> {
        type Place = (GrantTarget, Grantee, bool);
        let mut columns: BTreeMap<(Place, String), Vec<Identifier>> = BTreeMap::new();
        let mut whole: BTreeMap<(Place, Vec<Identifier>), Vec<String>> = BTreeMap::new();
        for (single, option) in singles {
            let place = (single.on, single.to, option);
            match single.column {
                Some(column) => {
                    let all = columns.entry((place, single.privilege)).or_default();
                    all.push(column);
                }
                None => {
                    let all = whole.entry((place, Vec::new())).or_default();
                    all.push(single.privilege);
                }
            }
        }
        for ((place, privilege), mut columns) in columns {
            columns.sort();
            columns.dedup();
            whole.entry((place, columns)).or_default().push(privilege);
        }
        let grants = whole.into_iter().map(|((place, columns), mut privileges)| {
            let (on, to, with_grant_option) = place;
            privileges.sort();
            privileges.dedup();
            Grant {
                on,
                columns,
                privileges,
                to,
                with_grant_option,
            }
        });
        grants.collect()
    }
}

impl Grants {
    /// The role that owns an object, as far as it is known.
    pub(crate) fn owner_of(&self, target: &GrantTarget) -> Option<&Identifier> {
        let mut others = self.owned.iter();
        let other = others.find(|owned| owned.objects.contains(target));
        other.map(|owned| &owned.by).or(self.owner.as_ref())
    }

    /// Follows an object that gets another name.
    pub(crate) fn follow(&mut self, from: &GrantTarget, to: &GrantTarget) {
        let grants = self.given.iter_mut().chain(&mut self.withheld);
        let objects = self.owned.iter_mut().flat_map(|owned| &mut owned.objects);
        for target in grants.map(|grant| &mut grant.on).chain(objects) {
            if target == from {
                target.clone_from(to);
            }
        }
    }

    /// Follows a column that gets another name.
    pub(crate) fn follow_column(
        &mut self,
        table: &QualifiedName,
        from: &Identifier,
        to: &Identifier,
    ) {
        let of_table = |grant: &&mut Grant| grant.on.name() == Some(table);
        let grants = self.given.iter_mut().filter(of_table);
        for column in grants.flat_map(|grant| &mut grant.columns) {
            if column == from {
                column.clone_from(to);
            }
        }
    }
}

impl GrantTarget {
    /// The name of the object, unless it is a schema.
    pub fn name(&self) -> Option<&QualifiedName> {
        match self {
            GrantTarget::DefaultSchema(_) | GrantTarget::Schema(_) => None,
            GrantTarget::Type(name)
            | GrantTarget::Table(name)
            | GrantTarget::Sequence(name)
            | GrantTarget::Routine { name, .. } => Some(name),
        }
    }
}

impl fmt::Display for GrantTarget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GrantTarget::DefaultSchema(Some(name)) | GrantTarget::Schema(name) => {
                write!(formatter, "schema '{name}'")
            }
            GrantTarget::DefaultSchema(None) => formatter.write_str("the database"),
            GrantTarget::Type(name) => write!(formatter, "type '{name}'"),
            GrantTarget::Table(name) => write!(formatter, "'{name}'"),
            GrantTarget::Sequence(name) => write!(formatter, "sequence '{name}'"),
            GrantTarget::Routine {
                kind,
                name,
                signature,
            } => match signature {
                Some(signature) => write!(formatter, "{kind} '{name}({signature})'"),
                None => write!(formatter, "{kind} '{name}'"),
            },
        }
    }
}

impl fmt::Display for Grantee {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Grantee::Public => formatter.write_str("PUBLIC"),
            Grantee::Role(name) => write!(formatter, "'{name}'"),
            Grantee::Account { user, host } => write!(formatter, "'{user}'@'{host}'"),
        }
    }
}

impl fmt::Display for Grant {
    /// What is granted on what, such as `SELECT, UPDATE (price) on 'book'`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.privileges.join(", "))?;
        if !self.columns.is_empty() {
            let columns: Vec<&str> = self.columns.iter().map(Identifier::as_str).collect();
            write!(formatter, " ({})", columns.join(", "))?;
        }
        write!(formatter, " on {}", self.on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn single(column: Option<&str>, privilege: &str) -> (SinglePrivilege, bool) {
        let single = SinglePrivilege {
            on: GrantTarget::Table("book".into()),
            to: Grantee::Role("reader".into()),
            column: column.map(Identifier::new),
            privilege: privilege.to_owned(),
        };
        (single, false)
    }

    #[test]
    fn what_belongs_together_is_one_grant() {
        let singles = [
            single(Some("title"), "UPDATE"),
            single(None, "SELECT"),
            single(Some("price"), "UPDATE"),
            single(Some("price"), "INSERT"),
            single(None, "DELETE"),
        ];
        let grants = Grant::grouped(singles.clone());
        let texts: Vec<String> = grants.iter().map(Grant::to_string).collect();
        assert_eq!(
            texts,
            [
                "DELETE, SELECT on 'book'",
                "INSERT (price) on 'book'",
                "UPDATE (price, title) on 'book'"
            ]
        );
        let mut again: Vec<_> = grants.iter().flat_map(Grant::singles).collect();
        again.sort();
        let mut all: Vec<_> = singles.into_iter().map(|(single, _)| single).collect();
        all.sort();
        assert_eq!(again, all);
    }

    #[test]
    fn a_snapshot_from_before_there_were_grants_knows_none() {
        let old: super::super::Database = serde_json::from_str(r#"{"tables": []}"#).unwrap();
        assert_eq!(old.grants, None);
        assert!(!serde_json::to_string(&old).unwrap().contains("grants"));
        let grant = r#"{"on":{"table":{"name":"book"}},"privileges":["SELECT"],"to":"public"}"#;
        let read: Grant = serde_json::from_str(grant).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), grant);
    }
}
