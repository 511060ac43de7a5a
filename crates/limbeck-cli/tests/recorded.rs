//! Every command of a recorded session with Alembic 1.20.1 gives the same text and exit code, on the same history in
//! both languages. How the recordings were made: `recorded/record.py`.
#![allow(clippy::unwrap_used)]

mod support;

use support::{Language, Ran, Sandbox};

const BRANCHED: &[&str] = &["1975ea83b712", "ae1027a6acf", "27c6a30d7c24"];
const MERGED: &[&str] = &[
    "1975ea83b712",
    "ae1027a6acf",
    "27c6a30d7c24",
    "53fffde5ad5",
    "55af2cb1c267",
];
const NETWORKING: &[&str] = &[];

/// One command of a recording.
#[derive(Debug)]
struct Recorded {
    line: String,
    stdout: String,
    log: String,
    code: i32,
}

fn read(recording: &str) -> Vec<Recorded> {
    let mut commands = Vec::new();
    for block in recording.split("$ alembic ").skip(1) {
        let (line, rest) = block.split_once('\n').unwrap();
        let (body, code) = rest.trim_end().rsplit_once("[exit ").unwrap();
        let (stdout, log) = body.split_once("[stderr]\n").unwrap_or((body, ""));
        commands.push(Recorded {
            line: line.to_owned(),
            stdout: stdout.to_owned(),
            log: log.to_owned(),
            code: code.trim_end_matches(']').parse().unwrap(),
        });
    }
    commands
}

/// What Alembic said about a `.py` script, as it is for the same revision in `.sql`.
fn in_language(text: &str, language: Language) -> String {
    if language == Language::Python {
        return text.to_owned();
    }
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let Some((indent, rest)) = line
            .split_at_checked(4)
            .filter(|(indent, _)| *indent == "    ")
        else {
            lines.push(line.replace(".py", ".sql"));
            continue;
        };
        let line = if let Some(id) = rest.strip_prefix("Revision ID: ") {
            format!("revision: {id}")
        } else if let Some(parents) = rest.strip_prefix("Revises: ") {
            let parents = if parents.is_empty() { "base" } else { parents };
            format!("revises: {parents}")
        } else if let Some(date) = rest.strip_prefix("Create Date: ") {
            let extra = extra_lines(&lines);
            lines.extend(extra.into_iter().map(|line| format!("{indent}{line}")));
            format!("created: {date}")
        } else {
            rest.to_owned()
        };
        lines.push(format!("{indent}{line}"));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// A `.sql` header says in its comment what a `.py` script says in its variables.
fn extra_lines(block_so_far: &[String]) -> Vec<String> {
    let id = block_so_far
        .iter()
        .rev()
        .find_map(|line| line.strip_prefix("    revision: "));
    match id {
        Some("27c6a30d7c24") => vec!["branch labels: shoppingcart".to_owned()],
        Some("3cac04ae8714") => vec!["branch labels: networking".to_owned()],
        Some("2a95102259be") => vec!["depends on: 55af2cb1c267".to_owned()],
        _ => Vec::new(),
    }
}

/// Why a command's answer is deliberately another one than Alembic's.
fn reason_to_differ(recorded: &Recorded) -> Option<&'static str> {
    let line = recorded.line.as_str();
    if line.starts_with("show ") && line.contains(['+', '-']) {
        Some("says why a relative target means nothing here")
    } else if line == "current --check-heads" && recorded.code == 255 {
        Some("a head that is applied as a dependency is not missed")
    } else if line.starts_with("history -r -") {
        Some("a range that begins with '-' need not be glued to its option")
    } else if line == "history -r ae10" {
        Some("says what was typed")
    } else if ["upgrade +1", "stamp head"].contains(&line) && recorded.code == 255 {
        Some("names the revisions in question")
    } else {
        None
    }
}

