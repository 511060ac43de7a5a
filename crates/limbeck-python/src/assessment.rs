//! What a script in Python needs of the application, found out without running it.

use std::path::{Path, PathBuf};

use limbeck::{
    operation::SourceLocation,
    script::{CodeError, Header},
};
use rustpython_vm::{PyResult, VirtualMachine};
use serde::Deserialize;

use crate::{
    FrontEnd,
    bridge::{Services, data_from_python},
    failure::{Failure, function},
};

/// A name that a script reaches and that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingName {
    /// Its full name, such as `app.models.User`.
    pub name: String,
    /// The functions that reach it: `upgrade`, `downgrade` or both.
    pub directions: Vec<String>,
    /// The import that should bring it.
    pub location: SourceLocation,
    /// Why its module could not be loaded, when there is a file of it.
    pub reason: Option<String>,
}

#[derive(Deserialize)]
struct Told {
    name: String,
    directions: Vec<String>,
    file: PathBuf,
    line: u32,
    reason: Option<String>,
}

impl FrontEnd {
    /// Loads a script and follows what its functions use. Nothing of it is run but the module's own code.
    ///
    /// # Errors
    /// [`CodeError`] when the module cannot be loaded; with `needs` when only the application is missing for it.
    pub async fn missing_names(&self, header: &Header) -> Result<Vec<MissingName>, CodeError> {
        let path = header.path.to_string_lossy().into_owned();
        let mut services = Services::new(self.shared(), None);
        let assessed = self.run(&mut services, move |vm| {
            assessed(vm, path).map_err(|error| Failure::read(&error, vm))
        });
        match assessed.await {
            Ok(Ok(told)) => Ok(told.into_iter().map(missing_name).collect()),
            Ok(Err(failure)) => Err(failure.into_error()),
            Err(error) => Err(error.into()),
        }
    }

    /// Where a file imports a name that was missed when it ran, and why the name is not there; `None` when Python is gone.
    pub async fn missing_name(&self, name: &str, file: &Path) -> Option<MissingName> {
        let name = name.to_owned();
        let path = file.to_string_lossy().into_owned();
        let mut services = Services::new(self.shared(), None);
        let described = self.run(&mut services, move |vm| described(vm, name, path).ok());
        described.await.ok().flatten().map(missing_name)
    }
}

fn described(vm: &VirtualMachine, name: String, path: String) -> PyResult<Told> {
    let told = function("limbeck_runtime.assess_all", "describe", vm)?.call((name, path), vm)?;
    let told = data_from_python(&told, vm)?;
    serde_json::from_value(told).map_err(|error| vm.new_value_error(error.to_string()))
}

fn assessed(vm: &VirtualMachine, path: String) -> PyResult<Vec<Told>> {
    let told = function("limbeck_runtime.assess_all", "assess_all", vm)?.call((path,), vm)?;
    let told = data_from_python(&told, vm)?;
    serde_json::from_value(told).map_err(|error| vm.new_value_error(error.to_string()))
}

fn missing_name(told: Told) -> MissingName {
    MissingName {
        name: told.name,
        directions: told.directions,
        location: SourceLocation {
            path: told.file,
            line: told.line,
            column: 0,
        },
        reason: told.reason,
    }
}
