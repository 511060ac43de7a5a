//! Entry point of the `limbeck` command.

use std::process::ExitCode;

/// An interpreter allocates small objects all the time, on a thread of its own, where the C library's allocator asks the system
/// for one page after another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    limbeck_cli::main()
}
