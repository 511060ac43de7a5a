//! Names for constraints and indexes that were given none, by SQLAlchemy's naming conventions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Check, Condition, Constraint, Identifier, Index, IndexKey, QualifiedName};

/// What a template of a convention is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NamingKey {
    /// Indexes.
    #[serde(rename = "ix")]
    Index,
    /// Unique constraints.
    #[serde(rename = "uq")]
    Unique,
    /// CHECKs.
    #[serde(rename = "ck")]
    Check,
    /// Foreign keys.
    #[serde(rename = "fk")]
    ForeignKey,
    /// Primary keys.
    #[serde(rename = "pk")]
    PrimaryKey,
}

/// Templates such as `uq_%(table_name)s_%(column_0_name)s`, by what they name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NamingConvention {
    templates: BTreeMap<NamingKey, String>,
}

/// Why a template gives no name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConventionError {
    /// The template has a token that does not exist.
    #[error(
        "naming convention '{template}' has the unknown token '%({token})s'; known are table_name, constraint_name, \
         referred_table_name, column_0_name, column_0_label, column_0_key, referred_column_0_name and their \
         forms with 0N and 0_N"
    )]
    UnknownToken {
        /// The template.
        template: String,
        /// The token without its parentheses.
        token: String,
    },
    /// The template wants the constraint's own name, and it has none.
    #[error(
        "naming convention '{template}' contains %(constraint_name)s, so every such constraint of table '{table}' \
         has to be named"
    )]
    NameWanted {
        /// The template.
        template: String,
        /// The table.
        table: String,
    },
}

impl Default for NamingConvention {
    /// SQLAlchemy's: only indexes get a name by themselves.
    fn default() -> Self {
        NamingConvention {
            templates: BTreeMap::from([(NamingKey::Index, "ix_%(column_0_label)s".to_owned())]),
        }
    }
}

/// What the tokens of a template stand for.
struct Subject<'a> {
    table: &'a QualifiedName,
    name: Option<&'a Identifier>,
    columns: Vec<&'a Identifier>,
    target: Option<(&'a QualifiedName, &'a [Identifier])>,
}

impl NamingConvention {
    /// A convention with these templates only.
    pub fn new(templates: BTreeMap<NamingKey, String>) -> Self {
        NamingConvention { templates }
    }

    /// The name that a constraint of `table` gets: its own if it is final, else the template's, else its own.
    ///
    /// # Errors
    /// [`ConventionError`] when the template cannot be filled.
    pub fn constraint_name(
        &self,
        table: &QualifiedName,
        constraint: &Constraint,
    ) -> Result<Option<Identifier>, ConventionError> {
        let (key, columns, target) = match constraint {
            Constraint::PrimaryKey(primary) => (
                NamingKey::PrimaryKey,
                primary.columns.iter().collect(),
                None,
            ),
            Constraint::Unique(unique) => {
                (NamingKey::Unique, unique.columns.iter().collect(), None)
            }
            Constraint::Check(check) => (NamingKey::Check, check_columns(check), None),
            Constraint::ForeignKey(foreign) => (
                NamingKey::ForeignKey,
                foreign.columns.iter().collect(),
                Some((&foreign.target, foreign.target_columns.as_slice())),
            ),
            Constraint::Exclude(exclude) => return Ok(exclude.name.clone()),
        };
        self.apply(
            key,
            &Subject {
                table,
                name: constraint.name(),
                columns,
                target,
            },
        )
    }

    /// The name that an index of `table` gets.
    ///
    /// # Errors
    /// [`ConventionError`] when the template cannot be filled.
    pub fn index_name(
        &self,
        table: &QualifiedName,
        index: &Index,
    ) -> Result<Option<Identifier>, ConventionError> {
        let columns = index
            .elements
            .iter()
            .filter_map(|element| match &element.key {
                IndexKey::Column(column) => Some(column),
                IndexKey::Expression(_) => None,
            })
            .collect();
        self.apply(
            NamingKey::Index,
            &Subject {
                table,
                name: index.name.as_ref(),
                columns,
                target: None,
            },
        )
    }

