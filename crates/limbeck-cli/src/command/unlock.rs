//! `unlock`: removes the lock that a killed run left behind.

use limbeck::migrate::Unlocked;

use crate::{
    answer::UnlockAnswer, arguments::Unlock, command::Context, database, environment::Invocation,
    error::CommandError, exit_code, task,
};

/// `--force` is required by the command line: nothing can prove that the run is dead.
pub(super) fn run(_options: &Unlock, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let invocation = Invocation::of("unlock", context);
    database::each(
        context,
        &project,
        &invocation,
        &task::Unlock,
        |_, address, unlocked| {
            let released = match unlocked {
                Unlocked::Free => None,
                Unlocked::LeaseRemoved { holder } => Some(holder),
                Unlocked::HeldBySession { holder } => {
                    return Err(CommandError::LiveLock { holder });
                }
            };
            Ok(UnlockAnswer {
                database: address.to_owned(),
                released,
            })
        },
    )?;
    Ok(exit_code::OK)
}
