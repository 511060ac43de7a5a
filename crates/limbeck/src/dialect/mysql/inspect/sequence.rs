//! Sequences (MariaDB): each is a table of one row, which says how it counts.

use super::Scope;
use crate::{
    dialect::{
        Dialect, Query,
        inspect::{Cells, InspectError, read},
    },
    schema::{Sequence, SequenceOptions},
};

/// What a sequence counts to when nothing else is said.
const USUAL_MAXIMUM: i64 = i64::MAX - 1;
const USUAL_CACHE: i64 = 1000;

/// Reads the sequences in one query.
pub(super) async fn read_all(
    query: &mut dyn Query,
    scope: &Scope<'_>,
    names: &[String],
) -> Result<Vec<Sequence>, InspectError> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let selects: Vec<String> = names
        .iter()
        .map(|name| {
            format!(
                "SELECT start_value, increment, minimum_value, maximum_value, cache_size, cycle_option FROM {}",
                scope.dialect.qualified(&scope.own(name))
            )
        })
        .collect();
    let rows = read(query, "the sequences", &selects.join(" UNION ALL "), &[]).await?;
    let sequences = names.iter().zip(rows).map(|(name, row)| Sequence {
        name: scope.own(name),
        data_type: None,
        options: counting(Cells::from(row)),
        owned_by: None,
    });
    Ok(sequences.collect())
}

fn counting(mut cells: Cells) -> SequenceOptions {
    let number = |value: Option<i64>, usual: i64| value.filter(|value| *value != usual);
    let start = cells.number();
    let increment = cells.number();
    let minimum = cells.number();
    let maximum = cells.number();
    let down = increment.is_some_and(|step| step < 0);
    let (low, high) = if down {
        (-USUAL_MAXIMUM - 1, -1)
    } else {
        (1, USUAL_MAXIMUM)
    };
    let first = if down { maximum } else { minimum };
    SequenceOptions {
        increment: number(increment, 1),
        start: start.filter(|_| start != first),
        minimum: number(minimum, low),
        maximum: number(maximum, high),
        cache: number(cells.number(), USUAL_CACHE),
        cycle: cells.flag().then_some(true),
        ..SequenceOptions::default()
    }
}
