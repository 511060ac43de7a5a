//! The native module `_limbeck`: what the Python side of this crate stands on.

use limbeck::operation::SourceLocation;
use rustpython_vm::{
    PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyStr, PyTypeRef},
};

use super::data;
use super::request::{Refusal, ServerAnswer};
use crate::interpreter;

pub(crate) use _limbeck::module_def;

// What `pyattr(once)` is expanded to unwraps, where it cannot fail.
#[allow(clippy::unwrap_used)]
#[rustpython_vm::pymodule]
mod _limbeck {
    use limbeck::{
        dialect::{Isolation, Statement, Values},
        operation::Operation,
        schema::DataType,
    };
    // Named by what the macro writes.
    use rustpython_vm::common as rustpython_common;
    use rustpython_vm::{
        PyObjectRef, PyResult, VirtualMachine,
        builtins::{PyBytesRef, PyStr, PyStrRef, PyTypeRef},
        function::OptionalArg,
    };

    use crate::{
        bridge::{
            conversation::{ask, send},
            data, import, operation,
            request::{Refusal, Request, TransactionAction},
            value,
        },
        interpreter, script_text,
    };

    /// The database refused a statement: `.args` is the message; `.code` and `.sql` say more.
    #[pyattr(name = "DatabaseError", once)]
    pub(super) fn database_error(vm: &VirtualMachine) -> PyTypeRef {
        let base = vm.ctx.exceptions.exception_type.to_owned();
        vm.ctx
            .new_exception_type("_limbeck", "DatabaseError", Some(vec![base]))
    }

    /// The engine refused something, or cannot do it here.
    #[pyattr(name = "EngineError", once)]
    pub(super) fn engine_error(vm: &VirtualMachine) -> PyTypeRef {
        let base = vm.ctx.exceptions.exception_type.to_owned();
        vm.ctx
            .new_exception_type("_limbeck", "EngineError", Some(vec![base]))
    }

    /// The run is over; no script is meant to catch this.
    #[pyattr(name = "Stopped", once)]
    pub(super) fn stopped(vm: &VirtualMachine) -> PyTypeRef {
        let base = vm.ctx.exceptions.base_exception_type.to_owned();
        vm.ctx
            .new_exception_type("_limbeck", "Stopped", Some(vec![base]))
    }

    /// `execute(bind, sql, parameters=(), autocommit=False)`: runs one statement and gives
    /// `(columns, rows, rowcount, lastrowid)`.
    #[pyfunction]
    fn execute(
        bind: u64,
        sql: PyStrRef,
        parameters: OptionalArg<PyObjectRef>,
        autocommit: OptionalArg<bool>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let dialect = super::dialect(bind, vm)?;
        let mut bound = Vec::new();
        if let OptionalArg::Present(parameters) = parameters {
            for parameter in parameters.try_to_value::<Vec<PyObjectRef>>(vm)? {
                bound.push(value::from_python(&parameter, dialect.as_str(), vm)?);
            }
        }
        let sql = sql.try_as_utf8(vm)?.as_str().to_owned();
        let mut statement = Statement::new(sql)
            .with_parameters(bound)
            .at(super::place(vm));
        if let OptionalArg::Present(true) = autocommit {
            statement.isolation = Isolation::Autocommit;
        }
        let result = ask(|reply| Request::Execute {
            bind,
            statement,
            reply,
        });
        let result = result.map_err(|refusal| super::raise(refusal, vm))?;
        value::result_to_python(result, dialect, vm)
    }

    /// `execute_many(bind, sql, rows, autocommit=False)`: runs one statement once for each row of parameters, and gives
    /// `(columns, rows, rowcount, lastrowid)` of them together. An exception's `.row` is the number of the row that failed.
    #[pyfunction]
    fn execute_many(
        bind: u64,
        sql: PyStrRef,
        rows: PyObjectRef,
        autocommit: OptionalArg<bool>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let dialect = super::dialect(bind, vm)?;
        let mut bound = Vec::new();
        for row in rows.try_to_value::<Vec<PyObjectRef>>(vm)? {
            let parameters = row.try_to_value::<Vec<PyObjectRef>>(vm)?;
            let values = parameters
                .iter()
                .map(|parameter| value::from_python(parameter, dialect.as_str(), vm))
                .collect::<PyResult<Vec<_>>>()?;
            bound.push(values);
        }
        let mut statement = Statement::new(sql.try_as_utf8(vm)?.as_str()).at(super::place(vm));
        if let OptionalArg::Present(true) = autocommit {
            statement.isolation = Isolation::Autocommit;
        }
        let done = ask(|reply| Request::ExecuteMany {
            bind,
            statement,
            rows: bound,
            reply,
        });
        let done = done.map_err(|refusal| super::raise(refusal, vm))?;
        if let Some((row, refusal)) = done.failed {
            let exception = super::raise(refusal, vm);
            super::set(&exception, "row", vm.ctx.new_int(row).into(), vm)?;
            return Err(exception);
        }
        value::result_to_python(done.result, dialect, vm)
    }

