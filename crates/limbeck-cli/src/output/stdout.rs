//! Standard output as the answers see it, and what keeps everybody else away from it.
//!
//! Must not know any command or format. A revision script, env.py or the application may print, in the interpreter
//! inside the command as well as in the project's own Python; before a program's JSON such a line makes the answer
//! unreadable.

use std::io::{self, Write};

#[cfg(unix)]
use std::{fs::File, os::fd::AsFd, sync::OnceLock};

/// Standard output as the process was given it, once the descriptor itself leads to standard error.
#[cfg(unix)]
static RESERVED: OnceLock<File> = OnceLock::new();

/// From now on only [`write`] reaches standard output: whoever else prints, here or in a child process, prints to
/// standard error. On systems without descriptors, and where none is left, nothing changes.
#[cfg(unix)]
pub(crate) fn reserve() {
    if RESERVED.get().is_some() {
        return;
    }
    let Ok(kept) = io::stdout().as_fd().try_clone_to_owned() else {
        return;
    };
    if nix::unistd::dup2_stdout(io::stderr()).is_ok() {
        // The first one counts, and there is one thread this early.
        let _ = RESERVED.set(File::from(kept));
    }
}

/// See the version for Unix; here prints and answers share the stream.
#[cfg(not(unix))]
pub(crate) fn reserve() {}

/// Writes a text to standard output at once.
pub(crate) fn write(text: &str) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(mut reserved) = RESERVED.get() {
        return reserved.write_all(text.as_bytes());
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}
