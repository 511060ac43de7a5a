//! Questions to a person at a terminal about what no schema tells. Nobody else is asked.

use std::io::{self, BufRead, IsTerminal};

use limbeck::{
    diff::{Fill, RenameCandidate},
    migrator::autogenerate::Difference,
};

use crate::output::Output;

/// Where to ask; `None` when nobody is there to answer.
pub(crate) fn place(output: &Output) -> Option<Output> {
    let somebody = io::stdin().is_terminal() && io::stderr().is_terminal() && !output.is_json();
    somebody.then_some(*output)
}

/// Asks about each possible rename, the likeliest first. Without an answer it stays open.
pub(crate) fn about_renames(output: &Output, difference: &mut Difference) {
    let mut declined: Vec<RenameCandidate> = Vec::new();
    loop {
        let open = difference.undecided();
        let Some(candidate) = open.iter().find(|one| !is_among(one, &declined)) else {
            let mut decisions = difference.decisions().clone();
            // Whatever is left is no rename; with nothing left there is nothing to say.
            if !open.is_empty() && !declined.is_empty() {
                decisions.accept_drops = true;
                difference.decide(decisions);
            }
            return;
        };
        output.explain(&format!(
            "{}. Was it? [y/n, nothing leaves it open] ",
            capital(&candidate.to_string())
        ));
        let Some(answer) = answer() else {
            return;
        };
        match answer.to_lowercase().as_str() {
            "y" | "yes" => {
                let decisions = difference
                    .decisions()
                    .renaming(std::slice::from_ref(candidate));
                difference.decide(decisions);
            }
            "n" | "no" => declined.push(candidate.clone()),
            _ => return,
        }
    }
}

/// Asks what the rows there are get in each new column that refuses NULL.
pub(crate) fn about_values(output: &Output, difference: &mut Difference) {
    for (table, column) in difference.unfilled() {
        output.explain(&format!(
            "What do the rows there are get in '{table}.{column}'? [an SQL expression, nothing leaves it open] "
        ));
        let Some(expression) = answer().filter(|text| !text.is_empty()) else {
            continue;
        };
        let mut decisions = difference.decisions().clone();
        decisions.fills.push(Fill {
            table,
            column,
            expression,
            batch_rows: None,
        });
        difference.decide(decisions);
    }
}

fn is_among(candidate: &RenameCandidate, declined: &[RenameCandidate]) -> bool {
    declined.iter().any(|one| {
        one.what == candidate.what
            && one.table == candidate.table
            && one.from == candidate.from
            && one.to == candidate.to
    })
}

/// One line; `None` at the end of the input.
fn answer() -> Option<String> {
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(line.trim().to_owned()),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
