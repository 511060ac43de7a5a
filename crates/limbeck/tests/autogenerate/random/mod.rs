//! Random schemas over a few names, so that two of them have much in common, as the statements that build them; with rows.
//!
//! One file for each kind of object. Must not know the engine: a schema is a text in the database's own language.

mod choices;
mod columns;
mod indexes;
mod partitions;
mod policies;
mod routines;
mod rows;
mod script;
mod tables;
mod triggers;
mod types;
mod views;
mod words;

pub(crate) use choices::{Draft, TABLES, pairs};
pub(crate) use rows::{decisions, in_both, rows};
pub(crate) use tables::Table;
pub(crate) use words::Words;

/// A draft in a database's language.
pub(crate) struct Schema<'d> {
    pub(crate) words: Words,
    draft: &'d Draft,
    /// Whether the first value of the enum is in the other schema, too.
    sad_stays: bool,
    /// Of each table whether the other schema lacks its column of the enum.
    mood_leaves: [bool; TABLES],
    pub(crate) tables: Vec<Table>,
}

impl<'d> Schema<'d> {
    /// A schema, and the one that it becomes or was.
    pub(crate) fn new(words: Words, draft: &'d Draft, other: &Draft) -> Schema<'d> {
        let mut schema = Schema::without_tables(words, draft);
        let after = Schema::without_tables(words, other);
        let has_first = |schema: &Schema<'_>| {
            let values = schema.values();
            values.contains(&"sad") || values.contains(&"unhappy")
        };
        schema.sad_stays = has_first(&schema) && has_first(&after);
        schema.mood_leaves = std::array::from_fn(|place| !types::has_mood(&after, place));
        let tables = (0..TABLES).filter_map(|place| tables::table(&schema, place));
        schema.tables = tables.collect();
        schema
    }

    fn without_tables(words: Words, draft: &'d Draft) -> Schema<'d> {
        Schema {
            words,
            draft,
            sad_stays: false,
            mood_leaves: [false; TABLES],
            tables: Vec::new(),
        }
    }

    /// The statements that build it.
    pub(crate) fn statements(&self) -> Vec<String> {
        let mut script = script::Script::default();
        types::write(self, &mut script);
        routines::write(self, &mut script);
        tables::write(self, &mut script);
        partitions::write(self, &mut script);
        indexes::write(self, &mut script);
        views::write(self, &mut script);
        triggers::write(self, &mut script);
        policies::write(self, &mut script);
        script.into_statements()
    }
}
