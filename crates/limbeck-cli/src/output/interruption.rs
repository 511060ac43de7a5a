//! What is said when Ctrl-C or a stop of the service ends a run: which step it was in, and what to do next.
//!
//! Must not undo anything itself. What a killed process leaves is the engine's matter, and the same whoever kills it; so
//! nothing here has to be right for the database to be.

use std::{
    sync::{Mutex, Once, PoisonError},
    thread,
};

use indicatif::ProgressBar;
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    iterator::Signals,
    low_level,
};

use super::Output;

/// The step that runs now. Signals are the process's, and so is this.
static RUNNING: Mutex<Option<Running>> = Mutex::new(None);
static WATCHED: Once = Once::new();

struct Running {
    line: String,
    bar: Option<ProgressBar>,
}

/// From now on a signal that ends the process is told first.
pub(crate) fn watch(output: Output) {
    WATCHED.call_once(|| {
        let wanted = [SIGINT, SIGTERM].into_iter();
        let signals = Signals::new(wanted.filter(|signal| !is_ignored(*signal)));
        // Without a watcher the signals do what they do to any program.
        if let Ok(mut signals) = signals {
            thread::spawn(move || {
                for signal in &mut signals {
                    tell(&output, signal);
                    let _ = low_level::emulate_default_handler(signal);
                }
            });
        }
    });
}

/// `line` is running now, with the display that shows it.
pub(super) fn running(line: &str, bar: Option<&ProgressBar>) {
    set(Some(Running {
        line: line.to_owned(),
        bar: bar.cloned(),
    }));
}

/// No step is running any more.
pub(super) fn finished() {
    set(None);
}

fn set(running: Option<Running>) {
    *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = running;
}

fn tell(output: &Output, signal: i32) {
    let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bar) = running.as_ref().and_then(|running| running.bar.as_ref()) {
        bar.finish_and_clear();
    }
    let how = match signal {
        SIGINT => "interrupted",
        _ => "told to stop",
    };
    let during = match running.as_ref() {
        Some(running) => format!("in {}", running.line),
        None => "while no step was running".to_owned(),
    };
    output.explain(&format!(
        "error: {how} {during}\n  = help: the database rolls back what was not committed; `limbeck status` tells where it \
         stands, and the same command goes on from there\n"
    ));
}

/// Whether the process was started with the signal ignored, as a script starts what it puts in the background. Only Linux tells
/// this without taking the signal over (proc_pid_status(5), `SigIgn`).
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|digits| u64::from_str_radix(digits.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}
