//! The one interpreter and its thread. It is started by the first piece of Python that runs.
//!
//! Work is handed over as jobs. While a job runs on the thread, what it asks of the engine is served by whoever handed it over,
//! so that a script works on the connection of the run that it is part of. Must not know what the work is about.

mod start;
mod thread;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
    mpsc,
};

use rustpython_vm::{VirtualMachine, signal::UserSignalSender};
use tokio::sync::{mpsc::unbounded_channel, oneshot};

use crate::bridge::{Requests, Services};

pub(crate) use start::modules_from_source;
pub(crate) use thread::{next_job, take_ended};

/// Work for the interpreter's thread.
pub(crate) enum Job {
    /// To be done, asking through `requests`.
    Work {
        requests: Requests,
        work: Box<dyn FnOnce(&VirtualMachine) + Send>,
    },
    /// What the job below this one waits for is over.
    Ended(Result<String, String>),
}

/// A handle to the interpreter's thread.
#[derive(Clone)]
pub(crate) struct Interpreter {
    jobs: mpsc::Sender<Job>,
    signals: UserSignalSender,
}

/// The interpreter's thread has ended, or could not be started.
#[derive(Debug, thiserror::Error)]
#[error("the Python interpreter is not running: {0}")]
pub(crate) struct NotRunning(pub(crate) String);

impl Interpreter {
    /// Does `work` on the interpreter's thread and serves what it asks for until it is done. Dropping the future stops the
    /// work at its next request or its next instruction.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        services: &mut Services<'_>,
        work: impl FnOnce(&VirtualMachine) -> T + Send + 'static,
    ) -> Result<T, NotRunning> {
        let (requests, mut incoming) = unbounded_channel();
        let (answer, answered) = oneshot::channel();
        let over = Arc::new(AtomicBool::new(false));
        let done = Arc::clone(&over);
        let job = Job::Work {
            requests,
            work: Box::new(move |vm| {
                let result = work(vm);
                done.store(true, Ordering::Release);
                let _ = answer.send(result);
            }),
        };
        let gone = || NotRunning("its thread has ended".to_owned());
        self.jobs.send(job).map_err(|_| gone())?;
        let stop = StopOnDrop {
            signals: &self.signals,
            over,
        };
        while let Some(request) = incoming.recv().await {
            services.serve(request, self).await;
        }
        let answered = answered.await;
        drop(stop);
        answered.map_err(|_| NotRunning("it stopped in the middle of its work".to_owned()))
    }

    /// Lets the job go on that waits in [`next_job`].
    pub(crate) fn end(&self, result: Result<String, String>) {
        let _ = self.jobs.send(Job::Ended(result));
    }
}

/// Interrupts work that nobody waits for any more.
struct StopOnDrop<'a> {
    signals: &'a UserSignalSender,
    over: Arc<AtomicBool>,
}

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        if self.over.load(Ordering::Acquire) {
            return;
        }
        let over = Arc::clone(&self.over);
        let _ = self
            .signals
            .send(Box::new(move |vm| match over.load(Ordering::Acquire) {
                true => Ok(()),
                false => {
                    Err(vm.new_exception_empty(vm.ctx.exceptions.keyboard_interrupt.to_owned()))
                }
            }));
    }
}
