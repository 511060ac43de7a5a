//! What the interpreter is made of: the frozen standard library, the frozen modules of this crate, and `_limbeck`.

use std::path::PathBuf;

use rustpython_vm::{Interpreter, Settings, frozen::FrozenLib, signal::UserSignalReceiver};

use crate::bridge;

/// The modules under `python/`: the names that scripts import, and the Python side of the bridge.
const FROZEN: &FrozenLib = rustpython_vm::py_freeze!(dir = "../../python");

/// Builds the interpreter, on the thread that will run it: its limits are those of that thread's stack.
pub(super) fn interpreter(arguments: Vec<String>, signals: UserSignalReceiver) -> Interpreter {
    let mut settings = Settings::default();
    settings.argv = arguments;
    // Ctrl-C belongs to the program around the interpreter.
    settings.install_signal_handlers = false;
    // `site` looks for packages, which are not looked for here, and costs as much as all the rest of the start.
    settings.import_site = false;
    settings.write_bytecode = false;
    settings.user_site_directory = false;
    settings.ignore_environment = true;
    let builder = Interpreter::builder(settings);
    let native = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
    let own = bridge::module_def(&builder.ctx);
    let builder = builder
        .add_native_modules(&native)
        .add_native_module(own)
        .add_frozen_modules(rustpython_pylib::FROZEN_STDLIB)
        .init_hook(move |vm| vm.set_user_signal_channel(signals));
    match modules_from_source() {
        Some(_) => builder.build(),
        None => builder.add_frozen_modules(FROZEN).build(),
    }
}

/// A directory whose modules take the place of the frozen ones, so that they can be changed without compiling anything. For
/// the development of this crate only: a release build does not look for it.
#[cfg(debug_assertions)]
pub(crate) fn modules_from_source() -> Option<PathBuf> {
    std::env::var_os("LIMBECK_PYTHON_MODULES").map(PathBuf::from)
}

/// A release build has its own modules only.
#[cfg(not(debug_assertions))]
pub(crate) fn modules_from_source() -> Option<PathBuf> {
    None
}
