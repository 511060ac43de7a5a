//! Triggers.

use super::{
    Equivalence, Object,
    context::Context,
    order::{Mentions, Phase, Plan},
    watch::Watched,
    watcher::{self, Watcher},
};
use crate::{
    operation::{CreateTrigger, DropTrigger, Operation},
    schema::{Database, Identifier, QualifiedName, Trigger},
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
    let recreated = Mentions::of_names(context.language.equivalence, routines);
    let in_the_way = |trigger: &Trigger| {
        watched.holds(&trigger.definition, Some(&trigger.table))
            || !recreated.within(&trigger.definition).is_empty()
    };
    let both = (actual.triggers.as_slice(), wanted.triggers.as_slice());
    let goes_first = |trigger: &Trigger| !recreated.within(&trigger.definition).is_empty();
    watcher::plan(both, gone, in_the_way, goes_first, context, plan);
}

impl Watcher for Trigger {
    const CREATED: Phase = Phase::CreateTriggers;

    fn table(&self) -> &QualifiedName {
        &self.table
    }

    fn name(&self) -> &Identifier {
        &self.name
    }

    fn object(&self) -> Object {
        Object::Trigger {
            table: self.table.clone(),
            name: self.name.clone(),
        }
    }

    fn create(&self) -> Operation {
        CreateTrigger {
            trigger: self.clone(),
        }
        .into()
    }

    fn drop(&self) -> Operation {
        DropTrigger {
            name: self.name.clone(),
            table: self.table.clone(),
            if_exists: false,
            cascade: false,
            original: Some(self.clone()),
        }
        .into()
    }

    fn is_same(&self, wanted: &Self, equivalence: &dyn Equivalence) -> bool {
        equivalence.same_definition(&self.definition, &wanted.definition)
    }
}
