//! The installed Alembic, asked the same questions.

use std::{collections::BTreeSet, process::Stdio};

use limbeck::{migrator::Project, revision::Range};
use limbeck_python::project_python::FoundPython;
use tokio::process::Command;

use crate::{
    answer::{AdoptedDatabase, Agreement, Answer, HistoryAnswer, Question},
    arguments::Global,
    revisions::describe,
};

/// Asks Alembic for heads, history and the revisions that the databases are at.
pub(super) async fn compare(
    global: &Global,
    project: &Project,
    python: &FoundPython,
    databases: &[AdoptedDatabase],
) -> Vec<Agreement> {
    if project.check_complete().is_err() {
        return Vec::new();
    }
    let graph = project.graph();
    let heads = graph.heads().map(|node| node.id().to_string()).collect();
    let nodes = graph.history::<&str>(&Range::default(), &[]);
    let history = HistoryAnswer {
        revisions: describe(project, nodes.unwrap_or_default()),
        verbose: false,
    };
    let history = history.text().lines().map(str::to_owned).collect();
    let asked = Asked { global, python };
    let mut found = vec![
        asked.about(Question::Heads, heads).await,
        asked.about(Question::History, history).await,
    ];
    let rows = databases.iter().flat_map(|database| database.rows.iter());
    let mut current = BTreeSet::new();
    for database in databases {
        if let Ok(nodes) = graph.current(&database.rows) {
            current.extend(nodes.into_iter().map(|node| node.id().to_string()));
        }
    }
    // Alembic would make the file of a SQLite database that is missing, and says nothing where there is no row.
    let reason = if databases.iter().any(|database| database.error.is_some()) {
        Some("the database cannot be asked")
    } else if global.url.is_some() {
        Some("Alembic cannot be told --url")
    } else if rows.count() == 0 {
        Some("the database has no version rows")
    } else {
        None
    };
    found.push(match reason {
        Some(reason) => not_asked(Question::Current, reason.to_owned()),
        None => asked.about(Question::Current, current).await,
    });
    found
}

struct Asked<'a> {
    global: &'a Global,
    python: &'a FoundPython,
}

impl Asked<'_> {
    async fn about(&self, question: Question, ours: BTreeSet<String>) -> Agreement {
        let theirs = match self.answer(question).await {
            Ok(text) => text
                .lines()
                .filter_map(|line| entry(question, line))
                .collect::<BTreeSet<String>>(),
            Err(reason) => return not_asked(question, reason),
        };
        Agreement {
            question,
            same: ours.intersection(&theirs).count(),
            only_alembic: theirs.difference(&ours).cloned().collect(),
            only_limbeck: ours.difference(&theirs).cloned().collect(),
            not_asked: None,
        }
    }

    /// What Alembic prints.
    async fn answer(&self, question: Question) -> Result<String, String> {
        let mut command = Command::new(&self.python.program);
        command.args(["-m", "alembic"]);
        for file in &self.global.config {
            command.arg("-c").arg(file);
        }
        if let Some(name) = &self.global.name {
            command.arg("-n").arg(name);
        }
        for argument in &self.global.x {
            command.arg("-x").arg(argument);
        }
        command
            .arg(match question {
                Question::Heads => "heads",
                Question::History => "history",
                Question::Current => "current",
            })
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::null())
            .kill_on_drop(true);
        let output = command.output().await.map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let told = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
        let told = String::from_utf8_lossy(&told);
        let last = told.lines().rfind(|line| !line.trim().is_empty());
        Err(format!(
            "it stopped with: {}",
            last.unwrap_or("no word").trim()
        ))
    }
}

/// What a line of Alembic's answer says. The application may print lines of its own, which say nothing.
fn entry(question: Question, line: &str) -> Option<String> {
    let line = line.trim_end();
    if question == Question::History {
        return line.contains(" -> ").then(|| line.to_owned());
    }
    let (id, marks) = line.split_once(' ').unwrap_or((line, ""));
    let is_marks = marks.is_empty() || (marks.starts_with('(') && marks.ends_with(')'));
    (!id.is_empty() && is_marks).then(|| id.to_owned())
}

fn not_asked(question: Question, reason: String) -> Agreement {
    Agreement {
        question,
        same: 0,
        only_alembic: Vec::new(),
        only_limbeck: Vec::new(),
        not_asked: Some(reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_application_say_nothing() {
        let said = |line| entry(Question::Heads, line);
        assert_eq!(said("abc (head)").as_deref(), Some("abc"));
        assert_eq!(
            said("abc (blue, red) (effective head)").as_deref(),
            Some("abc")
        );
        assert_eq!(said("abc").as_deref(), Some("abc"));
        assert_eq!(said("Loading settings of production"), None);
        assert_eq!(said(""), None);
        let said = |line| entry(Question::History, line);
        assert_eq!(said("a -> b, two ").as_deref(), Some("a -> b, two"));
        assert_eq!(said("Loading"), None);
    }
}
