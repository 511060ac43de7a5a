//! Who holds the write lock of a SQLite file. SQLite does not know; Linux does.

use std::path::Path;

/// Names the process that has locked the database at `path`, where the system tells.
#[cfg(target_os = "linux")]
pub(super) fn describe(path: &Path) -> Option<String> {
    use std::{fs, os::unix::fs::MetadataExt};

    // In WAL mode writers lock the `-shm` file, otherwise the database itself.
    let mut shared_memory = path.as_os_str().to_owned();
    shared_memory.push("-shm");
    let file = fs::metadata(path).ok().map(|metadata| metadata.ino());
    let shared_memory = fs::metadata(shared_memory)
        .ok()
        .map(|metadata| metadata.ino());
    let locks = fs::read_to_string("/proc/locks").ok()?;
    let process = writer(&locks, file, shared_memory)?;
    let name = fs::read_to_string(format!("/proc/{process}/comm")).ok();
    Some(match name {
        Some(name) => format!("process {process} ({})", name.trim_end()),
        None => format!("process {process}"),
    })
}

/// Elsewhere nobody is asked.
#[cfg(not(target_os = "linux"))]
pub(super) fn describe(_path: &Path) -> Option<String> {
    None
}

/// The process with a write lock on SQLite's lock bytes, from the lines of `/proc/locks`.
#[cfg(any(target_os = "linux", test))]
fn writer(locks: &str, file: Option<u64>, shared_memory: Option<u64>) -> Option<u32> {
    /// The bytes SQLite locks: PENDING and RESERVED ("os.h"), and `WAL_WRITE_LOCK` in the shared memory ("wal.c").
    const RESERVED: u64 = 0x4000_0001;
    const WAL_WRITE: u64 = 120;
    locks.lines().find_map(|line| {
        let mut words = line.split_whitespace().skip(1);
        let (kind, _advisory, mode) = (words.next()?, words.next()?, words.next()?);
        if kind == "->" || mode != "WRITE" {
            return None;
        }
        let process: u32 = words.next()?.parse().ok()?;
        let inode: u64 = words.next()?.rsplit(':').next()?.parse().ok()?;
        let start: u64 = words.next()?.parse().ok()?;
        let end = words.next()?.parse().unwrap_or(u64::MAX);
        let byte = match Some(inode) {
            inode if inode == file => RESERVED,
            inode if inode == shared_memory => WAL_WRITE,
            _ => return None,
        };
        ((start..=end).contains(&byte) && process != 0).then_some(process)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_writer_and_not_the_readers() {
        let locks = "\
            1: POSIX  ADVISORY  READ 100 08:01:42 1073741826 1073742335\n\
            2: POSIX  ADVISORY  WRITE 200 08:01:42 1073741825 1073741825\n\
            2: -> POSIX  ADVISORY  WRITE 300 08:01:42 1073741825 1073741825\n\
            3: POSIX  ADVISORY  WRITE 400 08:01:43 120 120\n\
            4: FLOCK  ADVISORY  WRITE 500 00:1a:99 0 EOF\n";
        assert_eq!(writer(locks, Some(42), None), Some(200));
        assert_eq!(writer(locks, Some(41), Some(43)), Some(400));
        assert_eq!(writer(locks, Some(7), Some(8)), None);
    }
}
