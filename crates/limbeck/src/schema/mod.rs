//! What a database contains, as plain data. Must not build SQL text, do I/O or know which database it is.

mod value;

pub use value::Value;
