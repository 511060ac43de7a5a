//! How sequences and identities count.

use crate::schema::SequenceOptions;

/// Options that turn `actual` into `wanted`: an operation leaves alone what is not said, so what `wanted` leaves to
/// the database is said where it differs.
pub(super) fn explicit(
    actual: &SequenceOptions,
    wanted: &SequenceOptions,
    usual_cache: i64,
) -> SequenceOptions {
    let mut options = wanted.clone();
    let down = wanted.increment.is_some_and(|step| step < 0);
    if actual.increment.is_some() && wanted.increment.is_none() {
        options.increment = Some(1);
    }
    if actual.minimum.is_some() && wanted.minimum.is_none() {
        options.no_minimum = true;
    }
    if actual.maximum.is_some() && wanted.maximum.is_none() {
        options.no_maximum = true;
    }
    if actual.start.is_some() && wanted.start.is_none() {
        let first = if down { wanted.maximum } else { wanted.minimum };
        options.start = Some(first.unwrap_or(if down { -1 } else { 1 }));
    }
    if actual.cache.is_some() && wanted.cache.is_none() {
        options.cache = Some(usual_cache);
    }
    if actual.cycle == Some(true) && wanted.cycle.is_none() {
        options.cycle = Some(false);
    }
    options
}

/// Whether two sequences count alike; what is not said is the database's usual.
pub(super) fn same(actual: &SequenceOptions, wanted: &SequenceOptions) -> bool {
    let usual = |options: &SequenceOptions| {
        let mut options = options.clone();
        options.no_minimum = false;
        options.no_maximum = false;
        options.increment = options.increment.filter(|step| *step != 1);
        options.cycle = options.cycle.filter(|cycle| *cycle);
        let down = options.increment.is_some_and(|step| step < 0);
        let first = if down {
            options.maximum.unwrap_or(-1)
        } else {
            options.minimum.unwrap_or(1)
        };
        options.start = options.start.filter(|start| *start != first);
        options
    };
    usual(actual) == usual(wanted)
}
