//! Tables, columns, constraints and indexes as MySQL and MariaDB write them.

use super::{Mysql, alter, grant, options};
use crate::{
    dialect::{
        DdlError, Dialect, Statement, Values,
        ansi::{self, Grammar, Quoting, Surroundings},
    },
    operation::{AlterColumn, CreateIndex, DropConstraint, DropIndex, Operation},
    schema::{Column, ConstraintKind, DataType, QualifiedName, Table},
};

/// The statements of an operation.
pub(super) fn statements(
    dialect: &Mysql,
    operation: &Operation,
    values: Values,
) -> Result<Vec<Statement>, DdlError> {
    let text = match operation {
        Operation::DropConstraint(drop) => drop_constraint(dialect, drop)?,
        Operation::SetTableOptions(set) => {
            let options = options::own(dialect, &set.options);
            let text = match &set.existing {
                Some(existing) => {
                    options::change(dialect, options::own(dialect, existing), options)
                }
                None => options::text(dialect, options, None),
            };
            if text.is_empty() {
                return Ok(Vec::new());
            }
            format!("{} {text}", ansi::alter_table(dialect, &set.table))
        }
        Operation::RenameIndex(rename) if dialect.capabilities.rename_index => {
            let table = required_table(dialect, operation, rename.table.as_ref())?;
            format!(
                "{} RENAME INDEX {} TO {}",
                ansi::alter_table(dialect, table),
                ansi::index_name(dialect, &rename.index.name)?,
                ansi::index_name(dialect, &rename.new_name)?
            )
        }
        Operation::RenameView(rename) if !rename.materialized => format!(
            "RENAME TABLE {} TO {}",
            dialect.qualified(&rename.view),
            dialect.qualified(&rename.view.sibling(rename.new_name.clone()))
        ),
        Operation::RenameSequence(rename) if dialect.capabilities.sequences => format!(
            "RENAME TABLE {} TO {}",
            dialect.qualified(&rename.name),
            dialect.qualified(&rename.name.sibling(rename.new_name.clone()))
        ),
        Operation::GrantPrivileges(one) => grant::give(dialect, &one.grant)?,
        Operation::RevokePrivileges(one) => grant::take(dialect, &one.grant)?,
        other => return ansi::statements(dialect, other, values),
    };
    Ok(vec![Statement::new(text)])
}

fn required_table<'a>(
    dialect: &Mysql,
    operation: &Operation,
    table: Option<&'a QualifiedName>,
) -> Result<&'a QualifiedName, DdlError> {
    table.ok_or_else(|| DdlError::Missing {
        dialect: dialect.name(),
        subject: operation.to_string(),
        what: "the table of the index",
        advice: "give its name",
    })
}

/// Every kind of constraint has a statement of its own.
fn drop_constraint(dialect: &Mysql, drop: &DropConstraint) -> Result<String, DdlError> {
    let operation = Operation::from(drop.clone());
    let missing = |what, advice| DdlError::Missing {
        dialect: dialect.name(),
        subject: operation.to_string(),
        what,
        advice,
    };
    if drop.if_exists && !dialect.capabilities.constraint_if_exists {
        return Err(DdlError::Unsupported {
            dialect: dialect.name(),
            subject: operation.to_string(),
            feature: "IF EXISTS for constraints",
            advice: "leave it out",
        });
    }
    let kind = match drop.kind {
        Some(ConstraintKind::PrimaryKey) => {
            return Ok(format!(
                "{} DROP PRIMARY KEY",
                ansi::alter_table(dialect, &drop.table)
            ));
        }
        Some(ConstraintKind::ForeignKey) => "FOREIGN KEY",
        Some(ConstraintKind::Unique) => "INDEX",
        Some(ConstraintKind::Check) if dialect.capabilities.drop_check_as_constraint => {
            "CONSTRAINT"
        }
        Some(ConstraintKind::Check) => "CHECK",
        Some(ConstraintKind::Exclude) | None => {
            return Err(missing(
                "the kind of the constraint",
                "say foreignkey, primary, unique or check",
            ));
        }
    };
    let name = drop
        .name
        .as_ref()
        .ok_or_else(|| missing("the constraint's name", "look it up in the database"))?;
    Ok(format!(
        "{} DROP {kind} {}{}",
        ansi::alter_table(dialect, &drop.table),
        if drop.if_exists { "IF EXISTS " } else { "" },
        ansi::constraint_name(dialect, name)?
    ))
}

