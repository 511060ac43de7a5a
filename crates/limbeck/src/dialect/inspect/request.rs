//! What is asked.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// What to read of a live database. The default asks for everything in the connection's default schema.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InspectionRequest {
    /// The schema (MySQL: the database; SQLite: the attached file); `None` for the connection's default. Names in the
    /// answer carry the schema when it is given here, and else only where it is not the default.
    pub schema: Option<String>,
    /// Whether only what is in the default schema itself is in the answer, as opposed to all that its search path finds by
    /// a bare name (PostgreSQL).
    pub own: bool,
    /// Only these tables (and views, if asked for); `None` for all. Names that are not there are not in the answer.
    pub tables: Option<Vec<String>>,
    /// What to read; `None` for everything: with `tables`, everything about these.
    pub only: Option<Parts>,
    /// Whether views and materialized views are in the answer.
    pub views: bool,
    /// Whether views are described as tables, with the columns that can be selected, instead of by their query.
    pub views_as_tables: bool,
    /// Whether the answer has what nobody creates by a statement of its own: objects of extensions, constraints and
    /// indexes that a partition has from its parent, tables behind a virtual table. They would only be in the way of
    /// creating the schema elsewhere.
    pub implied: bool,
}

/// The parts that are read. As JSON a list of words, or one word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Parts {
    /// One part.
    One(Part),
    /// Some parts.
    Some(BTreeSet<Part>),
}

/// A part of what a database holds. Names of tables and views are always read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Names only: no columns, no queries of views.
    Names,
    /// Columns.
    Columns,
    /// Primary keys, unique, foreign key, check and exclusion constraints.
    Constraints,
    /// Indexes.
    Indexes,
    /// Comments and options of tables, queries of views.
    Options,
    /// Enum types and domains.
    Types,
    /// Sequences.
    Sequences,
    /// Functions and procedures.
    Routines,
    /// Triggers.
    Triggers,
    /// Row-level-security policies.
    Policies,
    /// Extensions.
    Extensions,
    /// Other schemas.
    Schemas,
    /// Who may do what.
    Grants,
}

impl InspectionRequest {
    /// Everything in the connection's default schema, views included.
    pub fn everything() -> Self {
        InspectionRequest {
            views: true,
            ..InspectionRequest::default()
        }
    }

    /// The same request for another schema.
    pub fn in_schema(mut self, schema: impl Into<String>) -> Self {
        self.schema = Some(schema.into());
        self
    }

    /// Whether a part is asked for.
    pub fn wants(&self, part: Part) -> bool {
        match &self.only {
            Some(Parts::One(one)) => *one == part,
            Some(Parts::Some(some)) => some.contains(&part),
            None => self.tables.is_none() || part.is_of_tables(),
        }
    }
}

impl Part {
    /// Whether the part belongs to a table.
    fn is_of_tables(self) -> bool {
        !matches!(
            self,
            Part::Sequences | Part::Routines | Part::Extensions | Part::Schemas | Part::Grants
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_says_a_word_a_list_or_nothing() {
        let read = |json: &str| serde_json::from_str::<InspectionRequest>(json).unwrap();
        let names = read(r#"{"schema": null, "tables": null, "only": "names", "views": true}"#);
        assert!(names.wants(Part::Names) && !names.wants(Part::Columns) && names.views);
        let some = read(r#"{"only": ["columns", "types"]}"#);
        assert!(some.wants(Part::Columns) && !some.wants(Part::Indexes));
        let tables = read(r#"{"tables": ["a"]}"#);
        assert!(tables.wants(Part::Columns) && !tables.wants(Part::Routines));
    }
}
