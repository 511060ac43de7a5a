//! Settings of the connection that a change needs otherwise, and puts back in every outcome.

use super::{
    catalogue::{each_rows, execute},
    error::RebuildError,
};
use crate::{dialect::Query, schema::Value};

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
        let names = [
            "legacy_alter_table",
            "ignore_check_constraints",
            "writable_schema",
        ];
        let statements = names.map(|name| format!("PRAGMA {name}"));
        let found = each_rows(query, "", &statements).await?;
        let is_on = |place: usize| {
            let row = found.get(place).and_then(|rows| rows.first());
            row.and_then(|row| row.first())
                .and_then(Value::as_integer)
                .unwrap_or_default()
                != 0
        };
        Ok(Settings {
            legacy_alter_table: is_on(0),
            ignore_check_constraints: is_on(1),
            writable_schema: is_on(2),
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

    /// Puts back what is not as it was; everything, where that cannot be told.
    pub(crate) async fn restore(self, query: &mut dyn Query) -> Result<(), RebuildError> {
        let now = Settings::read(query).await.ok();
        let pairs = |one: Settings| {
            [
                ("legacy_alter_table", one.legacy_alter_table),
                ("ignore_check_constraints", one.ignore_check_constraints),
                ("writable_schema", one.writable_schema),
            ]
        };
        let now = now.map(pairs);
        for (name, on) in pairs(self) {
            if now.is_some_and(|now| now.contains(&(name, on))) {
                continue;
            }
            let value = if on { "ON" } else { "OFF" };
            execute(query, "", &format!("PRAGMA {name} = {value}")).await?;
        }
        Ok(())
    }
}
