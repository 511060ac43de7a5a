//! Servers of a test process: found, started, and stopped when the process ends.

use std::{
    env, fs,
    io::Write as _,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// A program on `PATH` or in one of the places where Debian puts servers.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut places: Vec<PathBuf> = env::split_paths(&path).collect();
    places.extend(["/usr/sbin", "/usr/local/sbin", "/usr/local/bin"].map(PathBuf::from));
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        let mut versions: Vec<PathBuf> = versions
            .flatten()
            .map(|entry| entry.path().join("bin"))
            .collect();
        versions.sort();
        places.extend(versions.into_iter().rev());
    }
    places
        .into_iter()
        .map(|place| place.join(name))
        .find(|candidate| candidate.is_file())
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("the port").port()
}

/// A user who may run servers, when we are root, which PostgreSQL and pgbouncer refuse to run as.
pub(crate) fn unprivileged(preferred: &str) -> Option<String> {
    if !is_root() {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let exists = |name: &str| {
        users
            .lines()
            .any(|line| line.split(':').next() == Some(name))
    };
    [preferred, "nobody"]
        .into_iter()
        .find(|name| exists(name))
        .map(str::to_owned)
}

fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let user = status.lines().find_map(|line| line.strip_prefix("Uid:"));
    user.is_some_and(|ids| ids.split_whitespace().nth(1) == Some("0"))
}

/// A command as `user`, or as ourselves.
pub(crate) fn command(program: &Path, user: Option<&str>) -> Command {
    match user {
        None => Command::new(program),
        Some(user) => {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid", user, "--regid"])
                .arg(group_of(user))
                .arg("--init-groups")
                .arg(program);
            command
        }
    }
}

fn group_of(user: &str) -> String {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    users
        .lines()
        .find(|line| line.split(':').next() == Some(user))
        .and_then(|line| line.split(':').nth(3))
        .unwrap_or("65534")
        .to_owned()
}

/// A directory for a server's files, owned by `user`. Short, because a socket's path ends at 108 bytes.
pub(crate) fn directory(user: Option<&str>) -> PathBuf {
    let directory = tempfile::Builder::new()
        .prefix("limbeck-")
        .tempdir_in("/tmp")
        .expect("a directory")
        .keep();
    if let Some(user) = user {
        let owned = Command::new("chown")
            .arg(user)
            .arg(&directory)
            .status()
            .expect("chown");
        assert!(owned.success(), "chown {}", directory.display());
    }
    directory
}

/// Runs a command that ends, and says what it said when it failed.
pub(crate) fn finish(command: &mut Command) -> Result<(), String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// Starts a server that ends with this process, however that ends: a shell waits for our end of a pipe to close.
pub(crate) fn start_tied(
    server: &Command,
    directory: &Path,
    stop_signal: &str,
) -> Result<(), String> {
    let log = directory.join("log");
    let script = r#"
        signal=$1; directory=$2; shift 2
        "$@" >"$directory/log" 2>&1 </dev/null &
        server=$!
        trap '' INT TERM HUP
        cat >/dev/null
        kill -s "$signal" "$server" 2>/dev/null
        wait "$server" 2>/dev/null
        rm -rf "$directory"
    "#;
    let mut child: Child = Command::new("sh")
        .args(["-c", script, "limbeck-server", stop_signal])
        .arg(directory)
        .arg(server.get_program())
        .args(server.get_args())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{}: {error}", log.display()))?;
    let mut pipe = child.stdin.take().ok_or("no pipe to the server's guard")?;
    pipe.flush().map_err(|error| error.to_string())?;
    // Kept open until the process ends, on purpose.
    std::mem::forget(pipe);
    std::mem::forget(child);
    Ok(())
}
