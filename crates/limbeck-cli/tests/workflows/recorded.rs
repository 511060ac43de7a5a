//! What real Alembic said, and how ours compares.

use std::fs;

use crate::workplace::{Said, Workplace, tests};

pub(crate) fn recorded(group: &str, name: &str) -> Vec<(String, Said)> {
    let path = tests().join(group).join(name).join("recorded.txt");
    let text = fs::read_to_string(path).unwrap();
    let mut commands = Vec::new();
    for block in format!("\n{text}").split("\n$ ").skip(1) {
        let (line, rest) = block.split_once('\n').unwrap();
        let (body, code) = rest.trim_end().rsplit_once("[exit ").unwrap();
        let (stdout, stderr) = body.split_once("[stderr]\n").unwrap();
        let said = Said {
            stdout: stdout.to_owned(),
            stderr: stderr.to_owned(),
            code: code.trim_end_matches(']').parse().unwrap(),
        };
        commands.push((line.to_owned(), said));
    }
    commands
}

/// Types every command of a session; what differs from the record comes back as text.
pub(crate) fn replay(workplace: &Workplace) -> String {
    let mut differences = String::new();
    for (line, alembic) in recorded(workplace.group, workplace.name) {
        let ours = workplace.run(&line);
        let same_text = match alembic.stdout.strip_prefix("FAILED: ") {
            Some(message) => {
                ours.stdout.starts_with("FAILED: ") && says_the_same(message, &ours.stdout)
            }
            // Python prints what comes out of a set in an order of its own.
            None if line.ends_with(" current") || line.ends_with(" branches") => {
                sorted(&alembic.stdout) == sorted(&ours.stdout)
            }
            None => alembic.stdout_without_returning() == ours.stdout_without_returning(),
        };
        // Alembic leaves half a script where it fails, and the log of that half.
        let is_half = alembic.code == 1 && line.contains("--sql");
        let same_log = is_half
            || (!alembic.has_log() && alembic.code == 0)
            || sorted(&alembic.told().join("\n")) == sorted(&ours.told().join("\n"));
        let same_failure = alembic.exception().is_none_or(|exception| {
            let mut lines = ours.stderr.lines();
            lines.any(|line| line.ends_with(exception))
        });
        if !((same_text || is_half) && same_log && same_failure && alembic.code == ours.code) {
            differences.push_str(&format!(
                "$ {line}\nAlembic:\n{}{}\n[exit {}]\nours:\n{}[stderr]\n{}[exit {}]\n",
                alembic.stdout,
                alembic.told().join("\n"),
                alembic.code,
                ours.stdout,
                ours.stderr,
                ours.code,
            ));
        }
    }
    differences
}

/// Whether our sentence has all words of Alembic's in their order.
pub(crate) fn says_the_same(theirs: &str, ours: &str) -> bool {
    let word = |text: &str| text.trim_matches([',', '.', ';', ':']).to_lowercase();
    let mut ours = ours.split_whitespace().map(word);
    theirs
        .split_whitespace()
        .map(word)
        .all(|wanted| ours.any(|found| found == wanted))
}

pub(crate) fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}
