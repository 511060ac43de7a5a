//! What hangs on a table and goes with it: triggers and policies. Neither can be altered, so one that changes, or whose
//! table's part or routine makes room, is dropped and put back.

use super::{
    Change, Detected, Equivalence, Object,
    context::Context,
    order::{Phase, Plan},
    pairing::{pair, qualified},
};
use crate::{
    operation::Operation,
    schema::{Identifier, QualifiedName},
};

/// One that hangs on a table.
pub(super) trait Watcher {
    /// When it is created.
    const CREATED: Phase;

    fn table(&self) -> &QualifiedName;
    fn name(&self) -> &Identifier;
    fn object(&self) -> Object;
    fn create(&self) -> Operation;
    fn drop(&self) -> Operation;

    /// Whether it says the same as what is wanted.
    fn is_same(&self, wanted: &Self, equivalence: &dyn Equivalence) -> bool;
}

/// Plans what happens to all of them. Those of a table that is `gone` go with it; `in_the_way` tells of one that stays whether
/// something that it uses changes, `goes_first` of one of a table that is gone whether something that it uses goes before.
pub(super) fn plan<W: Watcher>(
    (actual, wanted): (&[W], &[W]),
    gone: &[QualifiedName],
    in_the_way: impl Fn(&W) -> bool,
    goes_first: impl Fn(&W) -> bool,
    context: Context<'_>,
    plan: &mut Plan,
) {
    let equivalence = context.language.equivalence;
    let pairs = pair(actual, wanted, equivalence, |one| {
        let mut key = qualified(one.table());
        key.push(one.name().clone());
        key
    });
    for removed in &pairs.removed {
        let what = Detected::Removed {
            object: removed.object(),
        };
        match gone.contains(removed.table()) && !goes_first(removed) {
            true => plan.push(
                Phase::DropWatchers,
                Change {
                    what: vec![what],
                    ..Change::default()
                },
            ),
            false => plan.detect(Phase::DropWatchers, what, removed.drop()),
        }
    }
    for added in &pairs.added {
        let what = Detected::Added {
            object: added.object(),
        };
        plan.detect(W::CREATED, what, added.create());
    }
    for (from, to) in &pairs.both {
        let same = from.is_same(to, equivalence);
        let goes_along = gone.contains(from.table());
        if same && !goes_along && !in_the_way(from) {
            continue;
        }
        let what = (!same).then(|| Detected::Changed {
            object: to.object(),
            differences: Vec::new(),
        });
        if !goes_along {
            plan.assist(Phase::DropWatchers, from.drop());
        }
        plan.push(
            W::CREATED,
            Change {
                operations: vec![to.create()],
                what: what.into_iter().collect(),
                hazards: Vec::new(),
            },
        );
    }
}
