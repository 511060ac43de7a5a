//! `unlock`: removes the lock that a killed run left behind.

use limbeck::migrate::Unlocked;

use crate::{
    answer::UnlockAnswer, arguments::Unlock, command::Context, database, error::CommandError,
    exit_code,
};

/// `--force` is required by the command line: nothing can prove that the run is dead.
pub(super) fn run(_options: &Unlock, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let unlocked = database::ask(&project, async |migrator| migrator.unlock().await)?;
    let released = match unlocked {
        Unlocked::Free => None,
        Unlocked::LeaseRemoved { holder } => Some(holder),
        Unlocked::HeldBySession { holder } => return Err(CommandError::LiveLock { holder }),
    };
    context.output.answer(&UnlockAnswer {
        database: database::address(&project)?,
        released,
    });
    Ok(exit_code::OK)
}
