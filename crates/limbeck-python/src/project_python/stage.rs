//! The project's Python through a run of env.py: started when it is first needed, led from one `context.run_migrations()` to the
//! next, and to the end.

use std::sync::Arc;

use limbeck::script::Header;
use serde_json::{Value, json};
use tokio::{
    sync::{Mutex, MutexGuard, OnceCell},
    time::timeout,
};

use super::{
    discovery::{Discovery, FoundPython, PythonSearch},
    error::{ProjectPythonError, PythonFailure},
    gaps::Gaps,
    launch::Launch,
    message::{Failure, Report, Said},
    process::Process,
    script::ProjectScript,
    service::{self, Nothing},
};

/// The project's own Python.
pub struct ProjectPython {
    search: PythonSearch,
    launch: Launch,
    discovery: OnceCell<Discovery>,
    state: Mutex<State>,
    written: std::sync::Mutex<Vec<String>>,
    notices: Notices,
    gaps: std::sync::Mutex<Gaps>,
}

/// Takes a sentence that a person should read although nothing failed.
pub type Notices = Arc<dyn Fn(&str) + Send + Sync>;

/// How far env.py is.
pub(super) enum State {
    /// Nothing was needed so far.
    Idle,
    /// It waits for commands in `context.run_migrations()`.
    Waiting(Box<Waiting>),
    /// It came to its end, after so many calls.
    Ended(usize),
    /// It cannot be used any more.
    Broken(ProjectPythonError),
}

/// A process that waits for commands.
pub(super) struct Waiting {
    pub(super) process: Process,
    pub(super) report: Report,
}

impl ProjectPython {
    /// A Python that is neither looked for nor started before it is needed.
    pub fn new(search: PythonSearch, launch: Launch) -> Arc<Self> {
        ProjectPython::telling(search, launch, Arc::new(|_| {}))
    }

    /// The same; what runs natively although it may need more is told to `notices`.
    pub fn telling(search: PythonSearch, launch: Launch, notices: Notices) -> Arc<Self> {
        Arc::new(ProjectPython {
            search,
            launch,
            discovery: OnceCell::new(),
            state: Mutex::new(State::Idle),
            written: std::sync::Mutex::default(),
            notices,
            gaps: std::sync::Mutex::default(),
        })
    }

    /// Which Python it is, and why others are not. Asked once.
    pub async fn discovery(&self) -> &Discovery {
        self.discovery.get_or_init(|| self.search.find()).await
    }

    /// Which Python it is, when that was asked before.
    pub fn found(&self) -> Option<&FoundPython> {
        self.discovery.get()?.chosen.as_ref()
    }

    /// A script runs natively although it reaches what no Python has.
    pub(super) fn note_gap(&self, revision: &str, needs: &str, why: &ProjectPythonError) {
        held(&self.gaps).note(revision, needs, why);
    }

    /// Says so once, before the first script runs.
    pub(super) fn tell_gaps(&self) {
        let told = held(&self.gaps).tell();
        if let Some(told) = told {
            (self.notices)(&told);
        }
    }

    /// Whether env.py gets to its `stage`th `context.run_migrations()` here.
    pub(super) async fn usable(&self, stage: usize) -> Result<(), ProjectPythonError> {
        self.reach(stage).await.map(drop)
    }

    /// The script behind a header, to be run here. `stage` is the `context.run_migrations()` that it belongs to, counted from 0;
    /// `needs` what it needs of the application.
    pub fn script(
        self: &Arc<Self>,
        header: &Header,
        stage: usize,
        needs: Vec<String>,
    ) -> ProjectScript {
        ProjectScript::new(header.clone(), Arc::clone(self), stage, needs)
    }

