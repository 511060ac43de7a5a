//! The interpreter's thread: takes jobs, one after another, and inside each other where a job waits for the engine.

use std::{
    any::Any,
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc,
    thread,
};

use rustpython_vm::{VirtualMachine, signal::user_signal_channel};

use super::{Interpreter, Job, NotRunning, start};
use crate::bridge;

/// Python's limit of a thousand nested calls is reached before this, also without optimisation, where a call takes most.
const STACK: usize = 512 << 20;

thread_local! {
    static JOBS: RefCell<Option<mpsc::Receiver<Job>>> = const { RefCell::new(None) };
    static ENDED: RefCell<Option<Result<String, String>>> = const { RefCell::new(None) };
}

impl Interpreter {
    /// Starts the thread; the interpreter on it is built while the caller goes on.
    pub(crate) fn start(arguments: Vec<String>) -> Result<Interpreter, NotRunning> {
        let (jobs, incoming) = mpsc::channel();
        let (signals, receiver) = user_signal_channel();
        thread::Builder::new()
            .name("python".to_owned())
            .stack_size(STACK)
            .spawn(move || {
                let interpreter = start::interpreter(arguments, receiver);
                JOBS.set(Some(incoming));
                interpreter.enter(|vm| {
                    vm.recursion_limit.set(RECURSION_LIMIT);
                    serve_jobs(vm);
                    flush(vm);
                });
            })
            .map_err(|error| NotRunning(error.to_string()))?;
        Ok(Interpreter { jobs, signals })
    }
}

/// CPython's.
const RECURSION_LIMIT: usize = 1000;

/// Does jobs until nobody can hand any over.
fn serve_jobs(vm: &VirtualMachine) {
    loop {
        while next_job(vm) {}
        // The end of a wait that was given up before.
        if take_ended().is_none() {
            break;
        }
    }
}

/// Does the next job; false when there will be none, or when what the job below waits for has ended.
pub(crate) fn next_job(vm: &VirtualMachine) -> bool {
    // Taken out for the wait: a job may wait for jobs itself.
    let Some(incoming) = JOBS.take() else {
        return false;
    };
    let job = incoming.recv();
    JOBS.set(Some(incoming));
    match job {
        Ok(Job::Work { requests, work }) => {
            let _conversation = bridge::enter(requests);
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| work(vm))) {
                tracing::error!(
                    reason = words(panic.as_ref()),
                    "the Python interpreter panicked"
                );
            }
            flush(vm);
            true
        }
        Ok(Job::Ended(result)) => {
            ENDED.set(Some(result));
            false
        }
        Err(_) => false,
    }
}

/// What the job waited for, after [`next_job`] said that there is no more to do.
pub(crate) fn take_ended() -> Option<Result<String, String>> {
    ENDED.take()
}

/// Standard output is buffered, and the process may end at any time.
fn flush(vm: &VirtualMachine) {
    for name in ["stdout", "stderr"] {
        if let Ok(stream) = vm.sys_module.get_attr(name, vm) {
            // A stream that is closed or gone has nothing left to say.
            let _ = vm.call_method(&stream, "flush", ());
        }
    }
}

fn words(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given")
}
