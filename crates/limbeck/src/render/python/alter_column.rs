//! Changing columns: `op.alter_column(…)`.

use super::{Call, Writer, literal};
use crate::operation::{AlterColumn, ColumnPosition};

/// Between the arguments: Alembic puts each on a line of its own.
const SEPARATOR: &str = ",\n           ";

impl Writer<'_> {
    /// `op.alter_column(…)`
    pub(super) fn alter_column(&mut self, alter: &AlterColumn) -> String {
        let existing = &alter.existing;
        let mut head = literal::string(alter.column.as_str());
        if !self.in_batch {
            head = format!("{}, {head}", literal::string(alter.table.name.as_str()));
        }
        let mut call = Call::new(self.directive("alter_column"));
        call.argument(head);
        if let Some(data_type) = &existing.data_type {
            call.keyword(
                "existing_type",
                self.data_type(data_type, alter.drop_check.as_ref()),
            );
        }
        if let Some(default) = alter.default.value() {
            let text = default.as_ref().and_then(|default| self.default(default));
            call.keyword("server_default", text.as_deref().unwrap_or("None"));
        }
        let new_name = alter.new_name.as_ref();
        call.keyword_if(
            "new_column_name",
            new_name.map(|name| literal::string(name.as_str())),
        );
        if let Some(data_type) = &alter.data_type {
            call.keyword("type_", self.data_type(data_type, alter.add_check.as_ref()));
        }
        call.keyword_if("nullable", alter.nullable.map(literal::boolean));
        if let Some(comment) = alter.comment.value() {
            call.keyword("comment", literal::string_or_none(comment.as_deref()));
        }
        let existing_comment = existing.comment.as_deref();
        call.keyword_if("existing_comment", existing_comment.map(literal::string));
        if alter.nullable.is_none() {
            call.keyword_if("existing_nullable", existing.nullable.map(literal::boolean));
        }
        call.keyword_if("autoincrement", alter.autoincrement.map(literal::boolean));
        if alter.default.is_no()
            && let Some(Some(default)) = existing.default.value()
        {
            let text = self.default(default);
            call.keyword_if("existing_server_default", text);
        }
        call.keyword_if(
            "existing_autoincrement",
            existing.autoincrement.map(literal::boolean),
        );
        let using = alter.using.as_deref();
        call.keyword_if("postgresql_using", using.map(literal::string));
        let conflict = alter.on_conflict.as_deref();
        call.keyword_if("sqlite_on_conflict_not_null", conflict.map(literal::string));
        match &alter.position {
            Some(ColumnPosition::After(other)) => {
                call.keyword("insert_after", literal::string(other.as_str()));
            }
            Some(ColumnPosition::Before(other)) => {
                call.keyword("insert_before", literal::string(other.as_str()));
            }
            Some(ColumnPosition::First) | None => {}
        }
        if !self.in_batch {
            call.keyword_if("schema", self.schema_of(&alter.table));
        }
        call.separated(SEPARATOR)
    }
}
