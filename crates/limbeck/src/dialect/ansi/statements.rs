//! Every operation that standard SQL can say.

use super::{
    Grammar, alter,
    data::bulk_insert,
    name::{alter_table, constraint_name},
    object, table,
};
use crate::{
    dialect::{AlterForm, CommentForm, DdlError, Isolation, Statement, Values},
    operation::{AlterColumn, DropConstraint, Execute, Operation, SetTableComment},
};

/// The statements of an operation in standard SQL, as far as the capabilities go.
pub(in crate::dialect) fn statements(
    grammar: &dyn Grammar,
    operation: &Operation,
    values: Values,
) -> Result<Vec<Statement>, DdlError> {
    let capabilities = grammar.capabilities();
    let no = |feature, advice| DdlError::Unsupported {
        dialect: grammar.name(),
        subject: operation.to_string(),
        feature,
        advice,
    };
    let wants = |has: bool, feature| {
        if has {
            Ok(())
        } else {
            Err(no(feature, ELSEWHERE))
        }
    };
    let rebuild = |needed: bool| match operation.table() {
        Some(table) if needed => Err(DdlError::NeedsRebuild {
            dialect: grammar.name(),
            subject: operation.to_string(),
            table: table.clone(),
        }),
        _ => Ok(()),
    };
    match operation {
        Operation::CreateTable(create) => table::create_table(grammar, create),
        Operation::DropTable(drop) => Ok(table::drop_table(grammar, drop)),
        Operation::RenameTable(rename) => Ok(table::rename_table(grammar, rename)),
        Operation::SetTableComment(set) => {
            wants(capabilities.comments != CommentForm::None, "comments")?;
            Ok(vec![table_comment(grammar, set)])
        }
        Operation::AddColumn(add) => {
            wants(
                !add.if_not_exists || capabilities.column_if_exists,
                COLUMN_IF_EXISTS,
            )?;
            table::add_column(grammar, add)
        }
        Operation::DropColumn(drop) => {
            wants(
                !drop.if_exists || capabilities.column_if_exists,
                COLUMN_IF_EXISTS,
            )?;
            table::drop_column(grammar, drop)
        }
        Operation::AlterColumn(change) => {
            rebuild(capabilities.alter == AlterForm::Rebuild && !only_renames(change))?;
            checked_alter(grammar, change)
        }
        Operation::AddConstraint(add) => {
            rebuild(table::constraints_need_rebuild(grammar))?;
            table::add_constraint(grammar, add)
        }
        Operation::DropConstraint(drop) => {
            rebuild(table::constraints_need_rebuild(grammar))?;
            drop_constraint(grammar, drop)
        }
        Operation::RenameConstraint(rename) => {
            rebuild(table::constraints_need_rebuild(grammar))?;
            wants(capabilities.rename_constraint, "way to rename a constraint")?;
            Ok(vec![Statement::new(format!(
                "{} RENAME CONSTRAINT {} TO {}",
                alter_table(grammar, &rename.table),
                constraint_name(grammar, &rename.name)?,
                constraint_name(grammar, &rename.new_name)?
            ))])
        }
        Operation::CreateIndex(create) => Ok(vec![Statement::new(grammar.create_index(create)?)]),
        Operation::DropIndex(drop) => Ok(vec![Statement::new(grammar.drop_index(drop)?)]),
        Operation::BulkInsert(insert) => bulk_insert(grammar, insert, values),
        Operation::Execute(execute) => Ok(vec![own_statement(execute)]),
        Operation::CreateSchema(create) => {
            wants(capabilities.schemas, "schemas")?;
            Ok(vec![object::create_schema(grammar, create)])
        }
        Operation::DropSchema(drop) => {
            wants(capabilities.schemas, "schemas")?;
            Ok(vec![object::drop_schema(grammar, drop)])
        }
        Operation::CreateSequence(create) => {
            wants(capabilities.sequences, "sequences")?;
            Ok(vec![object::create_sequence(grammar, create)?])
        }
        Operation::AlterSequence(change) => {
            wants(capabilities.sequences, "sequences")?;
            Ok(object::alter_sequence(grammar, change)?
                .into_iter()
                .collect())
        }
        Operation::DropSequence(drop) => {
            wants(capabilities.sequences, "sequences")?;
            Ok(vec![object::drop_sequence(grammar, drop)])
        }
        Operation::CreateView(create) => object::create_view(grammar, create),
        Operation::DropView(drop) => Ok(vec![object::drop_view(grammar, drop)]),
        Operation::CreateRoutine(create) => {
            wants(capabilities.routines, "functions and procedures of its own")?;
            Ok(vec![Statement::new(create.routine.definition.clone())])
        }
        Operation::DropRoutine(drop) => {
            wants(capabilities.routines, "functions and procedures of its own")?;
            Ok(vec![object::drop_routine(grammar, drop)])
        }
        Operation::CreateTrigger(create) => {
            Ok(vec![Statement::new(create.trigger.definition.clone())])
        }
        Operation::DropTrigger(drop) => Ok(vec![object::drop_trigger(grammar, drop)]),
        Operation::RestateTable(_) => Ok(Vec::new()),
        Operation::SetTableOptions(_) => Err(no("such table options", ELSEWHERE)),
        Operation::RenameIndex(_) => Err(no("way to rename an index", "drop it and create it")),
        Operation::RenameView(_) => Err(no("way to rename a view", "drop it and create it")),
        Operation::RenameSchema(_) => Err(no("way to rename a schema", ELSEWHERE)),
        Operation::RenameSequence(_) => Err(no("way to rename a sequence", ELSEWHERE)),
        Operation::ValidateConstraint(_) => Err(no("constraints that are not valid", ELSEWHERE)),
        Operation::CreateEnum(_)
        | Operation::DropEnum(_)
        | Operation::RenameEnum(_)
        | Operation::AddEnumValue(_)
        | Operation::RenameEnumValue(_)
        | Operation::ChangeEnum(_) => Err(no(
            "enum types of their own",
            "change the type of the columns that hold the values",
        )),
        Operation::CreateDomain(_) | Operation::AlterDomain(_) | Operation::DropDomain(_) => {
            Err(no("domains", ELSEWHERE))
        }
        Operation::CreateMaterializedView(_)
        | Operation::DropMaterializedView(_)
        | Operation::RefreshMaterializedView(_) => Err(no("materialized views", ELSEWHERE)),
        Operation::CreateExtension(_) | Operation::DropExtension(_) => {
            Err(no("extensions", ELSEWHERE))
        }
        Operation::CreatePolicy(_) | Operation::DropPolicy(_) | Operation::SetRowSecurity(_) => {
            Err(no("row-level security", ELSEWHERE))
        }
        Operation::GrantPrivileges(_) | Operation::RevokePrivileges(_) => {
            Err(no("privileges", ELSEWHERE))
        }
    }
}

