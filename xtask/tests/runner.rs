//! The runner of measured cases as the gate calls it: its last line and its exit code.
#![allow(clippy::unwrap_used)]

use std::process::{Command, Output};

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn a_file_without_cases_is_a_failure() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap();
    let ran = xtask(&["conformance", "plans", path]);
    let text = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(text.lines().last(), Some("0 passed, 0 failed"), "{text}");
    assert!(!ran.status.success());
}

#[test]
fn an_unknown_kind_names_those_there_are() {
    let ran = xtask(&["conformance", "plant", "nothing.jsonl"]);
    let told = String::from_utf8(ran.stderr).unwrap();
    assert!(!ran.status.success());
    assert!(told.contains("plant") && told.contains("plans"), "{told}");
}
