//! From a wanted schema to a reviewed revision: compares a database with a model, looks at the rows that a change could
//! meet, and writes the script.
//!
//! [`Migrator::difference`](crate::migrator::Migrator::difference) is the whole comparison as a value: [`Difference::upgrade`] and [`Difference::downgrade`] are
//! the ways there and back, [`Difference::decide`] takes the answers of somebody who was asked, and
//! [`Difference::sql_content`] is what a `.sql` revision holds.

mod compare;
mod content;
mod difference;
mod fill;
mod finding;
mod hint;
mod insist;
mod known_ways;
mod leave_out;
mod model;
mod names_before;
mod places;
mod python_content;
mod room;
mod unbuilt;
mod way;

pub use compare::CompareOptions;
pub use difference::Difference;
pub use finding::{Finding, Rows};
pub use insist::Insistence;
pub use model::{Normalise, open_model};
pub use places::compare_places;
pub use way::Way;