    /// What reached `context.configure()` before the `context.run_migrations()` of that number, counted from 0; `None` when
    /// env.py has no such call.
    ///
    /// # Errors
    /// [`ProjectPythonError`] when there is no Python, or env.py fails.
    pub async fn report(&self, stage: usize) -> Result<Option<Report>, ProjectPythonError> {
        match self.reach(stage).await {
            Ok(mut state) => match &mut *state {
                State::Waiting(waiting) => Ok(Some(waiting.report.clone())),
                _ => Ok(None),
            },
            Err(ProjectPythonError::Ended { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The naming convention of `target_metadata` in its `stage`th `context.run_migrations()`; none where no Python has the
    /// application, and a notice says so.
    pub(super) async fn naming_convention(&self, stage: usize) -> Result<Value, String> {
        match self.report(stage).await {
            Ok(Some(report)) => Ok(json!(report.naming_convention)),
            Ok(None) => Ok(Value::Null),
            Err(absence) if absence.is_absence() => {
                (self.notices)(&format!(
                    "The naming convention of target_metadata is not known: constraints without a name are made without one \
                     ({})",
                    absence.reason()
                ));
                Ok(Value::Null)
            }
            Err(error) => Err(format!(
                "the naming convention of target_metadata, which only the application has, is not known: {error}"
            )),
        }
    }

    /// Lets env.py go on to its end, if it was started. Calls of `context.run_migrations()` that come on the way do nothing.
    ///
    /// # Errors
    /// [`ProjectPythonError`] when env.py fails on its way.
    pub async fn finish(&self) -> Result<(), ProjectPythonError> {
        let mut state = self.state.lock().await;
        while let State::Waiting(_) = &*state {
            self.go_on(&mut state).await?;
        }
        Ok(())
    }

    /// Raises an exception in env.py where it waits, so that its own cleaning up happens, and lets it end.
    pub async fn stop(&self, reason: &str) {
        let mut state = self.state.lock().await;
        let State::Waiting(mut waiting) =
            std::mem::replace(&mut *state, State::Broken(ProjectPythonError::Interrupted))
        else {
            return;
        };
        let command = json!({"do": "abort", "reason": reason});
        let told = waiting.process.send(&command).await;
        // What env.py makes of it is not of interest any more: the command has failed already.
        if told.is_ok() && waiting.process.receive().await.is_ok() {
            waiting.process.farewell().await;
        }
    }

    /// The text that env.py wrote into the script of `--sql` by itself since the last time.
    pub(super) fn take_written(&self) -> Vec<String> {
        std::mem::take(&mut *held(&self.written))
    }

    /// Gives the text of a script of `--sql` to an env.py that wants to write it by itself.
    pub(super) async fn write(&self, text: &str) -> Result<(), ProjectPythonError> {
        match &mut *self.state.lock().await {
            State::Waiting(waiting) if !text.is_empty() => {
                let command = json!({"do": "write", "text": text});
                waiting.process.send(&command).await?;
                match waiting.process.receive().await? {
                    Said::Done { .. } => Ok(()),
                    said => Err(self.unexpected(said, &waiting.process)),
                }
            }
            _ => Ok(()),
        }
    }

    /// Asks about the models of the `stage`th `context.run_migrations()`.
    ///
    /// # Errors
    /// [`ProjectPythonError`] with what the project's functions raise.
    pub(super) async fn ask_models(
        &self,
        stage: usize,
        question: &Value,
    ) -> Result<Value, ProjectPythonError> {
        let mut state = self.reach(stage).await?;
        let State::Waiting(mut waiting) =
            std::mem::replace(&mut *state, State::Broken(ProjectPythonError::Interrupted))
        else {
            return Err(ProjectPythonError::Interrupted);
        };
        let command = json!({"do": "models", "question": question});
        let path = std::path::Path::new("env.py");
        let outcome = service::command(&mut waiting.process, &command, path, &mut Nothing).await?;
        let program = waiting.process.program().to_owned();
        *state = State::Waiting(waiting);
        match outcome.failure {
            Some(failure) => {
                let failure = PythonFailure::new(*failure, None, &program);
                Err(ProjectPythonError::Raised(Arc::new(failure)))
            }
            None => Ok(outcome.answer.unwrap_or_default()),
        }
    }

    /// Leads env.py to its `stage`th `context.run_migrations()`.
    pub(super) async fn reach(
        &self,
        stage: usize,
    ) -> Result<MutexGuard<'_, State>, ProjectPythonError> {
        let mut state = self.state.lock().await;
        if let State::Idle = &*state {
            self.start(&mut state).await?;
        }
        loop {
            match &*state {
                State::Waiting(waiting) if waiting.report.call >= stage => return Ok(state),
                State::Waiting(_) => self.go_on(&mut state).await?,
                State::Broken(error) => return Err(error.clone()),
                State::Ended(calls) => {
                    return Err(ProjectPythonError::Ended {
                        program: self.program().await,
                        calls: *calls,
                    });
                }
                State::Idle => return Err(ProjectPythonError::Interrupted),
            }
        }
    }

    /// Which Python it is.
    pub(super) async fn chosen(&self) -> Result<&FoundPython, ProjectPythonError> {
        let discovery = self.discovery().await;
        let none = || ProjectPythonError::NoPython(Box::new(discovery.clone()));
        discovery.chosen.as_ref().ok_or_else(none)
    }

    async fn program(&self) -> std::path::PathBuf {
        let chosen = &self.discovery().await.chosen;
        chosen
            .as_ref()
            .map(|python| python.program.clone())
            .unwrap_or_default()
    }

    async fn start(&self, state: &mut State) -> Result<(), ProjectPythonError> {
        let python = self.chosen().await?;
        // What is dropped half way must not be taken for a fresh start.
        *state = State::Broken(ProjectPythonError::Interrupted);
        let begun = async {
            let mut process = Process::start(python, &self.launch).await?;
            match process.receive().await? {
                Said::Ready => {}
                said => return Err(self.unexpected(said, &process)),
            }
            self.next_report(process, 0).await
        };
        let patience = self.launch.patience;
        let next = timeout(patience, begun).await.unwrap_or_else(|_| {
            Err(ProjectPythonError::TooLong {
                program: python.program.clone(),
                seconds: patience.as_secs(),
            })
        });
        self.keep(state, next)
    }

    /// Lets env.py go on from one `context.run_migrations()`, to the next or the end.
    async fn go_on(&self, state: &mut State) -> Result<(), ProjectPythonError> {
        let State::Waiting(waiting) =
            std::mem::replace(state, State::Broken(ProjectPythonError::Interrupted))
        else {
            return Err(ProjectPythonError::Interrupted);
        };
        let Waiting {
            mut process,
            report,
        } = *waiting;
        let next = match process.send(&json!({"do": "continue"})).await {
            Ok(()) => self.next_report(process, report.call + 1).await,
            Err(error) => Err(error),
        };
        self.keep(state, next)
    }

    fn keep(
        &self,
        state: &mut State,
        next: Result<State, ProjectPythonError>,
    ) -> Result<(), ProjectPythonError> {
        match next {
            Ok(next) => {
                *state = next;
                Ok(())
            }
            Err(error) => {
                *state = State::Broken(error.clone());
                Err(error)
            }
        }
    }

    async fn next_report(
        &self,
        mut process: Process,
        calls: usize,
    ) -> Result<State, ProjectPythonError> {
        let said = loop {
            match process.receive().await? {
                Said::Text { text } => held(&self.written).push(text),
                said => break said,
            }
        };
        match said {
            Said::Migrations { report } => Ok(State::Waiting(Box::new(Waiting {
                process,
                report: *report,
            }))),
            Said::End => {
                process.farewell().await;
                Ok(State::Ended(calls))
            }
            said => Err(self.unexpected(said, &process)),
        }
    }

    fn unexpected(&self, said: Said, process: &Process) -> ProjectPythonError {
        match said {
            Said::Failed { failure } | Said::Refused { failure } => self.raised(*failure, process),
            said => ProjectPythonError::Pipe {
                program: process.program().to_owned(),
                reason: format!("it said something out of turn: {said:?}"),
            },
        }
    }

    fn raised(&self, failure: Failure, process: &Process) -> ProjectPythonError {
        ProjectPythonError::Raised(Arc::new(PythonFailure::new(
            failure,
            None,
            process.program(),
        )))
    }
}

fn held<T>(list: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    list.lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}
