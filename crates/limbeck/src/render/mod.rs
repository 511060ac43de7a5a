//! Operations to the source text of a script.
//!
//! [`PythonRenderer`] writes what Alembic writes into a revision's `upgrade()` and `downgrade()`; [`sql_script`] writes the
//! statements of a `.sql` script. This room builds no SQL and knows no connection: what has no directive in the script's
//! language is asked of [`SqlText`], which any [`Dialect`](crate::dialect::Dialect) can answer.

mod error;
mod python;
mod sql;
mod sql_text;

pub use error::RenderError;
pub use python::{Body, Item, PythonRenderer, PythonSettings, RenderItem, Rendered, Step};
pub use sql::sql_script;
pub use sql_text::{DialectText, SqlText};
