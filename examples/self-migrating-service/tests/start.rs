//! The service as it is run: several processes on one file.

use std::{
    io::{BufRead, BufReader, Lines, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

/// A running copy; stopped when the test ends.
struct Copy {
    process: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Copy {
    fn start(file: &Path) -> Copy {
        let mut process = Command::new(env!("CARGO_BIN_EXE_self-migrating-service"))
            .arg(file)
            .arg("127.0.0.1:0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap()).lines();
        Copy { process, said }
    }

    /// How many revisions it applied, and where it listens.
    fn started(&mut self) -> (usize, String) {
        let mut line = || self.said.next().expect("the service came up").unwrap();
        let (applied, address) = (line(), line());
        let applied = applied.strip_suffix(" revisions applied").unwrap();
        let address = address.strip_prefix("listening on ").unwrap();
        (applied.parse().unwrap(), address.to_owned())
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn visit(address: &str, name: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    writeln!(stream, "{name}").unwrap();
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).unwrap();
    answer
}

#[test]
fn of_many_copies_one_migrates_and_all_answer() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("visitors.db");
    let mut copies: Vec<Copy> = (0..8).map(|_| Copy::start(&file)).collect();
    let started: Vec<(usize, String)> = copies.iter_mut().map(Copy::started).collect();
    let mut applied: Vec<usize> = started.iter().map(|(applied, _)| *applied).collect();
    applied.sort_unstable();
    assert_eq!(applied, [0, 0, 0, 0, 0, 0, 0, 3]);
    for (number, (_, address)) in started.iter().enumerate() {
        let expected = format!("Hello Ada, this is visit {}\n", number + 1);
        assert_eq!(visit(address, "Ada"), expected);
    }
}

#[test]
fn a_second_start_finds_nothing_to_do() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("visitors.db");
    assert_eq!(Copy::start(&file).started().0, 3);
    assert_eq!(Copy::start(&file).started().0, 0);
}