    /// `apply(bind, operation, where=None, autocommit=False)`: does an operation, or a list of them, given as data or as JSON.
    #[pyfunction]
    fn apply(
        bind: u64,
        operation: PyObjectRef,
        location: OptionalArg<PyObjectRef>,
        autocommit: OptionalArg<bool>,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let operations = operation::read(&operation, vm)?;
        let location = match location {
            OptionalArg::Present(given) if !vm.is_none(&given) => super::given_place(&given, vm)?,
            _ => super::place(vm),
        };
        ask(|reply| Request::Apply {
            bind,
            operations,
            location,
            autocommit: matches!(autocommit, OptionalArg::Present(true)),
            reply,
        })
        .map_err(|refusal| super::raise(refusal, vm))
    }

    /// `script_text(text)`: the text of a script as it is to be compiled, and the packages it imports, or None where that cannot be
    /// told.
    #[pyfunction]
    fn script_text(text: PyBytesRef, vm: &VirtualMachine) -> PyResult {
        let text = script_text::without_unused_typing(text.as_bytes());
        let names = match script_text::imported(&text) {
            Some(names) => {
                let names = names.into_iter().map(|name| vm.ctx.new_str(name).into());
                vm.ctx.new_list(names.collect()).into()
            }
            None => vm.ctx.none(),
        };
        let text = script_text::without_annotations(&text).into_owned();
        let text = vm.ctx.new_bytes(text).into();
        Ok(vm.ctx.new_tuple(vec![text, names]).into())
    }

    /// `importer(packages, otherwise)`: what `builtins.__import__` may be, where modules of these packages are loaded once and stay.
    #[pyfunction]
    fn importer(packages: PyObjectRef, otherwise: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let names = packages.try_to_value::<Vec<String>>(vm)?;
        import::importer(names.into_iter().collect(), otherwise, vm)
    }

    /// `statements(dialect, operation, literal=True)`: the DDL of an operation, which is not run.
    #[pyfunction]
    fn statements(
        dialect: PyStrRef,
        operation: PyObjectRef,
        literal: OptionalArg<bool>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let language = super::language(dialect.try_as_utf8(vm)?.as_str(), vm)?;
        let values = match literal {
            OptionalArg::Present(false) => Values::Bound,
            _ => Values::Literal,
        };
        let mut texts = Vec::new();
        for operation in operation::read(&operation, vm)? {
            let stated = match operation {
                Operation::Execute(execute) => vec![Statement::new(execute.sql)],
                operation => language
                    .statements(&operation, values)
                    .map_err(|error| super::engine(&error.to_string(), vm))?,
            };
            texts.extend(stated.into_iter().map(|one| vm.ctx.new_str(one.sql).into()));
        }
        Ok(vm.ctx.new_list(texts).into())
    }

