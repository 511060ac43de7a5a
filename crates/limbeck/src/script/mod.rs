//! The versions directory: finds scripts, reads their headers without executing them, splits SQL, writes new ones. Must not know a database connection.

mod code_error;
mod directory;
mod header;
mod position;
pub mod python;
mod run;
pub mod sql;
pub mod write;

pub use code_error::CodeError;
pub use directory::{DirectoryError, LoadedScript, Note, Scripts, VersionsDirectory};
pub use header::{Header, HeaderError, HeaderLines, HeaderProblem, ScriptFormat};
pub use position::Position;
pub use run::{
    ConnectedDatabase, ContextError, Direction, RanBy, RowError, Script, ScriptContext, ScriptError,
};
pub use sql::SqlScript;
