//! MySQL and MariaDB.

pub(crate) mod lease;
pub(crate) mod lock;
