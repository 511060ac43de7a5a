//! Operations of an `autocommit_block()`: each statement of theirs runs outside the transaction.

use limbeck::{
    dialect::{Dialect, DialectName, Values},
    operation::{Execute, Operation},
};

use super::{request::Refusal, services::refused};

/// The same as statements that are to run outside the transaction. A change to a table of SQLite's stays what it is: the engine
/// may have to make the table anew, which is a transaction of its own.
pub(super) fn outside_transaction(
    operations: Vec<Operation>,
    language: &dyn Dialect,
) -> Result<Vec<Operation>, Refusal> {
    let mut found = Vec::with_capacity(operations.len());
    for operation in operations {
        match operation {
            Operation::Execute(mut execute) => {
                execute.autocommit = true;
                found.push(Operation::Execute(execute));
            }
            operation if may_be_rebuild(&operation, language.name()) => found.push(operation),
            operation => {
                let statements = language
                    .statements(&operation, Values::Bound)
                    .map_err(|error| refused(&error.to_string()))?;
                found.extend(statements.into_iter().map(|statement| {
                    let mut execute = Box::new(Execute::new(statement.sql));
                    execute.parameters = statement.parameters;
                    execute.autocommit = true;
                    Operation::Execute(execute)
                }));
            }
        }
    }
    Ok(found)
}

fn may_be_rebuild(operation: &Operation, dialect: DialectName) -> bool {
    let plain = matches!(
        operation,
        Operation::CreateTable(_)
            | Operation::DropTable(_)
            | Operation::CreateIndex(_)
            | Operation::DropIndex(_)
    );
    dialect == DialectName::Sqlite && !plain
}
