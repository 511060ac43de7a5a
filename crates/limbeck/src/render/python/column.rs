//! Columns: `sa.Column(…)`, and adding and dropping them.

use super::{Call, Item, Writer, literal, writer::with_model_options};
use crate::{
    operation::{AddColumn, ColumnPosition, DropColumn},
    schema::{Check, Column, ColumnDefault, Condition, Constraint},
};

impl Writer<'_> {
    /// `sa.Column(…)`; `None` where the project leaves it out. `checks` are those of its table.
    pub(super) fn column<'c>(
        &mut self,
        column: &'c Column,
        checks: impl IntoIterator<Item = &'c Check>,
        inline: &[String],
    ) -> Option<String> {
        if let Some(own) = self.item(Item::Column(column)) {
            return own;
        }
        let (of_type, own_checks): (Vec<&Check>, Vec<&Check>) =
            column.checks.iter().partition(|check| check.of_type);
        let type_check = of_type
            .into_iter()
            .chain(checks)
            .find(|check| stands_for_type_of(check, column));
        let mut call = Call::new(self.sqlalchemy("Column"));
        call.argument(literal::string(column.name.as_str()));
        call.argument(self.data_type(&column.data_type, type_check));
        let mut options = Vec::new();
        if let Some(default) = &column.default
            && let Some(text) = self.default(default)
        {
            match default {
                ColumnDefault::Computed(_) | ColumnDefault::Identity(_) => {
                    call.argument(text);
                }
                ColumnDefault::Literal(_) | ColumnDefault::Expression(_) => {
                    options.push(("server_default".to_owned(), text));
                }
            }
        }
        for text in inline {
            call.argument(text);
        }
        for check in own_checks {
            call.argument(self.check(check));
        }
        let mut state = |name: &str, value: Option<String>| {
            options.extend(value.map(|value| (name.to_owned(), value)));
        };
        state("autoincrement", column.autoincrement.map(literal::boolean));
        state("nullable", Some(literal::boolean(column.nullable)));
        state("system", column.system.then(|| literal::boolean(true)));
        state("comment", column.comment.as_deref().map(literal::string));
        state(
            "sqlite_on_conflict_not_null",
            column.on_conflict.as_deref().map(literal::string),
        );
        for (name, value) in with_model_options(options, &column.model_options) {
            call.keyword(&name, value);
        }
        Some(call.text())
    }

    /// `op.add_column(…)`
    pub(super) fn add_column(&mut self, add: &AddColumn) -> Option<String> {
        let mut inline = Vec::new();
        for constraint in &add.constraints {
            if let Constraint::ForeignKey(key) = constraint
                && add.inline_references
            {
                inline.push(self.column_foreign_key(key));
            }
        }
        if add.inline_primary_key {
            inline.push("primary_key=True".to_owned());
        }
        let checks = add
            .constraints
            .iter()
            .filter_map(|constraint| match constraint {
                Constraint::Check(check) => Some(check),
                _ => None,
            });
        let column = self.column(&add.column, checks, &inline)?;
        let mut call = Call::new(self.directive("add_column"));
        if !self.in_batch {
            call.argument(literal::string(add.table.name.as_str()));
        }
        call.argument(column);
        match &add.position {
            Some(ColumnPosition::After(other)) => {
                call.keyword("insert_after", literal::string(other.as_str()));
            }
            Some(ColumnPosition::Before(other)) => {
                call.keyword("insert_before", literal::string(other.as_str()));
            }
            Some(ColumnPosition::First) | None => {}
        }
        if !self.in_batch {
            call.keyword_if("schema", self.schema_of(&add.table));
            call.flag("if_not_exists", add.if_not_exists);
        }
        call.flag("inline_references", add.inline_references);
        call.flag("inline_primary_key", add.inline_primary_key);
        Some(call.text())
    }

    /// `op.drop_column(…)`
    pub(super) fn drop_column(&self, drop: &DropColumn) -> String {
        let mut call = Call::new(self.directive("drop_column"));
        if !self.in_batch {
            call.argument(literal::string(drop.table.name.as_str()));
        }
        call.argument(literal::string(drop.column.as_str()));
        if !self.in_batch {
            call.keyword_if("schema", self.schema_of(&drop.table));
            call.flag("if_exists", drop.if_exists);
        }
        call.text()
    }
}

/// Whether SQLAlchemy has words for the column's own checks.
pub(super) fn checks_have_words(column: &Column) -> bool {
    let plain = |check: &Check| !check.no_inherit && !check.not_enforced;
    column.checks.iter().all(plain)
}

/// Whether a CHECK stands for the type of `column`.
pub(super) fn stands_for_type_of(check: &Check, column: &Column) -> bool {
    let (Condition::OneOf { column: name, .. } | Condition::ZeroOrOne { column: name }) =
        &check.condition
    else {
        return false;
    };
    check.of_type && name.as_str() == column.name.as_str()
}
