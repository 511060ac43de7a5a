//! The README's tour, followed to the letter: its files are written, its commands are run, its outputs compared.
//!
//! `UPDATE_TOUR=1 cargo test -p limbeck-cli --test tour` writes what the commands say now into the README.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const BINARY: &str = env!("CARGO_BIN_EXE_limbeck");

/// A fenced block of a Markdown page.
struct Block {
    /// What stands behind the opening fence.
    info: String,
    lines: Vec<String>,
}

/// A page as the text between its fenced blocks and the blocks themselves.
enum Part {
    Text(String),
    Block(Block),
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn parts(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                open = Some(Block {
                    info: info.to_owned(),
                    lines: Vec::new(),
                })
            }
            (None, None) => parts.push(Part::Text(line.to_owned())),
            (Some(_), Some("")) => parts.extend(open.take().map(Part::Block)),
            (Some(block), _) => block.lines.push(line.to_owned()),
        }
    }
    assert!(open.is_none(), "a block is not closed");
    parts
}

/// Runs the commands of a block and returns the block as it would read with what they say now.
fn follow(block: &Block, directory: &Path) -> Vec<String> {
    let mut said = Vec::new();
    for command in block
        .lines
        .iter()
        .filter_map(|line| line.strip_prefix("$ "))
    {
        let path = Path::new(BINARY).parent().unwrap().to_str().unwrap();
        let output = Command::new("sh")
            .args(["-c", &format!("{command} 2>&1")])
            .current_dir(directory)
            .env("PATH", format!("{path}:{}", std::env::var("PATH").unwrap()))
            .env_remove("NO_COLOR")
            .output()
            .unwrap();
        said.push(format!("$ {command}"));
        let text = String::from_utf8(output.stdout).unwrap();
        said.extend(text.lines().map(|line| normal(line, directory)));
    }
    said
}

/// A line without what differs from run to run: where the directory is, and how long a step took.
fn normal(line: &str, directory: &Path) -> String {
    let line = line.replace(directory.to_str().unwrap(), "/home/you/shop");
    match line
        .split_once(" in ")
        .and_then(|(head, rest)| Some((head, rest.split_once(" ms")?)))
    {
        Some((head, (number, tail))) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{head} in 5 ms{tail}").trim_end().to_owned()
        }
        _ => line.trim_end().to_owned(),
    }
}

#[test]
fn every_command_of_the_tour_says_what_the_readme_shows() {
    let directory = tempfile::tempdir().unwrap();
    let directory = directory.path().canonicalize().unwrap();
    let readme = root().join("README.md");
    let page = fs::read_to_string(&readme).unwrap();
    let mut now = String::new();
    let mut commands = 0;
    for part in parts(&page) {
        match part {
            Part::Text(line) => now += &format!("{line}\n"),
            Part::Block(block) => {
                let mut lines = block.lines.clone();
                if let Some((_, title)) = block.info.split_once(" title=") {
                    let file = directory.join(title);
                    assert!(
                        file.is_file(),
                        "{title} is shown, but no command has made it"
                    );
                    fs::write(file, block.lines.join("\n") + "\n").unwrap();
                } else if block.info == "console" {
                    lines = follow(&block, &directory);
                    commands += lines.iter().filter(|line| line.starts_with("$ ")).count();
                }
                now += &format!("```{}\n{}\n```\n", block.info, lines.join("\n"));
            }
        }
    }
    assert!(commands > 10, "the tour has lost its commands");
    if std::env::var_os("UPDATE_TOUR").is_some() {
        fs::write(&readme, &now).unwrap();
    } else {
        assert!(
            now == page,
            "the README shows something else; the commands now say:\n{now}"
        );
    }
}

#[test]
fn the_first_command_brings_the_bookshop_to_head() {
    let project = tempfile::tempdir().unwrap();
    let from = root().join("examples/bookshop");
    let copied = Command::new("cp")
        .arg("-R")
        .arg(&from)
        .arg(project.path())
        .status()
        .unwrap();
    assert!(copied.success());
    let shop = project.path().join("bookshop");
    let _ = fs::remove_file(shop.join("bookshop.db"));
    let output = Command::new("sh")
        .arg(shop.join("run.sh"))
        .env("LIMBECK", BINARY)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(said.contains("(head) (current)"), "{said}");
    assert!(said.contains("Up to date."), "{said}");
}
