//! Row-level-security policies.

use super::{
    Equivalence, Object,
    context::Context,
    order::{Mentions, Phase, Plan},
    watch::Watched,
    watcher::{self, Watcher},
};
use crate::{
    operation::{CreatePolicy, DropPolicy, Operation},
    schema::{Database, Identifier, Policy, QualifiedName},
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
    let recreated = Mentions::of_names(equivalence, routines);
    let views = Mentions::of_names(equivalence, gone);
    let in_the_way = |policy: &Policy| {
        let text = text(policy);
        watched.holds(&text, Some(&policy.table))
            || !recreated.within(&text).is_empty()
            || !views.within(&text).is_empty()
    };
    let goes_first = |policy: &Policy| {
        let text = text(policy);
        let mut others = gone.iter().filter(|name| **name != policy.table);
        !recreated.within(&text).is_empty() || others.any(|name| equivalence.mentions(&text, name))
    };
    let both = (actual.policies.as_slice(), wanted.policies.as_slice());
    watcher::plan(both, gone, in_the_way, goes_first, context, plan);
}

fn text(policy: &Policy) -> String {
    let texts = policy.using.iter().chain(&policy.with_check);
    let texts: Vec<&str> = texts.map(String::as_str).collect();
    texts.join("\n")
}

impl Watcher for Policy {
    const CREATED: Phase = Phase::CreatePolicies;

    fn table(&self) -> &QualifiedName {
        &self.table
    }

    fn name(&self) -> &Identifier {
        &self.name
    }

    fn object(&self) -> Object {
        Object::Policy {
            table: self.table.clone(),
            name: self.name.clone(),
        }
    }

    fn create(&self) -> Operation {
        CreatePolicy {
            policy: self.clone(),
        }
        .into()
    }

    fn drop(&self) -> Operation {
        DropPolicy {
            name: self.name.clone(),
            table: self.table.clone(),
            if_exists: false,
            original: Some(self.clone()),
        }
        .into()
    }

    fn is_same(&self, wanted: &Self, equivalence: &dyn Equivalence) -> bool {
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
        self.restrictive == wanted.restrictive
            && self.command == wanted.command
            && roles(self) == roles(wanted)
            && condition(&self.using, &wanted.using)
            && condition(&self.with_check, &wanted.with_check)
    }
}
