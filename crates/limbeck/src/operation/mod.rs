//! What a migration does, as plain data. Must not build SQL text, do I/O or know which database it is.

mod location;

pub use location::SourceLocation;