const ELSEWHERE: &str = "limit the operation to databases that have it";
const COLUMN_IF_EXISTS: &str = "IF EXISTS for columns";

/// Whether nothing but the column's name changes, which every database can do in place.
fn only_renames(change: &AlterColumn) -> bool {
    change.new_name.is_some() && !change.changes_definition()
}

fn checked_alter(grammar: &dyn Grammar, change: &AlterColumn) -> Result<Vec<Statement>, DdlError> {
    if let Some(place) = &change.position {
        alter::position(grammar, &change.table, &change.column, place)?;
    }
    let mut statements = Vec::new();
    let changes_checks = !table::constraints_need_rebuild(grammar);
    // Where a column is written anew there may be no such CHECK: MySQL forgot them until 8.0.16. Alembic leaves it, too.
    if changes_checks && grammar.capabilities().alter == AlterForm::Clauses {
        let drop = alter::drop_type_check(grammar, change)?;
        statements.extend(drop.map(Statement::new));
    }
    statements.extend(grammar.alter_column(change)?);
    if changes_checks {
        let add = alter::add_type_check(grammar, change)?;
        statements.extend(add.map(Statement::new));
    }
    Ok(statements)
}

fn table_comment(grammar: &dyn Grammar, set: &SetTableComment) -> Statement {
    let comment = set.comment.as_deref();
    Statement::new(match grammar.capabilities().comments {
        CommentForm::Inline => format!(
            "{} COMMENT {}",
            alter_table(grammar, &set.table),
            grammar.quoting().text(comment.unwrap_or_default())
        ),
        CommentForm::None | CommentForm::Statement => {
            table::comment_on_table(grammar, &set.table, comment)
        }
    })
}

fn drop_constraint(
    grammar: &dyn Grammar,
    drop: &DropConstraint,
) -> Result<Vec<Statement>, DdlError> {
    let name = drop.name.as_ref().ok_or_else(|| DdlError::Missing {
        dialect: grammar.name(),
        subject: format!("drop constraint of {}", drop.table),
        what: "the constraint's name",
        advice: "look it up in the database and give it",
    })?;
    Ok(vec![Statement::new(format!(
        "{} DROP CONSTRAINT {}{}{}",
        alter_table(grammar, &drop.table),
        if drop.if_exists { "IF EXISTS " } else { "" },
        constraint_name(grammar, name)?,
        if drop.cascade { " CASCADE" } else { "" }
    ))])
}

fn own_statement(execute: &Execute) -> Statement {
    Statement {
        sql: execute.sql.clone(),
        parameters: execute.parameters.clone(),
        isolation: if execute.autocommit {
            Isolation::Autocommit
        } else {
            Isolation::Transaction
        },
        batches: execute.batches.clone(),
        location: execute.location.clone(),
    }
}
