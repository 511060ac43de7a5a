//! What a comparison leaves alone: names of tables, schemas and roles, written as patterns.
//!
//! Must not know a schema value: it is asked about names.

use std::fmt;

use serde::Deserialize;

/// What belongs to somebody else: it is neither read nor proposed to be dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Exclude {
    /// Tables and views, with what belongs to them. `*` stands for any characters, `?` for one; a name without a
    /// schema counts in every schema.
    pub tables: Vec<NamePattern>,
    /// Schemas with everything in them.
    pub schemas: Vec<NamePattern>,
    /// Roles and accounts whose privileges stay as they are; `PUBLIC` is everyone.
    pub roles: Vec<NamePattern>,
}

impl Exclude {
    /// Whether nothing is excluded.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.schemas.is_empty() && self.roles.is_empty()
    }

    /// Whether a schema is excluded.
    pub fn has_schema(&self, name: &str) -> bool {
        self.schemas.iter().any(|pattern| pattern.matches(name))
    }

    /// Whether the privileges of a role or account are left alone.
    pub fn has_role(&self, name: &str) -> bool {
        self.roles.iter().any(|pattern| pattern.matches(name))
    }

    /// Whether a table or view is excluded, by its own name or with its schema.
    pub fn has_table(&self, schema: Option<&str>, name: &str) -> bool {
        let full = schema.map(|schema| format!("{schema}.{name}"));
        schema.is_some_and(|schema| self.has_schema(schema))
            || self.tables.iter().any(|pattern| {
                pattern.matches(name) || full.as_deref().is_some_and(|full| pattern.matches(full))
            })
    }
}

/// A name in which `*` stands for any characters and `?` for one. Upper and lower case are the same.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(from = "String")]
pub struct NamePattern(String);

impl From<String> for NamePattern {
    fn from(text: String) -> Self {
        NamePattern(text)
    }
}

impl From<&str> for NamePattern {
    fn from(text: &str) -> Self {
        NamePattern(text.to_owned())
    }
}

impl fmt::Display for NamePattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl NamePattern {
    /// Whether the whole of `name` is what the pattern stands for.
    pub fn matches(&self, name: &str) -> bool {
        let pattern: Vec<char> = self.0.to_lowercase().chars().collect();
        let name: Vec<char> = name.to_lowercase().chars().collect();
        // Where the last `*` stands, and how much of the name it has taken: the only choice that is ever taken back.
        let mut star: Option<(usize, usize)> = None;
        let (mut at, mut seen) = (0, 0);
        while seen < name.len() {
            match (pattern.get(at), star) {
                (Some('*'), _) => {
                    star = Some((at, seen));
                    at += 1;
                }
                (Some('?'), _) => {
                    at += 1;
                    seen += 1;
                }
                (Some(expected), _) if name.get(seen) == Some(expected) => {
                    at += 1;
                    seen += 1;
                }
                (_, Some((place, taken))) => {
                    star = Some((place, taken + 1));
                    at = place + 1;
                    seen = taken + 1;
                }
                (_, None) => return false,
            }
        }
        pattern.iter().skip(at).all(|rest| *rest == '*')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters_and_a_question_mark_for_one() {
        let matches = |pattern: &str, name| NamePattern::from(pattern).matches(name);
        assert!(matches("spatial_ref_sys", "spatial_ref_sys"));
        assert!(matches("Spatial_*", "spatial_ref_sys"));
        assert!(matches("*_log_*", "a_log_b_log_2024"));
        assert!(matches("log_202?", "log_2024") && !matches("log_202?", "log_202"));
        assert!(matches("*", "") && matches("a**b", "ab"));
        assert!(!matches("spatial", "spatial_ref_sys") && !matches("*_log", "a_log_b"));
    }

    #[test]
    fn a_table_counts_in_every_schema_unless_the_pattern_names_one() {
        let exclude = Exclude {
            tables: vec!["job".into(), "audit.*".into()],
            schemas: vec!["cron*".into()],
            ..Exclude::default()
        };
        assert!(exclude.has_table(None, "job") && exclude.has_table(Some("x"), "job"));
        assert!(exclude.has_table(Some("audit"), "entry") && !exclude.has_table(None, "entry"));
        assert!(exclude.has_table(Some("cron_2"), "run") && !exclude.has_schema("audit"));
    }
}
