//! The `import` statement for what is loaded already. Functions of this crate's modules import where they use something, so
//! that nothing is loaded that a script does not need; in a run that is dozens of times for each revision.

use std::{borrow::Cow, collections::HashSet};

use rustpython_vm::{
    PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyDict, PyModule, PyStr, PyTuple},
    function::FuncArgs,
};

/// A function for `builtins.__import__` that finds what is loaded of the packages in `packages`, and asks `otherwise` for
/// everything else.
pub(super) fn importer(
    packages: HashSet<String>,
    otherwise: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult {
    let modules = vm.sys_module.get_attr("modules", vm)?;
    let import = move |arguments: FuncArgs, vm: &VirtualMachine| -> PyResult {
        match loaded(&packages, &modules, &arguments, vm) {
            Some(found) => Ok(found),
            None => otherwise.call(arguments, vm),
        }
    };
    Ok(vm.new_function("__import__", import).into())
}

/// The module that an import statement binds or takes names from, where all of that is there.
fn loaded(
    packages: &HashSet<String>,
    modules: &PyObjectRef,
    arguments: &FuncArgs,
    vm: &VirtualMachine,
) -> Option<PyObjectRef> {
    let [name, globals, _locals, taken, level] = arguments.args.as_slice() else {
        return None;
    };
    if !arguments.kwargs.is_empty() {
        return None;
    }
    let name = name.downcast_ref::<PyStr>()?.to_str()?;
    let name = match level.try_to_value::<usize>(vm).ok()? {
        0 => Cow::Borrowed(name),
        level => Cow::Owned(absolute(name, globals, level, vm)?),
    };
    let name = name.as_ref();
    let package = name.split('.').next()?;
    if !packages.contains(package) {
        return None;
    }
    let modules = modules.downcast_ref::<PyDict>()?;
    let found = modules.get_item_opt(name, vm).ok()??;
    let names = match taken.downcast_ref::<PyTuple>() {
        Some(names) => names.as_slice(),
        None if vm.is_none(taken) => &[],
        None => return None,
    };
    if names.is_empty() {
        return modules.get_item_opt(package, vm).ok()?;
    }
    let values = found.downcast_ref::<PyModule>()?.dict();
    for name in names {
        values
            .get_item_opt(name.downcast_ref::<PyStr>()?, vm)
            .ok()??;
    }
    Some(found)
}

/// The full name of a relative import in a module with these globals.
fn absolute(
    name: &str,
    globals: &PyObjectRef,
    level: usize,
    vm: &VirtualMachine,
) -> Option<String> {
    let globals = globals.downcast_ref::<PyDict>()?;
    let within = globals.get_item_opt("__package__", vm).ok()??;
    let mut within = within.downcast_ref::<PyStr>()?.to_str()?;
    for _ in 1..level {
        within = within.rsplit_once('.')?.0;
    }
    match (within, name) {
        ("", _) => None,
        (_, "") => Some(within.to_owned()),
        _ => Some(format!("{within}.{name}")),
    }
}
