//! What the interpreter is made of: the frozen standard library, the frozen modules of this crate, `_limbeck` and `_limbeck_syntax`.

use std::path::PathBuf;

use rustpython_vm::{
    Interpreter, PyResult, Settings, VirtualMachine, frozen::FrozenLib, gc_state::gc_state,
    import::import_builtin, signal::UserSignalReceiver,
};

use crate::{bridge, failure::Failure, syntax};

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
    // Text is UTF-8 wherever nothing else is said. Asking the locale first would load a tenth of the standard library.
    settings.utf8_mode = 1;
    // What looks for modules in files is set up below, without what looks for them in archives.
    settings.allow_external_library = false;
    collect_rarely();
    let builder = Interpreter::builder(settings);
    let native = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
    let own = bridge::module_def(&builder.ctx);
    let syntax = syntax::module_def(&builder.ctx);
    let builder = builder
        .add_native_modules(&native)
        .add_native_module(own)
        .add_native_module(syntax)
        .add_frozen_modules(rustpython_pylib::FROZEN_STDLIB)
        .init_hook(move |vm| vm.set_user_signal_channel(signals));
    let interpreter = match modules_from_source() {
        Some(_) => builder.build(),
        None => builder.add_frozen_modules(FROZEN).build(),
    };
    if let Err(exception) = interpreter.enter(find_in_files) {
        let reason = interpreter.enter(|vm| Failure::read(&exception, vm).into_error());
        tracing::error!(%reason, "modules in files cannot be imported");
    }
    interpreter
}

/// Lets imports find modules in files.
fn find_in_files(vm: &VirtualMachine) -> PyResult<()> {
    for name in ["posix", "nt", "marshal"] {
        // The one of the other system is not there.
        let _ = import_builtin(vm, name);
    }
    let system = vm.import("_frozen_importlib", 0)?;
    vm.call_method(&system, "_install_external_importers", ())?;
    Ok(())
}

/// What a script leaves behind is mostly found by counting references. A search for cycles goes through all that was loaded,
/// and forgets what the interpreter has learned about attributes; at the usual interval loading alone would cause dozens.
fn collect_rarely() {
    gc_state().set_threshold(OBJECTS_BETWEEN_COLLECTIONS, None, None);
}

/// Some tens of megabytes of small objects, which is more than a run's modules are.
const OBJECTS_BETWEEN_COLLECTIONS: u32 = 300_000;

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
