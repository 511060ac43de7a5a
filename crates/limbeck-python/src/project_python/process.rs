//! The child process and its pipes. Dropping it ends the process; nothing of it stays behind.

use std::{io, path::PathBuf, process::Stdio};

use serde_json::Value;
use tokio::{
    net::unix::pipe::{Receiver, Sender},
    process::{Child, Command},
    time::{Duration, timeout},
};

use super::{
    discovery::FoundPython, error::ProjectPythonError, frame, launch::Launch, message::Said,
};

/// The driver's modules, by name.
const MODULES: [(&str, &str); 17] = [
    ("dbapi", include_str!("driver/dbapi.py")),
    ("dialects", include_str!("driver/dialects.py")),
    ("environment", include_str!("driver/environment.py")),
    ("errors", include_str!("driver/errors.py")),
    ("failure", include_str!("driver/failure.py")),
    ("literals", include_str!("driver/literals.py")),
    ("logs", include_str!("driver/logs.py")),
    ("main", include_str!("driver/main.py")),
    ("named_marks", include_str!("driver/named_marks.py")),
    ("offline", include_str!("driver/offline.py")),
    ("pipe", include_str!("driver/pipe.py")),
    ("ranges", include_str!("driver/ranges.py")),
    ("revision", include_str!("driver/revision.py")),
    ("rows", include_str!("driver/rows.py")),
    (
        "session_statements",
        include_str!("driver/session_statements.py"),
    ),
    ("times", include_str!("driver/times.py")),
    ("values", include_str!("driver/values.py")),
];

/// The package that knows models, by the names of its modules. The embedded interpreter uses the same.
const AUTOGENERATE: [(&str, &str); 17] = [
    (
        "entities",
        include_str!("../../python/limbeck_autogenerate/entities.py"),
    ),
    (
        "expression",
        include_str!("../../python/limbeck_autogenerate/expression.py"),
    ),
    (
        "filters",
        include_str!("../../python/limbeck_autogenerate/filters.py"),
    ),
    (
        "made_types",
        include_str!("../../python/limbeck_autogenerate/made_types.py"),
    ),
    (
        "models",
        include_str!("../../python/limbeck_autogenerate/models.py"),
    ),
    (
        "names",
        include_str!("../../python/limbeck_autogenerate/names.py"),
    ),
    (
        "operation_data",
        include_str!("../../python/limbeck_autogenerate/operation_data.py"),
    ),
    (
        "operation_objects",
        include_str!("../../python/limbeck_autogenerate/operation_objects.py"),
    ),
    (
        "reflected",
        include_str!("../../python/limbeck_autogenerate/reflected.py"),
    ),
    (
        "rendered",
        include_str!("../../python/limbeck_autogenerate/rendered.py"),
    ),
    (
        "schema_data",
        include_str!("../../python/limbeck_autogenerate/schema_data.py"),
    ),
    (
        "scripts",
        include_str!("../../python/limbeck_autogenerate/scripts.py"),
    ),
    (
        "session",
        include_str!("../../python/limbeck_autogenerate/session.py"),
    ),
    (
        "type_data",
        include_str!("../../python/limbeck_autogenerate/type_data.py"),
    ),
    (
        "type_text",
        include_str!("../../python/limbeck_autogenerate/type_text.py"),
    ),
    (
        "value_data",
        include_str!("../../python/limbeck_autogenerate/value_data.py"),
    ),
    (
        "verdicts",
        include_str!("../../python/limbeck_autogenerate/verdicts.py"),
    ),
];

const BOOTSTRAP: &str = include_str!("driver/bootstrap.py");

/// How long a process may take to end after it said that it will; threads of the application may hold it.
const FAREWELL: Duration = Duration::from_secs(5);

/// A driver that runs.
pub(super) struct Process {
    child: Child,
    reader: Receiver,
    writer: Sender,
    /// Never written to: the process ends itself when our end is closed, however we end.
    _lifeline: io::PipeWriter,
    program: PathBuf,
}