/// Runs a recording in both languages; returns what differs with a reason.
fn replay(recording: &str, revisions: &[&str], languages: &[Language]) -> String {
    let mut texts = languages
        .iter()
        .map(|language| replay_in(recording, revisions, *language));
    let first = texts.next().unwrap();
    for other in texts {
        assert_eq!(
            first, other,
            "the languages differ from Alembic in different ways"
        );
    }
    first
}

fn replay_in(recording: &str, revisions: &[&str], language: Language) -> String {
    let sandbox = Sandbox::branching(language, revisions);
    let (mut on_purpose, mut unexpected) = (String::new(), String::new());
    for recorded in read(recording) {
        let ran = sandbox.run(&recorded.line);
        let Some(difference) = difference(&recorded, &ran, language) else {
            continue;
        };
        match reason_to_differ(&recorded) {
            Some(reason) => {
                on_purpose.push_str(&format!("$ {} ({reason})\n{difference}\n", recorded.line));
            }
            None => unexpected.push_str(&format!("$ {}\n{difference}\n", recorded.line)),
        }
    }
    assert_eq!(unexpected, "", "not as recorded ({language:?})");
    on_purpose
}

fn difference(recorded: &Recorded, ran: &Ran, language: Language) -> Option<String> {
    let expected = in_language(&recorded.stdout, language);
    let same_text = match expected.strip_prefix("FAILED: ") {
        // Ours name the revisions in question, so they may say more.
        Some(message) => ran
            .stdout
            .strip_prefix("FAILED: ")
            .is_some_and(|ours| says_the_same(message.trim_end(), ours.trim_end())),
        // Python prints what comes out of a set in an order of its own.
        None if recorded.line == "current" => sorted(&expected) == sorted(&ran.stdout),
        None => expected == ran.stdout,
    };
    let log: String = ran
        .stderr
        .split_inclusive('\n')
        .filter(|line| line.contains("] Running "))
        .collect();
    let same = same_text && recorded.code == ran.code && (ran.code != 0 || recorded.log == log);
    (!same).then(|| format!("{}{ran}", recorded_text(recorded)))
}

fn recorded_text(recorded: &Recorded) -> String {
    let first = recorded.stdout.lines().next().unwrap_or("(no output)");
    format!("Alembic: {first} [exit {}]\n", recorded.code)
}

