//! One command run as a whole process: wall time, processor time and peak memory as the kernel accounts them.

use std::{
    io,
    os::unix::process::ExitStatusExt,
    process::{Command, ExitStatus, Stdio},
    time::Instant,
};

/// What one finished process cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Seconds from before the start to after the end.
    pub(crate) wall: f64,
    /// Seconds of processor time, user and system.
    pub(crate) processor: f64,
    /// Peak resident memory in MiB.
    pub(crate) memory: f64,
}

/// Why a measurement has no figure.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProcessError {
    /// The program could not be started.
    #[error("cannot run {program}: {source}")]
    Start { program: String, source: io::Error },
    /// The program ended badly, so its time means nothing.
    #[error("{program} ended with {status}: {output}")]
    Failed {
        program: String,
        status: ExitStatus,
        output: String,
    },
}

/// Runs `command` to its end and returns what it cost.
///
/// # Errors
/// [`ProcessError`] when it cannot be started or does not end with `code`.
pub(crate) fn measure(command: &mut Command, code: i32) -> Result<Cost, ProcessError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = tempfile::NamedTempFile::new().map_err(|source| ProcessError::Start {
        program: program.clone(),
        source,
    })?;
    let streams = || output.reopen().map(Stdio::from);
    let (stdout, stderr) = match (streams(), streams()) {
        (Ok(stdout), Ok(stderr)) => (stdout, stderr),
        (Err(source), _) | (_, Err(source)) => {
            return Err(ProcessError::Start { program, source });
        }
    };
    let started = Instant::now();
    let child = command
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(stderr)
        .spawn()
        .map_err(|source| ProcessError::Start {
            program: program.clone(),
            source,
        })?;
    let (status, usage) = wait(child.id()).map_err(|source| ProcessError::Start {
        program: program.clone(),
        source,
    })?;
    let wall = started.elapsed().as_secs_f64();
    if status.code() != Some(code) {
        let output = std::fs::read_to_string(output.path()).unwrap_or_default();
        let tail = output.lines().rev().take(5).collect::<Vec<_>>();
        let output = tail.into_iter().rev().collect::<Vec<_>>().join(" | ");
        return Err(ProcessError::Failed {
            program,
            status,
            output,
        });
    }
    Ok(Cost {
        wall,
        processor: processor(&usage),
        memory: usage.ru_maxrss as f64 / 1024.0,
    })
}

/// Seconds of processor time, user and system, of a process and of the children it waited for.
pub(crate) fn processor(usage: &libc::rusage) -> f64 {
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// Waits for a child and takes the kernel's account of it; the standard library's wait drops that account.
pub(crate) fn wait(child: u32) -> io::Result<(ExitStatus, libc::rusage)> {
    let mut status = 0;
    // SAFETY: rusage is plain data for which all zeroes is a valid value; wait4 gets pointers to live variables.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    loop {
        // SAFETY: as above.
        let waited = unsafe { libc::wait4(child as libc::pid_t, &mut status, 0, &mut usage) };
        if waited >= 0 {
            return Ok((ExitStatus::from_raw(status), usage));
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}
