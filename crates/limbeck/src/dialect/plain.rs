//! Statements of a model that need no engine to be understood.
//!
//! Whoever builds a model beside a database that has nearly all of it already would have the engine make thousands of
//! tables only to hear what is known. A statement that a dialect reads completely can be compared with what there is, and
//! left out where it says just that. Reading is only ever used to find that nothing differs: the engine reads the rest.

use crate::schema::{Index, QualifiedName, Table};

/// What a statement creates.
#[derive(Clone, Debug, PartialEq)]
pub enum Plain {
    /// A table, in the words in which the database would describe it, as far as the statement tells them.
    Table(Box<Table>),
    /// An index of a table.
    Index(QualifiedName, Box<Index>),
}
