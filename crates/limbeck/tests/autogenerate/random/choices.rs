//! What a random schema is made from: a number for each thing that can be there or can be one way or another.
//!
//! No number is "not there" or the simplest way, so that whatever makes a law fail shrinks to few things.

use std::ops::Range;

use proptest::{collection::vec, option, prelude::*};

/// How many tables there may be.
pub(crate) const TABLES: usize = 4;
/// Columns of a table that may be absent, each of which has choices of its own.
pub(crate) const SLOTS: usize = 6;

/// What is chosen once in a schema.
#[derive(Clone, Copy)]
pub(crate) enum Whole {
    Mood,
    Domain,
    Ticket,
    Extensions,
    Twice,
    Overload,
    IsFine,
    Touch,
    Procedure,
    Count,
    Measure,
    MeasureParts,
    MeasureColumns,
    Heir,
    Plain,
    Virtual,
    Join,
    Last,
}

/// What is chosen for each table.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    There,
    Name,
    Key,
    Unique,
    Check,
    Exclusion,
    Refers,
    Reference,
    Index,
    OtherIndex,
    RenamedColumn,
    Mood,
    Moods,
    Computed,
    Counted,
    Word,
    Amount,
    Tags,
    Email,
    Comment,
    Options,
    View,
    ViewOfView,
    Materialized,
    Trigger,
    OtherTrigger,
    Policy,
    OtherPolicy,
    Last,
}

/// What is chosen for each column that may be absent.
#[derive(Clone, Copy)]
pub(crate) enum Slot {
    Type,
    Default,
    NotNull,
    Comment,
    Last,
}

const WHOLE: usize = Whole::Last as usize;
const SLOT: usize = Slot::Last as usize;
const TABLE: usize = Part::Last as usize + SLOTS * SLOT;
const ALL: usize = WHOLE + TABLES * TABLE;

/// A random schema, for any database.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft(Vec<Option<u8>>);

impl Draft {
    /// How many choices there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The same with nothing chosen at some places.
    pub(crate) fn without(&self, places: Range<usize>) -> Draft {
        self.like(&Draft(vec![None; self.len()]), places)
    }

    /// The same with what another chooses at some places.
    pub(crate) fn like(&self, other: &Draft, places: Range<usize>) -> Draft {
        let choice = |place: usize| match places.contains(&place) {
            true => other.0[place],
            false => self.0[place],
        };
        Draft((0..self.len()).map(choice).collect())
    }

    /// One of `count` ways; 0 where nothing is chosen.
    fn choose(&self, place: usize, count: u8) -> u8 {
        self.0[place].map_or(0, |number| 1 + number % (count - 1))
    }

    pub(super) fn whole(&self, topic: Whole, count: u8) -> u8 {
        self.choose(topic as usize, count)
    }

    pub(super) fn of_table(&self, table: usize, topic: Part, count: u8) -> u8 {
        self.choose(WHOLE + table * TABLE + topic as usize, count)
    }

    pub(super) fn of_column(&self, table: usize, slot: usize, topic: Slot, count: u8) -> u8 {
        let before = WHOLE + table * TABLE + Part::Last as usize;
        self.choose(before + slot * SLOT + topic as usize, count)
    }
}

/// Two schemas: some have little in common, some differ in a thing or two.
pub(crate) fn pairs() -> impl Strategy<Value = (Draft, Draft)> {
    let numbers = || vec(option::weighted(0.55, 0..60u8), ALL);
    let share = prop_oneof![Just(3u8), Just(15), Just(100)];
    (numbers(), numbers(), vec(0..100u8, ALL), share).prop_map(|(a, b, differs, share)| {
        let both = a.iter().zip(b).zip(differs);
        let other = both.map(|((a, b), differs)| match differs >= 100 - share {
            true => b,
            false => *a,
        });
        (Draft(other.collect()), Draft(a))
    })
}