/// Whether our sentence has all words of Alembic's in their order.
fn says_the_same(theirs: &str, ours: &str) -> bool {
    let word = |text: &str| text.trim_matches([',', '.', ';', ':']).to_lowercase();
    let mut ours = ours.split_whitespace().map(word);
    theirs
        .split_whitespace()
        .map(word)
        .all(|wanted| ours.any(|found| found == wanted))
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

const BOTH: &[Language] = &[Language::Sql, Language::Python];

#[test]
fn a_history_with_two_heads() {
    let recording = include_str!("recorded/branched-graph.txt");
    insta::assert_snapshot!(replay(recording, BRANCHED, BOTH), @"
$ history -r ae10 (says what was typed)
Alembic: FAILED: History range requires [start]:[end], [start]:, or :[end] [exit 255]
FAILED: 'ae10' is no range; a range is [start]:[end], [start]:, or :[end]
[exit 255]
$ show 1975+1 (says why a relative target means nothing here)
Alembic: FAILED: Can't locate revision identified by '1975+1' [exit 255]
FAILED: '1975+1' cannot be used here: a relative target needs something to count from; name the revision
[exit 255]
$ show ae10-1 (says why a relative target means nothing here)
Alembic: FAILED: Can't locate revision identified by 'ae10-1' [exit 255]
FAILED: 'ae10-1' cannot be used here: a relative target needs something to count from; name the revision
[exit 255]
$ show head-1 (says why a relative target means nothing here)
Alembic: FAILED: Can't locate revision identified by 'head-1' [exit 255]
FAILED: 'head-1' cannot be used here: a relative target needs something to count from; name the revision
[exit 255]
");
}

#[test]
fn a_history_with_a_merge() {
    let recording = include_str!("recorded/merged-graph.txt");
    insta::assert_snapshot!(replay(recording, MERGED, BOTH), @"
$ history -r -2: (a range that begins with '-' need not be glued to its option)
Alembic: (no output) [exit 2]
FAILED: Ambiguous walk: from 53fffde5ad5 '-2' could go to ae1027a6acf, 27c6a30d7c24; name the revision or its branch
[exit 255]
$ show head-1 (says why a relative target means nothing here)
Alembic: FAILED: Can't locate revision identified by 'head-1' [exit 255]
FAILED: 'head-1' cannot be used here: a relative target needs something to count from; name the revision
[exit 255]
");
}

#[test]
fn a_history_with_a_dependency_between_branches() {
    let recording = include_str!("recorded/networking-graph.txt");
    insta::assert_snapshot!(replay(recording, NETWORKING, BOTH), @"
$ show 2a95-1 (says why a relative target means nothing here)
Alembic: FAILED: Can't locate revision identified by '2a95-1' [exit 255]
FAILED: '2a95-1' cannot be used here: a relative target needs something to count from; name the revision
[exit 255]
$ show 2a95-2 (says why a relative target means nothing here)
Alembic: FAILED: Can't locate revision identified by '2a95-2' [exit 255]
FAILED: '2a95-2' cannot be used here: a relative target needs something to count from; name the revision
[exit 255]
$ show networking@head-1 (says why a relative target means nothing here)
Alembic: FAILED: Can't locate revision identified by 'head-1' [exit 255]
FAILED: 'networking@head-1' cannot be used here: a relative target needs something to count from; name the revision
[exit 255]
");
}

/// Scripts in Python are not run by this build, so databases are moved by scripts in SQL.
const SQL: &[Language] = &[Language::Sql];

#[test]
fn a_database_with_two_heads() {
    let recording = include_str!("recorded/branched-database.txt");
    insta::assert_snapshot!(replay(recording, BRANCHED, SQL), @"
$ history -r -1:current (a range that begins with '-' need not be glued to its option)
Alembic: (no output) [exit 2]
<base> -> 1975ea83b712 (branchpoint), create account table
[exit 0]
$ stamp head (names the revisions in question)
Alembic: FAILED: Multiple heads are present; please specify a single target revision [exit 255]
FAILED: Multiple head revisions are present for given argument 'head': 27c6a30d7c24, ae1027a6acf; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
[exit 255]
");
}

#[test]
fn a_database_through_a_merge() {
    let recording = include_str!("recorded/merged-database.txt");
    insta::assert_snapshot!(replay(recording, MERGED, SQL), @"
$ history -r -2:current (a range that begins with '-' need not be glued to its option)
Alembic: (no output) [exit 2]
FAILED: Ambiguous walk: from 53fffde5ad5 '-2' could go to ae1027a6acf, 27c6a30d7c24; name the revision or its branch
[exit 255]
$ upgrade +1 (names the revisions in question)
Alembic: FAILED: Ambiguous upgrade from multiple current revisions [exit 255]
FAILED: '+1' is ambiguous: steps would count from several current revisions: 27c6a30d7c24, ae1027a6acf; name the branch, as in '27c6a30d7c24@+1'
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
[exit 255]
");
}

#[test]
fn a_database_with_a_dependency_between_branches() {
    let recording = include_str!("recorded/networking-database.txt");
    insta::assert_snapshot!(replay(recording, NETWORKING, SQL), @"
$ current --check-heads (a head that is applied as a dependency is not missed)
Alembic: FAILED: Database is not on all head revisions [exit 255]
2a95102259be (head)
55af2cb1c267 (effective head)
[exit 0]
$ current --check-heads (a head that is applied as a dependency is not missed)
Alembic: FAILED: Database is not on all head revisions [exit 255]
2a95102259be (head)
55af2cb1c267 (effective head)
[exit 0]
");
}
