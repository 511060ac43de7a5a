//! Operations to Python, as Alembic writes it.
//!
//! The text follows Alembic's to the byte where Alembic has a directive and our data says as much as its objects do. What
//! it cannot express becomes `op.execute(…)` with SQL that is asked of the dialect.

mod alter_column;
mod body;
mod call;
mod column;
mod constraint;
mod data;
mod data_type;
mod default;
mod index;
mod item;
mod literal;
mod models;
mod named_type;
mod settings;
mod table;
mod writer;

#[cfg(test)]
mod tests;

pub use body::{Body, PythonRenderer, Step};
pub use item::{Item, RenderItem, Rendered};
pub use settings::PythonSettings;

use call::Call;
use writer::Writer;
