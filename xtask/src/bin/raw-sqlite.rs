//! `raw-sqlite DATABASE SCRIPT`: runs a script through `sqlite3_exec` and nothing else.
//!
//! The yardstick of the SQLite benchmarks: the engine of the very version that Limbeck embeds, without a shell,
//! a driver or a thread in between. It must not know what the script is about.

use std::{
    ffi::{CStr, CString},
    process::ExitCode,
    ptr,
};

use libsqlite3_sys as ffi;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, database, script] = arguments.as_slice() else {
        return fail("usage: raw-sqlite DATABASE SCRIPT");
    };
    let text = match std::fs::read(script) {
        Ok(text) => text,
        Err(error) => return fail(&format!("{script}: {error}")),
    };
    match (CString::new(database.as_str()), CString::new(text)) {
        (Ok(database), Ok(text)) => match run(&database, &text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => fail(&message),
        },
        _ => fail("a NUL byte in the database name or the script"),
    }
}

/// Opens `database`, runs `script`, closes it again.
///
/// # Errors
/// SQLite's own message.
fn run(database: &CStr, script: &CStr) -> Result<(), String> {
    let mut handle = ptr::null_mut();
    // SAFETY: both strings are NUL-terminated and outlive the calls; the handle is closed exactly once, also when
    // opening failed, as sqlite3_open asks for.
    unsafe {
        let mut code = ffi::sqlite3_open(database.as_ptr(), &mut handle);
        if code == ffi::SQLITE_OK {
            code = ffi::sqlite3_exec(
                handle,
                script.as_ptr(),
                None,
                ptr::null_mut(),
                ptr::null_mut(),
            );
        }
        let outcome = if code == ffi::SQLITE_OK {
            Ok(())
        } else {
            Err(CStr::from_ptr(ffi::sqlite3_errmsg(handle))
                .to_string_lossy()
                .into_owned())
        };
        ffi::sqlite3_close(handle);
        outcome
    }
}

#[expect(clippy::print_stderr, reason = "a command reports on standard error")]
fn fail(message: &str) -> ExitCode {
    eprintln!("raw-sqlite: {message}");
    ExitCode::FAILURE
}
