//! A revision's script in Python, as the engine runs it.

use limbeck::{
    dialect::{BoxFuture, DialectName},
    script::{CodeError, Direction, Header, Script, ScriptContext, ScriptError},
};
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::{
    bridge::Services,
    failure::{Failure, function},
    front_end::FrontEnd,
};

/// A script in Python.
pub(crate) struct PythonScript {
    header: Header,
    front_end: FrontEnd,
}

impl PythonScript {
    pub(crate) fn new(header: Header, front_end: FrontEnd) -> Self {
        PythonScript { header, front_end }
    }

    fn path(&self) -> String {
        self.header.path.to_string_lossy().into_owned()
    }
}

impl Script for PythonScript {
    fn header(&self) -> &Header {
        &self.header
    }

    /// Loads the module, and asks whether its functions need what is not there.
    fn check(
        &self,
        direction: Direction,
        _dialect: DialectName,
    ) -> BoxFuture<'_, Result<(), ScriptError>> {
        let path = self.path();
        Box::pin(async move {
            let mut services = Services::new(self.front_end.shared(), None);
            let assessed = self.front_end.run(&mut services, move |vm| {
                called(vm, "assess", &path, direction).map_err(|error| Failure::read(&error, vm))
            });
            match assessed.await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(failure)) => Err(ScriptError::Code(Box::new(failure.into_error()))),
                Err(error) => Err(ScriptError::Code(Box::new(error.into()))),
            }
        })
    }

    fn run<'a>(
        &'a self,
        direction: Direction,
        context: &'a mut dyn ScriptContext,
    ) -> BoxFuture<'a, Result<(), ScriptError>> {
        let path = self.path();
        Box::pin(async move {
            let mut services = Services::new(self.front_end.shared(), Some(context));
            let ran = self.front_end.run(&mut services, move |vm| {
                called(vm, "run", &path, direction).map_err(|error| Failure::read(&error, vm))
            });
            let ran = ran
                .await
                .map_err(|error| ScriptError::Code(Box::new(error.into())))?;
            // Whatever the script made of it.
            if let Some(fatal) = services.take_fatal() {
                return Err(ScriptError::Context(fatal));
            }
            let Err(failure) = ran else {
                return Ok(());
            };
            let refused = failure
                .refused
                .and_then(|number| services.take_failure(number));
            Err(ScriptError::Code(Box::new(CodeError {
                refused,
                ..failure.into_error()
            })))
        })
    }

    fn is_list(&self) -> bool {
        false
    }

    /// Reads the text: what cannot occur in a script without being named there is not done by it.
    fn may_rebuild_tables(&self, _direction: Direction) -> bool {
        const NAMES: [&str; 9] = [
            "batch_alter_table",
            "alter_column",
            "create_foreign_key",
            "create_unique_constraint",
            "create_check_constraint",
            "create_primary_key",
            "drop_constraint",
            "drop_column",
            "ALTER",
        ];
        // What cannot be read is told when it is run. A script that calls other modules may do anything.
        std::fs::read_to_string(&self.header.path)
            .map_or(true, |text| NAMES.iter().any(|name| text.contains(name)))
    }
}

/// Calls a function of `limbeck_runtime.loader` with the script and the name of the direction's function.
fn called(
    vm: &VirtualMachine,
    name: &'static str,
    path: &str,
    direction: Direction,
) -> PyResult<PyObjectRef> {
    function("limbeck_runtime.loader", name, vm)?.call((path.to_owned(), direction.to_string()), vm)
}
