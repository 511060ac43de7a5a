//! Which pairs are tried, and what is left of one that fails.

use std::{collections::HashMap, ops::Range};

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::random::{Draft, pairs};

/// The numbers of the pairs to try: the first `usual`, or as many as `LIMBECK_TEST_PAIRS` says, or those between two
/// numbers (`2000..4000`). A number is always the same pair, so that a gate does not fail by chance.
pub(crate) fn numbers(usual: u32) -> Range<u32> {
    let Ok(said) = std::env::var("LIMBECK_TEST_PAIRS") else {
        return 0..usual;
    };
    let number = |text: &str| -> u32 { text.parse().expect("LIMBECK_TEST_PAIRS: a number") };
    match said.split_once("..") {
        Some((first, last)) => number(first)..number(last),
        None => 0..number(&said),
    }
}

/// The pair of a number.
pub(crate) fn pair(number: u32) -> (Draft, Draft) {
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&number.to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    let tree = pairs().new_tree(&mut runner);
    tree.expect("no choice is ever refused").current()
}

/// Tries the pairs. Of the first that fails the simplest one that fails, too, is shown; the others are told by their numbers.
#[allow(
    clippy::print_stderr,
    reason = "what a long run has found so far is told with --nocapture"
)]
pub(crate) fn tried(
    numbers: Range<u32>,
    attempt: impl Fn(&(Draft, Draft)) -> Result<(), String>,
    show: impl Fn(&(Draft, Draft)) -> String,
) {
    let count = numbers.len();
    let mut failed: Vec<(u32, String)> = Vec::new();
    for number in numbers {
        if let Err(reason) = attempt(&pair(number)) {
            let line = reason.lines().take(2).collect::<Vec<_>>().join(" ");
            eprintln!("{number}: {line}");
            failed.push((number, line));
        }
    }
    let Some((first, _)) = failed.first() else {
        return;
    };
    let (simplest, reason) = simplest(pair(*first), attempt, &show);
    let lines: Vec<String> = failed
        .iter()
        .map(|(number, line)| format!("{number}: {line}"))
        .collect();
    panic!(
        "{} of {count} pairs fail:\n{}\n\nthe first:\n{reason}\nof\n{}",
        failed.len(),
        lines.join("\n"),
        show(&simplest)
    );
}

/// Takes away what both schemas can do without, then what only one of them has to have, in ever smaller pieces.
fn simplest(
    mut pair: (Draft, Draft),
    attempt: impl Fn(&(Draft, Draft)) -> Result<(), String>,
    show: impl Fn(&(Draft, Draft)) -> String,
) -> ((Draft, Draft), String) {
    let mut reason = attempt(&pair).err().unwrap_or_default();
    // Many a choice says nothing where another is made, so the same schemas come again.
    let mut known: HashMap<String, Result<(), String>> = HashMap::new();
    loop {
        let before = pair.clone();
        let mut size = pair.0.len();
        while size > 0 {
            for start in (0..pair.0.len()).step_by(size) {
                let place = start..start + size;
                let (a, b) = &pair;
                let candidates = [
                    (a.without(place.clone()), b.without(place.clone())),
                    (a.like(b, place.clone()), b.clone()),
                    (a.clone(), b.like(a, place.clone())),
                    (a.without(place.clone()), b.clone()),
                    (a.clone(), b.without(place)),
                ];
                for candidate in candidates {
                    if candidate == pair {
                        continue;
                    }
                    let result = known
                        .entry(show(&candidate))
                        .or_insert_with(|| attempt(&candidate));
                    if let Err(found) = result {
                        (pair, reason) = (candidate, found.clone());
                        break;
                    }
                }
            }
            size /= 2;
        }
        if pair == before {
            return (pair, reason);
        }
    }
}
