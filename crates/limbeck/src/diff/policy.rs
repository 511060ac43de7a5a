//! Row-level-security policies.

use super::{
    Change, Detected, Equivalence, Object,
    context::Context,
    order::{Mentions, Phase, Plan},
    pairing::{pair, qualified},
    watch::Watched,
};
use crate::{
    operation::{CreatePolicy, DropPolicy},
    schema::{Database, Policy, QualifiedName},
};

/// Plans what happens to the policies. Those of a table that goes go with it.
pub(super) fn plan(
    (actual, wanted): (&Database, &Database),
    gone: &[QualifiedName],
    routines: &[QualifiedName],
    watched: &Watched<'_>,
    context: Context<'_>,
    plan: &mut Plan,
) {
    let equivalence = context.language.equivalence;
    let recreated = Mentions::of(equivalence, routines.iter().cloned().map(|name| (name, 0)));
    let views = Mentions::of(equivalence, gone.iter().cloned().map(|name| (name, 0)));
    let pairs = pair(&actual.policies, &wanted.policies, equivalence, |policy| {
        let mut key = qualified(&policy.table);
        key.push(policy.name.clone());
        key
    });
    for removed in &pairs.removed {
        let what = Detected::Removed {
            object: object(removed),
        };
        match gone.contains(&removed.table) {
            true => plan.push(
                Phase::DropWatchers,
                Change {
                    what: vec![what],
                    ..Change::default()
                },
            ),
            false => plan.detect(Phase::DropWatchers, what, drop(removed)),
        }
    }
    for added in &pairs.added {
        let what = Detected::Added {
            object: object(added),
        };
        plan.detect(Phase::CreatePolicies, what, create(added));
    }
    for (from, to) in &pairs.both {
        let same = same(equivalence, from, to);
        let text = text(from);
        let aside = gone.contains(&from.table)
            || watched.holds(&text, Some(&from.table))
            || !recreated.within(&text).is_empty()
            || !views.within(&text).is_empty();
        if same && !aside {
            continue;
        }
        let what = (!same).then(|| Detected::Changed {
            object: object(to),
            differences: Vec::new(),
        });
        if !gone.contains(&from.table) {
            plan.assist(Phase::DropWatchers, drop(from));
        }
        plan.push(
            Phase::CreatePolicies,
            Change {
                operations: vec![create(to).into()],
                what: what.into_iter().collect(),
                hazards: Vec::new(),
            },
        );
    }
}

fn text(policy: &Policy) -> String {
    let texts = policy.using.iter().chain(&policy.with_check);
    let texts: Vec<&str> = texts.map(String::as_str).collect();
    texts.join("\n")
}

fn same(equivalence: &dyn Equivalence, actual: &Policy, wanted: &Policy) -> bool {
    let condition = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => equivalence.same_expression(a, b),
        (a, b) => a == b,
    };
    let roles = |policy: &Policy| {
        let mut roles = policy.roles.clone();
        // Everyone, said or not.
        roles.retain(|role| !role.as_str().eq_ignore_ascii_case("PUBLIC"));
        roles.sort();
        roles
    };
    actual.restrictive == wanted.restrictive
        && actual.command == wanted.command
        && roles(actual) == roles(wanted)
        && condition(&actual.using, &wanted.using)
        && condition(&actual.with_check, &wanted.with_check)
}

fn object(policy: &Policy) -> Object {
    Object::Policy {
        table: policy.table.clone(),
        name: policy.name.clone(),
    }
}

fn create(policy: &Policy) -> CreatePolicy {
    CreatePolicy {
        policy: policy.clone(),
    }
}

fn drop(policy: &Policy) -> DropPolicy {
    DropPolicy {
        name: policy.name.clone(),
        table: policy.table.clone(),
        if_exists: false,
        original: Some(policy.clone()),
    }
}
