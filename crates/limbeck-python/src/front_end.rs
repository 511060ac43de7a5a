//! The front end as a program sees it: made once for a project, it runs the project's scripts in Python.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use limbeck::{
    migrator::Project,
    script::{Header, Script},
};
use rustpython_vm::{PyResult, VirtualMachine};
use serde_json::Value;

use crate::{
    bridge::{Services, Shared},
    environment,
    failure::function,
    interpreter::{Interpreter, NotRunning},
    script::PythonScript,
    template::Templates,
};

/// What Python is told about its surroundings.
#[derive(Clone, Debug, Default)]
pub struct FrontEndOptions {
    /// `sys.path`: where modules of the project are looked for, best first.
    pub search_paths: Vec<PathBuf>,
    /// `sys.argv`.
    pub arguments: Vec<String>,
    /// Whether connections are for looking only: the file of a SQLite database that is missing is not made.
    pub to_read: bool,
    /// What `context.config` is made of where no env.py runs; nothing when it is null.
    pub configuration: Value,
}

/// Runs scripts in Python. The interpreter starts with the first piece of Python that runs, and ends with the front end.
#[derive(Clone)]
pub struct FrontEnd(Arc<Inner>);

struct Inner {
    options: FrontEndOptions,
    shared: Arc<Shared>,
    interpreter: Mutex<Option<Interpreter>>,
}

impl FrontEnd {
    /// A front end; nothing is started yet.
    pub fn new(mut options: FrontEndOptions) -> Self {
        let shared = Shared::new(options.to_read, options.configuration.take());
        FrontEnd(Arc::new(Inner {
            shared: Arc::new(shared),
            options,
            interpreter: Mutex::new(None),
        }))
    }

    /// A front end for a project: modules are looked for where its settings say, and below the place where it keeps its
    /// scripts.
    pub fn of(project: &Project, arguments: Vec<String>) -> Self {
        FrontEnd::new(FrontEndOptions {
            search_paths: project.settings().import_paths(),
            arguments,
            to_read: false,
            configuration: environment::configuration_without(project),
        })
    }

    /// The same for a command that only looks.
    pub fn to_read(project: &Project, arguments: Vec<String>) -> Self {
        FrontEnd::new(FrontEndOptions {
            search_paths: project.settings().import_paths(),
            arguments,
            to_read: true,
            configuration: environment::configuration_without(project),
        })
    }

    /// Lets this front end run the project's scripts in Python.
    pub fn attach(&self, project: &mut Project) {
        project.run_python_with(|header| self.script(header));
        let templates = Templates::new(self.clone(), &project.settings().source);
        project.fill_templates_with(Arc::new(templates));
    }

    /// What runs the script with this header.
    pub fn script(&self, header: &Header) -> Arc<dyn Script> {
        Arc::new(PythonScript::new(header.clone(), self.clone()))
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.0.shared
    }

    /// Does `work` on the interpreter's thread, which is started when it has to be.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        services: &mut Services<'_>,
        work: impl FnOnce(&VirtualMachine) -> T + Send + 'static,
    ) -> Result<T, NotRunning> {
        let (interpreter, is_new) = self.interpreter()?;
        if is_new {
            let paths = self.0.options.search_paths.clone();
            let prepared = interpreter.run(services, move |vm| {
                prepare(&paths, vm)
                    .map_err(|exception| crate::failure::Failure::read(&exception, vm))
            });
            if let Err(failure) = prepared.await? {
                return Err(NotRunning(failure.into_error().to_string()));
            }
        }
        interpreter.run(services, work).await
    }

    fn interpreter(&self) -> Result<(Interpreter, bool), NotRunning> {
        let started = self.0.interpreter.lock();
        let mut started = started.unwrap_or_else(PoisonError::into_inner);
        if let Some(interpreter) = &*started {
            return Ok((interpreter.clone(), false));
        }
        let interpreter = Interpreter::start(self.0.options.arguments.clone())?;
        *started = Some(interpreter.clone());
        Ok((interpreter, true))
    }
}

/// Sets `sys.path`, with the directories of `PYTHONPATH` last, and who imports what is not there.
fn prepare(paths: &[PathBuf], vm: &VirtualMachine) -> PyResult<()> {
    if let Some(modules) = crate::interpreter::modules_from_source() {
        let path = vm.sys_module.get_attr("path", vm)?;
        let modules = vm.ctx.new_str(modules.to_string_lossy().into_owned());
        vm.call_method(&path, "insert", (0, modules))?;
    }
    let beside = std::env::var_os("PYTHONPATH").unwrap_or_default();
    let beside = std::env::split_paths(&beside).filter(|path| !path.as_os_str().is_empty());
    let paths = paths
        .iter()
        .cloned()
        .chain(beside)
        .map(|path| vm.ctx.new_str(path.to_string_lossy().into_owned()).into())
        .collect();
    let paths = vm.ctx.new_list(paths);
    function("limbeck_runtime.loader", "prepare", vm)?.call((paths,), vm)?;
    Ok(())
}