    fn apply(
        &self,
        key: NamingKey,
        subject: &Subject<'_>,
    ) -> Result<Option<Identifier>, ConventionError> {
        let own = subject.name.cloned();
        let Some(template) = self.templates.get(&key) else {
            return Ok(own);
        };
        let is_final = subject.name.is_some_and(Identifier::may_be_shortened);
        let wants_name = template.contains("%(constraint_name)s");
        if is_final || (own.is_some() && !wants_name) {
            return Ok(own);
        }
        let name = fill(template, subject)?;
        Ok(Some(Identifier::new(name).shortened_to_fit()))
    }
}

/// The columns that a CHECK names, as far as it says so itself.
fn check_columns(check: &Check) -> Vec<&Identifier> {
    match &check.condition {
        Condition::Expression(_) => Vec::new(),
        Condition::OneOf { column, .. } | Condition::ZeroOrOne { column } => vec![column],
    }
}

/// Replaces every `%(token)s` of a template, and `%%` by `%`.
fn fill(template: &str, subject: &Subject<'_>) -> Result<String, ConventionError> {
    let mut name = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('%') {
        name.push_str(before);
        if let Some(literal) = after.strip_prefix('%') {
            name.push('%');
            rest = literal;
            continue;
        }
        let token = after
            .strip_prefix('(')
            .and_then(|inner| inner.split_once(")s"));
        let Some((token, remainder)) = token else {
            name.push('%');
            rest = after;
            continue;
        };
        name.push_str(&resolve(template, token, subject)?);
        rest = remainder;
    }
    name.push_str(rest);
    Ok(name)
}

fn resolve(template: &str, token: &str, subject: &Subject<'_>) -> Result<String, ConventionError> {
    let unknown = || ConventionError::UnknownToken {
        template: template.to_owned(),
        token: token.to_owned(),
    };
    match token {
        "table_name" => return Ok(subject.table.name.to_string()),
        "constraint_name" => {
            return subject.name.map(ToString::to_string).ok_or_else(|| {
                ConventionError::NameWanted {
                    template: template.to_owned(),
                    table: subject.table.to_string(),
                }
            });
        }
        "referred_table_name" => {
            let (target, _) = subject.target.ok_or_else(unknown)?;
            return Ok(target.name.to_string());
        }
        _ => {}
    }
    let (referred, token) = match token.strip_prefix("referred_") {
        Some(inner) => (true, inner),
        None => (false, token),
    };
    let (place, attribute) = token
        .strip_prefix("column_")
        .and_then(|inner| inner.rsplit_once('_'))
        .ok_or_else(unknown)?;
    let text_of = |position: usize| -> Result<String, ConventionError> {
        if referred {
            let (_, columns) = subject.target.ok_or_else(unknown)?;
            return Ok(columns
                .get(position)
                .map(ToString::to_string)
                .unwrap_or_default());
        }
        let Some(column) = subject.columns.get(position) else {
            return Ok(String::new());
        };
        match attribute {
            "name" | "key" => Ok(column.to_string()),
            "label" => Ok(label(subject.table, column)),
            _ => Err(unknown()),
        }
    };
    let separator = match place {
        "0N" => "",
        "0_N" => "_",
        position => return text_of(position.parse().map_err(|_| unknown())?),
    };
    let texts: Vec<String> = (0..subject.columns.len())
        .map(text_of)
        .collect::<Result<_, _>>()?;
    Ok(texts.join(separator))
}

/// A column's name with its table's and schema's in front, as SQLAlchemy labels it.
fn label(table: &QualifiedName, column: &Identifier) -> String {
    match &table.schema {
        Some(schema) => format!(
            "{}_{}_{column}",
            schema.as_str().replace('.', "_"),
            table.name
        ),
        None => format!("{}_{column}", table.name),
    }
}
