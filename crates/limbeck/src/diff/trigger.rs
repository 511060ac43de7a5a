//! Triggers.

use super::{
    Change, Detected, Object,
    context::Context,
    order::{Mentions, Phase, Plan},
    pairing::{pair, qualified},
    watch::Watched,
};
use crate::{
    operation::{CreateTrigger, DropTrigger},
    schema::{Database, QualifiedName, Trigger},
};

/// Plans what happens to the triggers. Those of a table or view that goes go with it.
pub(super) fn plan(
    (actual, wanted): (&Database, &Database),
    gone: &[QualifiedName],
    routines: &[QualifiedName],
    watched: &Watched<'_>,
    context: Context<'_>,
    plan: &mut Plan,
) {
    let equivalence = context.language.equivalence;
    let key = |trigger: &Trigger| {
        let mut key = qualified(&trigger.table);
        key.push(trigger.name.clone());
        key
    };
    let recreated = Mentions::of(equivalence, routines.iter().cloned().map(|name| (name, 0)));
    let pairs = pair(&actual.triggers, &wanted.triggers, equivalence, key);
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
        plan.detect(Phase::CreateTriggers, what, create(added));
    }
    for (from, to) in &pairs.both {
        let same = equivalence.same_definition(&from.definition, &to.definition);
        let aside = gone.contains(&from.table)
            || watched.holds(&from.definition, Some(&from.table))
            || !recreated.within(&from.definition).is_empty();
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
            Phase::CreateTriggers,
            Change {
                operations: vec![create(to).into()],
                what: what.into_iter().collect(),
                hazards: Vec::new(),
            },
        );
    }
}

fn object(trigger: &Trigger) -> Object {
    Object::Trigger {
        table: trigger.table.clone(),
        name: trigger.name.clone(),
    }
}

fn create(trigger: &Trigger) -> CreateTrigger {
    CreateTrigger {
        trigger: trigger.clone(),
    }
}

fn drop(trigger: &Trigger) -> DropTrigger {
    DropTrigger {
        name: trigger.name.clone(),
        table: trigger.table.clone(),
        if_exists: false,
        cascade: false,
        original: Some(trigger.clone()),
    }
}