impl Grammar for Mysql {
    fn quoting(&self) -> &Quoting {
        &self.quoting
    }

    fn column_definition(
        &self,
        column: &Column,
        surroundings: &Surroundings<'_>,
    ) -> Result<String, DdlError> {
        let mut text = format!(
            "{} {}",
            self.quote(&column.name),
            self.type_text(&column.data_type)?
        );
        let mut nullable = column.nullable;
        if let Some(computed) = column.computed() {
            text.push_str(&format!(" {}", ansi::computed(computed)));
            nullable |= column.nullable_unstated && !self.capabilities.computed_not_null;
        }
        if !nullable {
            text.push_str(" NOT NULL");
        } else if self.is_timestamp(&column.data_type) {
            // Without it the server makes the first timestamp of a table NOT NULL.
            text.push_str(" NULL");
        }
        if let Some(comment) = &column.comment {
            text.push_str(&format!(" COMMENT {}", self.quoting.text(comment)));
        }
        let numbered = ansi::autoincrement_column(surroundings)?
            .is_some_and(|numbered| numbered.name.as_str() == column.name.as_str());
        let default = ansi::default_text(self, column.default.as_ref());
        match default {
            None if numbered && column.computed().is_none() => text.push_str(" AUTO_INCREMENT"),
            None => {}
            Some(default) if self.wants_parentheses(&default) => {
                text.push_str(&format!(" DEFAULT ({default})"));
            }
            Some(default) => text.push_str(&format!(" DEFAULT {default}")),
        }
        Ok(text)
    }

    fn table_suffix(&self, table: &Table) -> Result<String, DdlError> {
        let own = options::own(self, &table.options);
        Ok(options::text(self, own, table.comment.as_deref()))
    }

    fn alter_column(&self, alter: &AlterColumn) -> Result<Vec<Statement>, DdlError> {
        alter::alter_column(self, alter)
    }

    fn create_index(&self, create: &CreateIndex) -> Result<String, DdlError> {
        ansi::index_nulls_distinct(self, create)?;
        let index = &create.index;
        let kind = match &index.prefix {
            Some(prefix) => format!("{} ", ansi::phrase(prefix, "index prefix")?),
            None => String::new(),
        };
        let head = ansi::IndexHead {
            kind,
            ..ansi::IndexHead::default()
        };
        let mut text = format!(
            "{} ON {} ({})",
            ansi::create_index_head(self, create, &head)?,
            self.qualified(&create.table),
            ansi::index_elements(self, &index.elements).join(", ")
        );
        if let Some(parser) = &index.parser {
            text.push_str(&format!(
                " WITH PARSER {}",
                ansi::phrase(parser, "WITH PARSER")?
            ));
        }
        if let Some(using) = &index.using {
            text.push_str(&format!(" USING {}", ansi::phrase(using, "USING")?));
        }
        if let Some(comment) = &index.comment {
            text.push_str(&format!(" COMMENT {}", self.quoting.text(comment)));
        }
        Ok(text)
    }

    fn drop_index(&self, drop: &DropIndex) -> Result<String, DdlError> {
        let operation = Operation::from(drop.clone());
        let table = required_table(self, &operation, drop.table.as_ref())?;
        Ok(format!(
            "DROP INDEX {}{} ON {}",
            ansi::if_exists(self, drop)?,
            ansi::index_name(self, &drop.index.name)?,
            self.qualified(table)
        ))
    }
}

impl Mysql {
    fn is_timestamp(&self, data_type: &DataType) -> bool {
        matches!(data_type.for_dialect(self.name.as_str()),
            DataType::Named(named) if named.name == "TIMESTAMP")
    }

    /// Expressions go in parentheses, except those that the server knew as defaults before it took expressions.
    fn wants_parentheses(&self, default: &str) -> bool {
        let lower = default.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        let on_update = words.windows(2).any(|pair| pair == ["on", "update"]);
        let precise = ["now(", "current_timestamp("].iter().any(|start| {
            lower
                .strip_prefix(start)
                .and_then(|rest| rest.split_once(')'))
                .is_some_and(|(digits, _)| digits.parse::<u8>().is_ok())
        });
        self.capabilities.default_in_parentheses
            && ansi::needs_parentheses(default)
            && !on_update
            && !precise
    }
}