    /// `type_text(dialect, data_type)`: a type, given as data, as the dialect writes it. A text is the data of a type
    /// without arguments, never JSON.
    #[pyfunction]
    fn type_text(
        dialect: PyStrRef,
        data_type: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<String> {
        let language = super::language(dialect.try_as_utf8(vm)?.as_str(), vm)?;
        let data_type: DataType = serde_json::from_value(super::data::from_python(&data_type, vm)?)
            .map_err(|error| vm.new_value_error(format!("no type: {error}")))?;
        language
            .type_text(&data_type)
            .map_err(|error| super::engine(&error.to_string(), vm))
    }

    /// `quote(dialect, identifier)`: an identifier in the dialect's quotes, where it needs them.
    #[pyfunction]
    fn quote(dialect: PyStrRef, identifier: PyStrRef, vm: &VirtualMachine) -> PyResult<String> {
        let language = super::language(dialect.try_as_utf8(vm)?.as_str(), vm)?;
        Ok(language.quote(&identifier.try_as_utf8(vm)?.as_str().into()))
    }

    /// `inspect(bind, question)`: what a database contains; question and answer are data, or both JSON.
    #[pyfunction]
    fn inspect(bind: u64, question: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let is_json = question.downcastable::<PyStr>();
        let question = super::told(&question, vm)?;
        let answer = ask(|reply| Request::Inspect {
            bind,
            question,
            reply,
        });
        let answer = answer.map_err(|refusal| super::raise(refusal, vm))?;
        match is_json {
            true => Ok(vm.ctx.new_str(answer.to_string()).into()),
            false => data::to_python(&answer, vm),
        }
    }

    /// `server(bind)`: the database behind a connection, as a dict.
    #[pyfunction]
    fn server(bind: u64, vm: &VirtualMachine) -> PyResult {
        let answer = ask(|reply| Request::Server { bind, reply });
        let answer = answer.map_err(|refusal| super::raise(refusal, vm))?;
        super::server_to_python(answer, vm)
    }

    /// `connect(url, options={})`: the number of another connection, which is opened by its first statement.
    #[pyfunction]
    fn connect(
        url: PyStrRef,
        _options: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<u64> {
        let url = url.try_as_utf8(vm)?.as_str().to_owned();
        ask(|reply| Request::Connect { url, reply }).map_err(|refusal| super::raise(refusal, vm))
    }

    /// `close(bind)`: gives a connection back.
    #[pyfunction]
    fn close(bind: u64, vm: &VirtualMachine) -> PyResult<()> {
        ask(|reply| Request::Close { bind, reply }).map_err(|refusal| super::raise(refusal, vm))
    }

    /// `begin(bind)`.
    #[pyfunction]
    fn begin(bind: u64, vm: &VirtualMachine) -> PyResult<()> {
        transaction(bind, TransactionAction::Begin, vm)
    }

    /// `commit(bind)`.
    #[pyfunction]
    fn commit(bind: u64, vm: &VirtualMachine) -> PyResult<()> {
        transaction(bind, TransactionAction::Commit, vm)
    }

    /// `rollback(bind)`.
    #[pyfunction]
    fn rollback(bind: u64, vm: &VirtualMachine) -> PyResult<()> {
        transaction(bind, TransactionAction::Rollback, vm)
    }

    fn transaction(bind: u64, action: TransactionAction, vm: &VirtualMachine) -> PyResult<()> {
        ask(|reply| Request::Transaction {
            bind,
            action,
            reply,
        })
        .map_err(|refusal| super::raise(refusal, vm))
    }

    /// `run_migrations(bind, settings)`: does the work of the command; `settings` is a dict. Gives text of a script, when
    /// whoever called wants to write it.
    #[pyfunction]
    fn run_migrations(
        bind: Option<u64>,
        settings: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<String> {
        let settings = data::from_python(&settings, vm)?;
        send(Request::RunMigrations { bind, settings })
            .map_err(|refusal| super::raise(refusal, vm))?;
        // The scripts of the run come to this thread while this call waits.
        while interpreter::next_job(vm) {}
        match interpreter::take_ended() {
            Some(Ok(text)) => Ok(text),
            Some(Err(message)) => Err(super::engine(&message, vm)),
            None => Err(super::raise(Refusal::Stopped, vm)),
        }
    }

    /// `configuration()`: what `context.config` is made of, as a dict.
    #[pyfunction]
    fn configuration(vm: &VirtualMachine) -> PyResult {
        let told = ask(|reply| Request::Configuration { reply });
        data::to_python(&told.map_err(|refusal| super::raise(refusal, vm))?, vm)
    }

    /// `revisions(locations)`: the revisions in version directories, newest first, as dicts.
    #[pyfunction]
    fn revisions(locations: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let locations = locations.try_to_value::<Vec<String>>(vm)?;
        let told = ask(|reply| Request::Revisions { locations, reply });
        data::to_python(&told.map_err(|refusal| super::raise(refusal, vm))?, vm)
    }

    /// `naming_convention()`: that of the application's metadata, where only the application has it, as a dict.
    #[pyfunction]
    fn naming_convention(vm: &VirtualMachine) -> PyResult {
        let told = ask(|reply| Request::NamingConvention { reply });
        data::to_python(&told.map_err(|refusal| super::raise(refusal, vm))?, vm)
    }

    /// `write(text)`: text for the script of `--sql`.
    #[pyfunction]
    fn write(text: PyStrRef, vm: &VirtualMachine) -> PyResult<()> {
        let text = text.try_as_utf8(vm)?.as_str().to_owned();
        ask(|reply| Request::Write { text, reply }).map_err(|refusal| super::raise(refusal, vm))
    }

    /// `warn(text)`: a remark for whoever runs the migration.
    #[pyfunction]
    fn warn(text: PyStrRef, vm: &VirtualMachine) -> PyResult<()> {
        tracing::warn!(target: "limbeck_python", "{}", text.try_as_utf8(vm)?.as_str());
        Ok(())
    }
}

/// The dialect of a connection, which decides how values are written.
fn dialect(bind: u64, vm: &VirtualMachine) -> PyResult<limbeck::dialect::DialectName> {
    super::conversation::dialect(bind).map_err(|refusal| raise(refusal, vm))
}

fn language(name: &str, vm: &VirtualMachine) -> PyResult<Box<dyn limbeck::dialect::Dialect>> {
    let name = name
        .parse()
        .map_err(|_| vm.new_value_error(format!("no such dialect: {name}")))?;
    Ok(limbeck::dialect::dialect(name, None))
}

/// Data that is given as such, or as JSON.
pub(super) fn told(given: &PyObjectRef, vm: &VirtualMachine) -> PyResult<serde_json::Value> {
    let Some(text) = given.downcast_ref::<PyStr>() else {
        return data::from_python(given, vm);
    };
    serde_json::from_str(text.try_as_utf8(vm)?.as_str())
        .map_err(|error| vm.new_value_error(format!("no JSON: {error}")))
}

/// The line of the project's own code that is running: the innermost frame of a file.
fn place(vm: &VirtualMachine) -> Option<SourceLocation> {
    let own = interpreter::modules_from_source();
    let mut frame = vm.current_frame();
    while let Some(current) = frame {
        let path = current.code.source_path().as_str();
        let from_source = || {
            own.as_ref()
                .is_some_and(|own| std::path::Path::new(path).starts_with(own))
        };
        // Frozen modules have a dotted name in place of a file.
        if path.ends_with(".py") && !from_source() {
            return Some(SourceLocation {
                path: path.into(),
                line: u32::try_from(current.current_location().line.get()).unwrap_or_default(),
                column: 0,
            });
        }
        frame = current.f_back(vm);
    }
    None
}

fn given_place(given: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Option<SourceLocation>> {
    let parts: Vec<PyObjectRef> = given.try_to_value(vm)?;
    let [file, line] = parts.as_slice() else {
        return Err(vm.new_value_error("where is a pair of a file and a line"));
    };
    Ok(Some(SourceLocation {
        path: file.try_to_value::<String>(vm)?.into(),
        line: line.try_to_value(vm)?,
        column: 0,
    }))
}

fn server_to_python(answer: ServerAnswer, vm: &VirtualMachine) -> PyResult {
    let text = |text: Option<String>| match text {
        Some(text) => vm.ctx.new_str(text).into(),
        None => vm.ctx.none(),
    };
    let version = match answer.version {
        Some((major, minor, patch)) => {
            let numbers = [major, minor, patch];
            vm.ctx
                .new_tuple(numbers.map(|number| vm.ctx.new_int(number).into()).to_vec())
                .into()
        }
        None => vm.ctx.none(),
    };
    let dict = vm.ctx.new_dict();
    let entries: [(&str, PyObjectRef); 6] = [
        ("dialect", vm.ctx.new_str(answer.dialect.as_str()).into()),
        ("version", version),
        ("default_schema", text(answer.default_schema)),
        ("database", text(answer.database)),
        ("url", text(answer.url)),
        ("offline", vm.ctx.new_bool(answer.offline).into()),
    ];
    for (key, value) in entries {
        dict.set_item(key, value, vm)?;
    }
    Ok(dict.into())
}

fn engine(message: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_exception_msg(_limbeck::engine_error(vm), message.into())
}

/// A refusal as an exception. Its `failure` leads back to the engine's own error, should the script let it pass.
fn raise(refusal: Refusal, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let new = |class: PyTypeRef, message: String| vm.new_exception_msg(class, message.into());
    let (exception, failure) = match refusal {
        Refusal::Database {
            message,
            code,
            sql,
            connection_lost,
            failure,
        } => {
            let exception = new(_limbeck::database_error(vm), message);
            let code = match code {
                Some(code) => vm.ctx.new_str(code).into(),
                None => vm.ctx.none(),
            };
            let attributes: [(&'static str, PyObjectRef); 3] = [
                ("code", code),
                ("sql", vm.ctx.new_str(sql).into()),
                ("connection_lost", vm.ctx.new_bool(connection_lost).into()),
            ];
            for (name, value) in attributes {
                // An exception takes any attribute.
                let _ = set(&exception, name, value, vm);
            }
            (exception, failure)
        }
        Refusal::Engine { message, failure } => (new(_limbeck::engine_error(vm), message), failure),
        Refusal::Stopped => (
            new(_limbeck::stopped(vm), "the run is over".to_owned()),
            None,
        ),
    };
    if let Some(number) = failure {
        let _ = set(&exception, "failure", vm.ctx.new_int(number).into(), vm);
    }
    exception
}

fn set(
    exception: &PyBaseExceptionRef,
    name: &'static str,
    value: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<()> {
    use rustpython_vm::AsObject;
    exception.as_object().set_attr(name, value, vm)
}