impl Process {
    /// Starts the driver and lets it run env.py.
    pub(super) async fn start(
        python: &FoundPython,
        launch: &Launch,
    ) -> Result<Self, ProjectPythonError> {
        let failed = |error: io::Error| ProjectPythonError::Start {
            program: python.program.clone(),
            reason: error.to_string(),
        };
        let mut process = Self::spawn(python, launch).map_err(failed)?;
        let packages = [
            ("limbeck_driver", MODULES.as_slice()),
            ("limbeck_autogenerate", AUTOGENERATE.as_slice()),
        ];
        let modules: serde_json::Map<String, Value> = packages
            .iter()
            .flat_map(|(package, modules)| {
                let module =
                    |(name, text): &(&str, &str)| (format!("{package}.{name}"), Value::from(*text));
                modules.iter().map(module).collect::<Vec<_>>()
            })
            .collect();
        process.send(&modules).await?;
        process.send(launch).await?;
        Ok(process)
    }

    fn spawn(python: &FoundPython, launch: &Launch) -> io::Result<Self> {
        let (commands, our_commands) = io::pipe()?;
        let (our_words, words) = io::pipe()?;
        let (lifeline, our_lifeline) = io::pipe()?;
        let mut command = Command::new(&python.program);
        command
            .arg("-c")
            .arg(BOOTSTRAP)
            .stdin(Stdio::inherit())
            .kill_on_drop(true);
        if let Some(directory) = &launch.working_directory {
            command.current_dir(directory);
        }
        inherit::pass(
            &mut command,
            [commands.into(), words.into(), lifeline.into()],
        );
        let child = command.spawn()?;
        // The command keeps the child's ends open until here; without them we notice when the child is gone.
        drop(command);
        Ok(Process {
            child,
            reader: Receiver::from_owned_fd(our_words.into())?,
            writer: Sender::from_owned_fd(our_commands.into())?,
            _lifeline: our_lifeline,
            program: python.program.clone(),
        })
    }

    /// Says something to the driver.
    pub(super) async fn send(
        &mut self,
        message: &impl serde::Serialize,
    ) -> Result<(), ProjectPythonError> {
        match frame::write(&mut self.writer, message).await {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(self.ended().await),
            Err(error) => Err(self.misunderstood(error)),
        }
    }

    /// Waits for what the driver says next.
    pub(super) async fn receive(&mut self) -> Result<Said, ProjectPythonError> {
        match frame::read(&mut self.reader).await {
            Ok(Some(frame)) => {
                serde_json::from_slice(&frame).map_err(|error| self.misunderstood(error))
            }
            Ok(None) => Err(self.ended().await),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(self.ended().await),
            Err(error) => Err(self.misunderstood(error)),
        }
    }

    /// Lets a process that has nothing left to say end by itself.
    pub(super) async fn farewell(mut self) {
        if timeout(FAREWELL, self.child.wait()).await.is_err() {
            tracing::warn!(program = %self.program.display(), "the project's Python did not end by itself and was stopped");
            // Fails only for a process that has ended.
            let _ = self.child.kill().await;
        }
    }

    /// Which Python it is.
    pub(super) fn program(&self) -> &std::path::Path {
        &self.program
    }

    async fn ended(&mut self) -> ProjectPythonError {
        let how = match timeout(FAREWELL, self.child.wait()).await {
            Ok(Ok(status)) => format!("ended unexpectedly ({status})"),
            Ok(Err(error)) => format!("was lost: {error}"),
            Err(_) => "closed its pipe without ending".to_owned(),
        };
        ProjectPythonError::Died {
            program: self.program.clone(),
            how,
        }
    }

    fn misunderstood(&self, error: impl std::fmt::Display) -> ProjectPythonError {
        ProjectPythonError::Pipe {
            program: self.program.clone(),
            reason: error.to_string(),
        }
    }
}

mod inherit {
    use std::os::fd::{AsRawFd, OwnedFd};

    use rustix::io::{FdFlags, fcntl_setfd};
    use tokio::process::Command;

    /// Hands pipes to the child, and tells it their numbers. They are opened close-on-exec, so that no other process which is
    /// started at the same time gets them; only this child, after the fork, keeps them.
    pub(super) fn pass(command: &mut Command, pipes: [OwnedFd; 3]) {
        for pipe in &pipes {
            command.arg(pipe.as_raw_fd().to_string());
        }
        let keep = move || {
            for pipe in &pipes {
                fcntl_setfd(pipe, FdFlags::empty())?;
            }
            Ok(())
        };
        // SAFETY: between fork and exec only fcntl is called, which is async-signal-safe, on descriptors that the closure owns.
        unsafe {
            command.pre_exec(keep);
        }
    }
}
