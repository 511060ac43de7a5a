//! Renames: those that are decided, and what could be one.

mod apply;
mod checks;
mod decided;
mod parts;
mod sequence;
mod similarity;
mod text;

pub(super) use apply::table as rename_table;
pub(super) use decided::renamed;
pub(super) use parts::in_turn as parts_in_turn;
pub(super) use sequence::unused;
pub(super) use similarity::{columns as similar_columns, tables as similar_tables, value};
