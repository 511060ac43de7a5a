//! What the corpus tells: details of what differs, and tables as the documentation has them.

use std::{collections::BTreeMap, fmt::Write};

use super::{
    kept::split,
    outcome::{Alembic, Down, Outcome},
    process::Cost,
};

const HEADINGS: [&str; 10] = [
    "project",
    "database",
    "revisions",
    "natively",
    "schema",
    "each revision",
    "way down",
    "up again",
    "Limbeck",
    "Alembic",
];

/// The table, with one line a project and database, and what the rest needed.
pub(crate) fn text(outcomes: &[Outcome]) -> String {
    let mut out = format!(
        "| {} |\n|{}\n",
        HEADINGS.join(" | "),
        "---|".repeat(HEADINGS.len())
    );
    for outcome in outcomes {
        let _ = writeln!(out, "| {} |", cells(outcome).join(" | "));
    }
    let ran: usize = outcomes.iter().map(|outcome| outcome.ran.len()).sum();
    let foreign: usize = outcomes.iter().map(|one| one.foreign().count()).sum();
    let share = 100.0 * (ran - foreign) as f64 / ran.max(1) as f64;
    let _ = writeln!(
        out,
        "\n{} of {ran} revisions ran natively: {share:.1} %.\n",
        ran - foreign
    );
    for outcome in outcomes {
        reasons(&mut out, outcome);
    }
    out
}

fn cells(outcome: &Outcome) -> [String; 10] {
    let ran = outcome.ran.len();
    let revisions = match &outcome.stopped {
        None => ran.to_string(),
        Some(_) if ran == outcome.recorded => format!("{ran}, where Alembic stops too"),
        Some(_) => format!("{ran} of {}, then stopped", outcome.revisions),
    };
    let foreign = outcome.foreign().count();
    let natively = format!(
        "{} ({:.0} %)",
        ran - foreign,
        100.0 * (ran - foreign) as f64 / ran.max(1) as f64
    );
    let schema = match &outcome.alembic {
        Some(alembic) if alembic.stopped.is_none() => {
            format!(
                "{} (record: {})",
                differ(&alembic.schema),
                differ(&outcome.schema)
            )
        }
        _ => differ(&outcome.schema),
    };
    let each = match (outcome.compared, outcome.steps.len()) {
        (0, 0) => "not run".to_owned(),
        (compared, 0) => format!("{compared} as recorded"),
        (compared, _) => {
            let all = outcome.steps.iter();
            let differing = all.filter(|step| !split(&step.lines).others.is_empty());
            match (differing.count(), outcome.steps.len()) {
                (0, keeping) => format!("{compared} as recorded, {keeping} of them keep an index"),
                (differing, _) => format!("{differing} of {compared} differ"),
            }
        }
    };
    let again = match &outcome.down {
        None => "-".to_owned(),
        Some(_) => again(outcome.again_stopped.as_deref(), &outcome.again),
    };
    let again = match &outcome.alembic {
        Some(alembic) if alembic.down.is_some() && outcome.down.is_some() => {
            let theirs = self::again(alembic.again_stopped.as_deref(), &alembic.again);
            match theirs == again {
                true => format!("{again}, as Alembic"),
                false => format!("{again}; Alembic: {theirs}"),
            }
        }
        _ => again,
    };
    let alembic = outcome.alembic.as_ref();
    let alembic = alembic.filter(|alembic| alembic.stopped.is_none());
    [
        outcome.version.clone(),
        outcome.database.title().to_owned(),
        revisions,
        natively,
        schema,
        each,
        down(outcome.down.as_ref(), outcome.alembic.as_ref()),
        again,
        seconds(outcome.cost),
        alembic.map_or("-".to_owned(), |alembic| {
            let times = alembic.cost.processor / outcome.cost.processor.max(0.001);
            format!("{} ({times:.1} times)", seconds(alembic.cost))
        }),
    ]
}

fn differ(lines: &[String]) -> String {
    let found = split(lines);
    match (found.others.len(), found.kept.len()) {
        (0, 0) => "identical".to_owned(),
        (0, 1) => "identical but for 1 index kept".to_owned(),
        (0, kept) => format!("identical but for {kept} indexes kept"),
        (1, _) => "1 line differs".to_owned(),
        (lines, _) => format!("{lines} lines differ"),
    }
}

fn again(stopped: Option<&str>, lines: &[String]) -> String {
    match stopped {
        Some(_) => "stops".to_owned(),
        None => differ(lines),
    }
}

