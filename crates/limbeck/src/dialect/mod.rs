//! Operations to statements, one room per database. A dialect never imports another dialect.

mod name;
mod query;
mod statement;

pub use name::{DialectName, UnknownDialect};
pub use query::{BoxFuture, Query, QueryError, Row};
pub use statement::{Isolation, Statement};
