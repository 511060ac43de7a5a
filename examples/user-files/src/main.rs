//! Updates the files that are named on the command line.

use std::{env, path::PathBuf, process::ExitCode};

use user_files::update_db;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for path in env::args_os().skip(1).map(PathBuf::from) {
        match update_db(&path).await {
            Ok(updated) if updated.applied.is_empty() => println!("{}: up to date", path.display()),
            Ok(updated) => {
                let (path, revisions) = (path.display(), updated.applied.join(", "));
                match updated.copy {
                    Some(copy) => println!("{path}: {revisions}; as before: {}", copy.display()),
                    None => println!("{path}: {revisions}; new"),
                }
            }
            Err(error) => {
                eprintln!("{error}");
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}
