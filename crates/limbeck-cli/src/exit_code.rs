//! Every exit code, and which error leads to which. Documented for users in `docs/exit-codes.md`.

use std::process::ExitCode;

use crate::error::{Class, CommandError};

/// The command did what it was asked to.
pub(crate) const OK: u8 = 0;
/// A migration or the database failed.
pub(crate) const MIGRATION: u8 = 1;
// 2 is for a command line that cannot be understood; clap leaves with it.
/// `status`: revisions are pending; `diff`: the schemas differ.
pub(crate) const PENDING: u8 = 3;
/// `revision --autogenerate`: there is nothing to write.
pub(crate) const NOTHING: u8 = 4;
/// The command cannot be carried out as asked; Alembic leaves with -1, of which a shell sees 255.
pub(crate) const COMMAND: u8 = 255;

/// The exit code of an error.
pub(crate) fn of(error: &CommandError) -> ExitCode {
    ExitCode::from(match error.class() {
        Class::Command => COMMAND,
        Class::Migration => MIGRATION,
    })
}
