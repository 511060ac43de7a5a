//! Renames: those that are decided, and what could be one.

mod apply;
mod decided;
mod sequence;
mod similarity;
mod text;

pub(super) use decided::renamed;
pub(super) use similarity::{columns as similar_columns, tables as similar_tables, value};
