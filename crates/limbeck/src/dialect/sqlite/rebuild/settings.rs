//! Settings of the connection that a change needs otherwise, and puts back in every outcome.

use super::{
    catalogue::{execute, number},
    error::RebuildError,
};
use crate::dialect::Query;

/// The settings as they were found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    legacy_alter_table: bool,
    ignore_check_constraints: bool,
    writable_schema: bool,
}

impl Settings {
    /// Reads the settings.
    pub(crate) async fn read(query: &mut dyn Query) -> Result<Settings, RebuildError> {
        Ok(Settings {
            legacy_alter_table: number(query, "", "PRAGMA legacy_alter_table").await? != 0,
            ignore_check_constraints: number(query, "", "PRAGMA ignore_check_constraints").await?
                != 0,
            writable_schema: number(query, "", "PRAGMA writable_schema").await? != 0,
        })
    }

    /// What SQLite's own ALTER TABLE needs: full checks, and renames that follow into views and triggers.
    pub(crate) async fn for_native(query: &mut dyn Query) -> Result<(), RebuildError> {
        execute(query, "", "PRAGMA legacy_alter_table = OFF").await?;
        // With writable_schema on, ALTER TABLE passes over errors in the schema.
        execute(query, "", "PRAGMA writable_schema = OFF").await
    }

    /// What a rebuild needs: a rename that touches nothing else, and CHECKs only where they can newly fail.
    pub(crate) async fn for_rebuild(
        query: &mut dyn Query,
        check: bool,
    ) -> Result<(), RebuildError> {
        execute(query, "", "PRAGMA legacy_alter_table = ON").await?;
        let ignore = if check { "OFF" } else { "ON" };
        execute(
            query,
            "",
            &format!("PRAGMA ignore_check_constraints = {ignore}"),
        )
        .await
    }

    /// Puts the settings back.
    pub(crate) async fn restore(self, query: &mut dyn Query) -> Result<(), RebuildError> {
        for (name, on) in [
            ("legacy_alter_table", self.legacy_alter_table),
            ("ignore_check_constraints", self.ignore_check_constraints),
            ("writable_schema", self.writable_schema),
        ] {
            let value = if on { "ON" } else { "OFF" };
            execute(query, "", &format!("PRAGMA {name} = {value}")).await?;
        }
        Ok(())
    }
}
