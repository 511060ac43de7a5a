//! Where a column's value comes from.

use super::{Call, Item, Writer, literal, writer::with_model_options};
use crate::{
    dialect::DialectName,
    schema::{ColumnDefault, Computed, Identity},
};

impl Writer<'_> {
    /// A default's text; `None` where the project leaves it out.
    pub(super) fn default(&mut self, default: &ColumnDefault) -> Option<String> {
        if let Some(own) = self.item(Item::Default(default)) {
            return own;
        }
        Some(match default {
            ColumnDefault::Literal(text) => literal::string(unquoted(text)),
            ColumnDefault::Expression(sql) => self.sql_expression(&self.parenthesized(sql)),
            ColumnDefault::Computed(computed) => self.computed(computed),
            ColumnDefault::Identity(identity) => self.identity(identity),
        })
    }

    /// SQLite takes an expression as a default in parentheses only.
    fn parenthesized(&self, sql: &str) -> String {
        let number = sql.len() == 1 && sql.starts_with(|digit: char| digit.is_ascii_digit());
        let text = sql.len() > 2 && sql.starts_with('\'') && sql.ends_with('\'');
        let parentheses = sql.len() > 2 && sql.starts_with('(') && sql.ends_with(')');
        if self.dialect() != DialectName::Sqlite || number || text || parentheses || sql.is_empty()
        {
            sql.to_owned()
        } else {
            format!("({sql})")
        }
    }

    /// Alembic leaves the comma where there is no option.
    fn computed(&self, computed: &Computed) -> String {
        let persisted = computed.persisted.map_or_else(String::new, |persisted| {
            format!("persisted={}", literal::boolean(persisted))
        });
        let expression = literal::sql(&computed.expression);
        format!("{}({expression}, {persisted})", self.sqlalchemy("Computed"))
    }

    fn identity(&self, identity: &Identity) -> String {
        let options = &identity.options;
        let number = |value: Option<i64>| value.map(|value| value.to_string());
        let flag = |value: bool| value.then(|| "True".to_owned());
        let stated = [
            ("always", Some(literal::boolean(identity.always))),
            ("start", number(options.start)),
            ("increment", number(options.increment)),
            ("minvalue", number(options.minimum)),
            ("maxvalue", number(options.maximum)),
            ("nominvalue", flag(options.no_minimum)),
            ("nomaxvalue", flag(options.no_maximum)),
            ("cycle", options.cycle.map(literal::boolean)),
            ("cache", number(options.cache)),
        ];
        let stated = stated
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect();
        let mut call = Call::new(self.sqlalchemy("Identity"));
        for (name, value) in with_model_options(stated, &identity.model_options) {
            call.keyword(&name, value);
        }
        call.text()
    }
}

/// A default without a quote at its start and one at its end: a reflected one brings them along.
fn unquoted(text: &str) -> &str {
    let text = text.strip_prefix('\'').unwrap_or(text);
    text.strip_suffix('\'').unwrap_or(text)
}
