//! Renames one after the other, so that no name is ever taken: chains from their end, swaps by way of a third name.

use std::collections::BTreeSet;

/// One step: a name, and the name it gets.
pub(super) type Step = (String, String);

/// Steps that bring about all renames at once. `taken` are all names there are; one in the way that is not renamed
/// itself steps aside, since it can only be on its way out.
pub(super) fn steps(renames: &[Step], taken: &BTreeSet<String>) -> Vec<Step> {
    let mut taken = taken.clone();
    let mut open: Vec<Step> = renames.to_vec();
    open.sort();
    let mut steps = Vec::new();
    while !open.is_empty() {
        let free = open.iter().position(|(_, to)| !taken.contains(to));
        if let Some(place) = free {
            let (from, to) = open.remove(place);
            taken.remove(&from);
            taken.insert(to.clone());
            steps.push((from, to));
            continue;
        }
        let target = open.iter().map(|(_, to)| to).next().cloned();
        let Some(target) = target else { break };
        let aside = unused(&target, &taken);
        taken.remove(&target);
        taken.insert(aside.clone());
        for (from, _) in &mut open {
            if *from == target {
                from.clone_from(&aside);
            }
        }
        steps.push((target, aside));
    }
    steps
}

/// A name for something that steps aside.
pub(in crate::diff) fn unused(name: &str, taken: &BTreeSet<String>) -> String {
    let beginning: String = name.chars().take(50).collect();
    let mut candidate = format!("{beginning}_before");
    let mut number = 2;
    while taken.contains(&candidate) {
        candidate = format!("{beginning}_before_{number}");
        number += 1;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(renames: &[(&str, &str)], taken: &[&str]) -> String {
        let renames: Vec<Step> = renames
            .iter()
            .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
            .collect();
        let taken = taken.iter().map(|name| (*name).to_owned()).collect();
        let steps = steps(&renames, &taken);
        let steps: Vec<String> = steps.iter().map(|(a, b)| format!("{a}>{b}")).collect();
        steps.join(" ")
    }

    #[test]
    fn no_name_is_ever_taken() {
        assert_eq!(written(&[("a", "b")], &["a"]), "a>b");
        assert_eq!(written(&[("a", "b"), ("b", "c")], &["a", "b"]), "b>c a>b");
        assert_eq!(
            written(&[("a", "b"), ("b", "a")], &["a", "b"]),
            "b>b_before a>b b_before>a"
        );
        assert_eq!(
            written(&[("a", "b")], &["a", "b", "b_before"]),
            "b>b_before_2 a>b"
        );
    }
}
