//! What is asked of a live database, and what every dialect needs to answer it.
//!
//! Knows no catalogue: each dialect has its own `inspect` room.

mod cells;
mod error;
mod request;
mod type_words;

pub(super) use cells::{Cells, read};
pub use error::InspectError;
pub use request::{InspectionRequest, Part, Parts};
pub(super) use type_words::TypeWords;
