//! What the commands do with `--sql`.

use limbeck::migrator::Project;

use crate::{command::Context, error::CommandError};

pub(crate) fn upgrade(_: &Context, _: &Project, _: &str) -> Result<u8, CommandError> {
    Err(CommandError::NoOffline)
}

pub(crate) fn downgrade(_: &Context, _: &Project, range: &str) -> Result<u8, CommandError> {
    if range.contains(':') {
        Err(CommandError::NoOffline)
    } else {
        Err(CommandError::DowngradeWithoutStart)
    }
}

pub(crate) fn stamp(_: &Context, _: &Project, _: &[&str]) -> Result<u8, CommandError> {
    Err(CommandError::NoOffline)
}

pub(crate) fn ensure_version(_: &Context, _: &Project) -> Result<u8, CommandError> {
    Err(CommandError::NoOffline)
}
