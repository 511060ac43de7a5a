//! Fills in a project's `script.py.mako` with the interpreter, where it has more in it than the engine can fill in itself.

use std::{fmt, fs, path::PathBuf, thread};

use limbeck::{
    config::{Source, ini::Ini},
    script::write::{PythonTemplate, TemplateEngine},
};
use rustpython_vm::{PyResult, VirtualMachine};
use serde_json::{Map, Value, json};

use crate::{
    FrontEnd,
    bridge::Services,
    failure::{Failure, function},
};

/// Templates of one project.
pub(crate) struct Templates {
    front_end: FrontEnd,
    ini: Option<PathBuf>,
    section: String,
}

impl Templates {
    /// For the project whose settings come from `source`.
    pub(crate) fn new(front_end: FrontEnd, source: &Source) -> Self {
        let (ini, section) = match source {
            Source::Alembic { ini, section, .. } => (ini.clone(), section.as_str()),
            _ => (None, "alembic"),
        };
        Templates {
            front_end,
            ini,
            section: section.to_owned(),
        }
    }

    /// The sections of the ini file as written, and what all of them inherit: templates ask for options of their own.
    fn settings(&self) -> Result<(Value, Value), String> {
        let Some(path) = &self.ini else {
            return Ok((json!({}), json!({})));
        };
        let text = fs::read_to_string(path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        let here = path
            .parent()
            .map(|here| here.to_string_lossy().into_owned());
        let ini = Ini::parse(&text, path, [("here", here.unwrap_or_default())])
            .map_err(|error| error.to_string())?;
        let options = |section: &str| -> Map<String, Value> {
            let options = ini.written_options(section).into_iter();
            options
                .map(|(name, value)| (name.to_owned(), Value::from(value)))
                .collect()
        };
        let sections: Map<String, Value> = ini
            .sections()
            .map(|section| (section.to_owned(), Value::Object(options(section))))
            .collect();
        Ok((Value::Object(sections), Value::Object(options("DEFAULT"))))
    }
}

impl fmt::Debug for Templates {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Templates")
            .field("ini", &self.ini)
            .finish_non_exhaustive()
    }
}

impl TemplateEngine for Templates {
    fn fill(&self, template: PythonTemplate<'_>) -> Result<String, String> {
        let (sections, defaults) = self.settings()?;
        let script = template.script;
        let variables = json!({
            "revision": script.revision,
            "message": script.message,
            "down_revision": script.down_revision,
            "branch_labels": script.branch_labels,
            "depends_on": script.depends_on,
            "create_date": template.created,
            "config_file": self.ini,
            "section": self.section,
            "sections": sections,
            "defaults": defaults,
            "bodies": script.python.bodies,
            "imports": script.python.imports.iter().cloned().collect::<Vec<_>>().join("\n"),
            "variables": script.python.variables,
        });
        let path = template.path.to_string_lossy().into_owned();
        let text = template.text.to_owned();
        let work = move |vm: &VirtualMachine| {
            filled(vm, &path, &text, &variables.to_string())
                .map_err(|error| Failure::read(&error, vm))
        };
        let mut services = Services::new(self.front_end.shared(), None);
        let running = self.front_end.run(&mut services, work);
        match wait_for(running)? {
            Ok(Ok(text)) => Ok(text),
            Ok(Err(failure)) => Err(failure.into_error().message),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn filled(vm: &VirtualMachine, path: &str, text: &str, variables: &str) -> PyResult<String> {
    let fill = function("limbeck_runtime.templates", "fill", vm)?;
    let filled = fill.call((text.to_owned(), path.to_owned(), variables.to_owned()), vm)?;
    filled.try_to_value(vm)
}

/// Waits, whether or not the caller is on a runtime's thread.
fn wait_for<T: Send>(future: impl Future<Output = T> + Send) -> Result<T, String> {
    let wait = || {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        Ok(runtime.map_err(|error| error.to_string())?.block_on(future))
    };
    thread::scope(|scope| {
        let waiting = scope.spawn(wait);
        waiting
            .join()
            .unwrap_or_else(|_| Err("the Python interpreter stopped".to_owned()))
    })
}