fn seconds(cost: Cost) -> String {
    format!("{:.2} s, {:.2} s CPU", cost.wall, cost.processor)
}

fn place(down: &Down) -> String {
    match (down.at.is_empty(), &down.stopped) {
        (true, None) => "to base".to_owned(),
        (true, Some(_)) => "stops at base".to_owned(),
        (false, _) => format!("stops at {}", down.at.join(", ")),
    }
}

fn down(ours: Option<&Down>, alembic: Option<&Alembic>) -> String {
    let Some(ours) = ours else {
        return "-".to_owned();
    };
    let Some((theirs, alembic)) =
        alembic.and_then(|alembic| Some((alembic.down.as_ref()?, alembic)))
    else {
        return place(ours);
    };
    match ours.at == theirs.at {
        true => format!("{}, as Alembic; {}", place(ours), differ(&alembic.below)),
        false => format!("{}; Alembic: {}", place(ours), place(theirs)),
    }
}

/// What the revisions that did not run natively needed, the most frequent first.
fn reasons(out: &mut String, outcome: &Outcome) {
    let mut counts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for ran in outcome.foreign() {
        let needs = ran.needs.as_deref().unwrap_or_default();
        let of_needs = counts.entry(format!("`{}`", needs.join("`, `")));
        of_needs.or_default().push(&ran.revision);
    }
    if counts.is_empty() {
        return;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, revisions)| std::cmp::Reverse(revisions.len()));
    let told: Vec<String> = counts
        .iter()
        .map(|(needs, revisions)| {
            format!("{needs} ({}: {})", revisions.len(), revisions.join(", "))
        })
        .collect();
    let _ = writeln!(
        out,
        "- {} on {}: {}.",
        outcome.version,
        outcome.database.title(),
        told.join("; ")
    );
}

/// What differs, with at most `show` lines of each.
pub(crate) fn details(outcome: &Outcome, note: &str, show: usize) -> String {
    let mut out = format!(
        "== {} on {}\n",
        outcome.project,
        outcome.database.directory()
    );
    if let Some(stopped) = &outcome.stopped {
        last(&mut out, "stopped", stopped, show * 3);
        if !note.is_empty() {
            let _ = writeln!(out, "   note: {note}");
        }
    }
    section(&mut out, "schema, recorded", &outcome.schema, show);
    for step in &outcome.steps {
        section(
            &mut out,
            &format!("revision {}", step.revision),
            &step.lines,
            show,
        );
    }
    if let Some(stopped) = outcome.down.as_ref().and_then(|down| down.stopped.as_ref()) {
        last(&mut out, "down", stopped, show);
    }
    section(&mut out, "up again", &outcome.again, show);
    if let Some(stopped) = &outcome.again_stopped {
        last(&mut out, "up again, stopped", stopped, show);
    }
    if let Some(alembic) = &outcome.alembic {
        section(&mut out, "schema, Alembic's", &alembic.schema, show);
        if let Some(stopped) = &alembic.stopped {
            last(&mut out, "Alembic stopped", stopped, show);
        }
        if let Some(stopped) = alembic.down.as_ref().and_then(|down| down.stopped.as_ref()) {
            last(&mut out, "Alembic's way down", stopped, show);
        }
        section(&mut out, "where both ways down end", &alembic.below, show);
        section(&mut out, "Alembic's way up again", &alembic.again, show);
        if let Some(stopped) = &alembic.again_stopped {
            last(&mut out, "Alembic's way up again, stopped", stopped, show);
        }
    }
    out
}

/// The end of what a program said: there is the reason, unless it answered with a document.
fn last(out: &mut String, title: &str, said: &str, show: usize) {
    let document = said
        .lines()
        .skip_while(|line| *line != "{")
        .take_while(|line| *line != "}")
        .filter(|line| !line.trim_start().starts_with("\"traceback\""));
    let mut lines: Vec<&str> = document.collect();
    if lines.is_empty() {
        lines = said.lines().collect();
    }
    let _ = writeln!(out, "   {title}:");
    for line in lines.iter().skip(lines.len().saturating_sub(show)) {
        let _ = writeln!(out, "      {line}");
    }
}

fn section(out: &mut String, title: &str, lines: &[String], show: usize) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "   {title}: {} lines", lines.len());
    for line in lines.iter().take(show) {
        let _ = writeln!(out, "      {line}");
    }
    let skipped = lines.len().saturating_sub(show);
    if skipped > 0 {
        let _ = writeln!(out, "      … {skipped} more");
    }
}
