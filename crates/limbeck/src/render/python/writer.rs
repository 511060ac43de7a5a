//! What all parts need while a body is written: settings, the dialect's answers, and what has been collected.

use std::collections::BTreeSet;

use super::{Item, PythonSettings, RenderItem, Rendered, literal};
use crate::{
    dialect::DialectName,
    operation::Operation,
    render::{RenderError, SqlText},
    schema::{Check, Condition, Identifier, ModelOption},
};

/// A body that is being written.
pub(super) struct Writer<'a> {
    pub(super) settings: &'a PythonSettings,
    pub(super) sql: Option<&'a dyn SqlText>,
    pub(super) items: Option<&'a dyn RenderItem>,
    pub(super) imports: BTreeSet<String>,
    /// Inside `with op.batch_alter_table(…)`.
    pub(super) in_batch: bool,
}

impl Writer<'_> {
    /// A name of SQLAlchemy's.
    pub(super) fn sqlalchemy(&self, name: &str) -> String {
        format!("{}{name}", self.settings.sqlalchemy_module_prefix)
    }

    /// A directive.
    pub(super) fn directive(&self, name: &str) -> String {
        if self.in_batch {
            format!("batch_op.{name}")
        } else {
            format!("{}{name}", self.settings.alembic_module_prefix)
        }
    }

    /// A name of one of SQLAlchemy's dialects.
    pub(super) fn of_dialect(&mut self, dialect: &str, name: &str) -> String {
        self.imports
            .insert(format!("from sqlalchemy.dialects import {dialect}"));
        format!("{dialect}.{name}")
    }

    /// The database the script is for.
    pub(super) fn dialect(&self) -> DialectName {
        self.sql.map_or(DialectName::Generic, SqlText::dialect)
    }

    /// What stands before SQLAlchemy's options for this database: `postgresql_`.
    pub(super) fn option(&self, name: &str) -> String {
        let prefix = match self.dialect() {
            DialectName::Sqlite => "sqlite",
            DialectName::Mysql | DialectName::Mariadb => "mysql",
            DialectName::Generic | DialectName::Postgresql => "postgresql",
        };
        format!("{prefix}_{name}")
    }

    /// A name of a constraint or index. One that a naming convention has made is marked, so that no convention is
    /// applied to it again.
    pub(super) fn final_name(&self, name: &Identifier) -> String {
        let text = literal::string(name.as_str());
        if name.may_be_shortened() {
            format!("{}({text})", self.directive("f"))
        } else {
            text
        }
    }

    /// A name of a constraint or index, or `None`.
    pub(super) fn final_name_or_none(&self, name: Option<&Identifier>) -> String {
        name.map_or_else(|| "None".to_owned(), |name| self.final_name(name))
    }

    /// `sa.text('…')`
    pub(super) fn sql_expression(&self, sql: &str) -> String {
        format!("{}({})", self.sqlalchemy("text"), literal::sql(sql))
    }

    /// The project's own text for a part: `None` where the part is written as usual, `Some(None)` where not at all.
    pub(super) fn item(&mut self, item: Item<'_>) -> Option<Option<String>> {
        match self.items?.render(item) {
            Rendered::Usual => None,
            Rendered::Omitted => Some(None),
            Rendered::Text { text, imports } => {
                self.imports.extend(imports);
                Some(Some(text))
            }
        }
    }

    /// A name within SQL.
    pub(super) fn quoted(&self, name: &Identifier) -> String {
        self.sql
            .map_or_else(|| name.as_str().to_owned(), |sql| sql.quote(name))
    }

    /// The condition of a CHECK as SQL.
    pub(super) fn condition(&self, check: &Check) -> String {
        let text_literal = |text: &str| {
            self.sql.map_or_else(
                || format!("'{}'", text.replace('\'', "''")),
                |sql| sql.text_literal(text),
            )
        };
        match &check.condition {
            Condition::Expression(sql) => sql.clone(),
            Condition::OneOf { column, values } => {
                let values: Vec<String> = values.iter().map(|value| text_literal(value)).collect();
                format!("{} IN ({})", self.quoted(column), values.join(", "))
            }
            Condition::ZeroOrOne { column } => format!("{} IN (0, 1)", self.quoted(column)),
        }
    }

    /// The dialect's statements for what has no directive.
    pub(super) fn statements(
        &self,
        operation: &Operation,
    ) -> Result<Vec<crate::dialect::Statement>, RenderError> {
        match self.sql {
            Some(sql) => sql.statements(operation),
            None => Err(RenderError::NoDialect {
                operation: operation.to_string(),
            }),
        }
    }
}

/// Options with their values, the model's own at the end; one with the name of another stands in its place.
pub(super) fn with_model_options(
    mut options: Vec<(String, String)>,
    given: &[ModelOption],
) -> Vec<(String, String)> {
    for option in given {
        match options.iter_mut().find(|(name, _)| *name == option.name) {
            Some((_, value)) => value.clone_from(&option.value),
            None => options.push((option.name.clone(), option.value.clone())),
        }
    }
    options
}
