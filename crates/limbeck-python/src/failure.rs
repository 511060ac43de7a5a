//! An exception that a script let pass, as the engine's errors.

use limbeck::{operation::SourceLocation, script::CodeError};
use rustpython_vm::{
    AsObject, PyObjectRef, PyResult, VirtualMachine, builtins::PyBaseExceptionRef,
};

use crate::interpreter::NotRunning;

/// What is known of an exception outside Python.
#[derive(Debug, Default)]
pub(crate) struct Failure {
    message: String,
    location: Option<SourceLocation>,
    traceback: Option<String>,
    needs: Option<String>,
    /// The number of the context's own error, when that is what was let pass.
    pub(crate) refused: Option<u64>,
}

impl Failure {
    /// Reads an exception. Never fails: an exception that cannot be described is described as that.
    pub(crate) fn read(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> Failure {
        described(exception, vm).unwrap_or_else(|_| Failure {
            message: exception.class().name().to_string(),
            ..Failure::default()
        })
    }

    /// The error of a script.
    pub(crate) fn into_error(self) -> CodeError {
        CodeError {
            message: self.message,
            location: self.location,
            traceback: self.traceback,
            needs: self.needs,
            hint: None,
            refused: None,
        }
    }
}

/// Asks `limbeck_runtime.traceback_text`, which gives `(message, traceback, file, line, column, needs, failure)`.
fn described(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> PyResult<Failure> {
    let describe = function("limbeck_runtime.traceback_text", "describe", vm)?;
    let told = describe.call((exception.clone(),), vm)?;
    let told: Vec<PyObjectRef> = told.try_to_value(vm)?;
    let [message, traceback, file, line, column, needs, failure] = told.as_slice() else {
        return Err(vm.new_value_error("describe() gave something else"));
    };
    let file: Option<String> = optional(file, vm)?;
    let line: u32 = line.try_to_value(vm)?;
    let column: u32 = column.try_to_value(vm)?;
    Ok(Failure {
        message: message.try_to_value(vm)?,
        traceback: optional(traceback, vm)?,
        location: file.map(|path| SourceLocation {
            path: path.into(),
            line,
            column,
        }),
        needs: optional(needs, vm)?,
        refused: optional(failure, vm)?,
    })
}

fn optional<T: rustpython_vm::TryFromObject>(
    value: &PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<Option<T>> {
    value.clone().try_into_value(vm)
}

/// A function of a module of this crate.
pub(crate) fn function(
    module: &'static str,
    name: &'static str,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let modules = vm.sys_module.get_attr("modules", vm)?;
    let found = match modules.get_item(module, vm) {
        Ok(found) => found,
        Err(_) => {
            vm.import(module, 0)?;
            modules.get_item(module, vm)?
        }
    };
    found.get_attr(name, vm)
}

impl From<NotRunning> for CodeError {
    fn from(error: NotRunning) -> Self {
        CodeError {
            message: error.to_string(),
            location: None,
            traceback: None,
            needs: None,
            hint: None,
            refused: None,
        }
    }
}
