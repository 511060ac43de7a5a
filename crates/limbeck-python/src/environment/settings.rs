//! What reached `context.configure()`, and what it means for a run.

use std::path::PathBuf;

use limbeck::{
    config::{DEFAULT_VERSION_TABLE, Settings, TransactionMode},
    dialect::DialectName,
};
use serde::Deserialize;

/// What env.py has configured for one `context.run_migrations()`, as far as data can say it.
#[derive(Clone, Debug, Deserialize)]
pub struct StageSettings {
    /// Whether SQL is written instead of run.
    #[serde(default)]
    pub as_sql: bool,
    /// SQLAlchemy's name of the dialect.
    pub dialect: String,
    /// The version table.
    pub version_table: String,
    /// Its schema.
    #[serde(default)]
    pub version_table_schema: Option<String>,
    /// Whether a new one gets a primary key.
    #[serde(default = "yes")]
    pub version_table_pk: bool,
    /// Whether each migration has a transaction of its own.
    #[serde(default)]
    pub transaction_per_migration: bool,
    /// Whether DDL is to be taken as transactional; `None` leaves it to the dialect.
    #[serde(default)]
    pub transactional_ddl: Option<bool>,
    /// Whether the call stands in a `with context.begin_transaction()` block.
    #[serde(default)]
    pub in_block: bool,
    /// Whether env.py has a transaction of its own open.
    #[serde(default)]
    pub in_transaction: bool,
    /// Whether every statement is to commit by itself (`isolation_level="AUTOCOMMIT"`).
    #[serde(default)]
    pub autocommit: bool,
    /// Version directories that env.py has set instead of the configured ones.
    #[serde(default)]
    pub version_locations: Option<Vec<PathBuf>>,
    /// The start of a script of `--sql`.
    #[serde(default)]
    pub starting_rev: Option<String>,
    /// Whether there are functions to be called after each step.
    #[serde(default)]
    pub on_version_apply: bool,
    /// Whether env.py takes the text of `--sql` itself.
    #[serde(default)]
    pub has_output: bool,
    /// Whether new scripts change tables in batches.
    #[serde(default)]
    pub batch: bool,
    /// Whether models are compared in every schema.
    #[serde(default)]
    pub include_schemas: bool,
    /// Options of autogenerate for which env.py has functions, such as `include_object`.
    #[serde(default)]
    pub callbacks: Vec<String>,
}

fn yes() -> bool {
    true
}

/// env.py chose a database that this program does not know.
#[derive(Clone, Debug, thiserror::Error)]
#[error(
    "'{name}' is a database that this program does not know; it knows sqlite, postgresql, mysql and mariadb"
)]
pub struct UnknownDialectName {
    /// SQLAlchemy's name.
    pub name: String,
}

impl StageSettings {
    /// What Alembic does with a dialect where nothing is configured.
    pub(super) fn of_dialect(name: &str) -> Self {
        StageSettings {
            as_sql: false,
            dialect: name.to_owned(),
            version_table: DEFAULT_VERSION_TABLE.to_owned(),
            version_table_schema: None,
            version_table_pk: true,
            transaction_per_migration: false,
            transactional_ddl: None,
            in_block: true,
            in_transaction: false,
            autocommit: false,
            version_locations: None,
            starting_rev: None,
            on_version_apply: false,
            has_output: false,
            batch: false,
            include_schemas: false,
            callbacks: Vec::new(),
        }
    }

    /// The dialect.
    ///
    /// # Errors
    /// [`UnknownDialectName`] for one of SQLAlchemy's that is not one of ours.
    pub fn dialect(&self) -> Result<DialectName, UnknownDialectName> {
        self.dialect.parse().map_err(|_| UnknownDialectName {
            name: self.dialect.clone(),
        })
    }

    /// Whether Alembic would take the database's DDL as transactional. It never does on SQLite, whose Python driver does not
    /// begin a transaction before DDL.
    pub fn assumes_transactional_ddl(&self) -> bool {
        self.transactional_ddl
            .unwrap_or(self.dialect == "postgresql")
    }

    /// What succeeds or fails together: in the order in which Alembic decides it. Into a script of `--sql` env.py writes the
    /// beginning and the end of a transaction around the whole by itself.
    pub fn transaction_mode(&self) -> TransactionMode {
        if self.autocommit || (self.as_sql && !self.assumes_transactional_ddl()) {
            TransactionMode::None
        } else if self.transaction_per_migration || !self.assumes_transactional_ddl() {
            TransactionMode::Revision
        } else if self.as_sql {
            TransactionMode::None
        } else {
            TransactionMode::Run
        }
    }

    /// Puts all of it into the settings of the project that runs.
    pub fn apply(&self, settings: &mut Settings) {
        settings.version_table.clone_from(&self.version_table);
        settings
            .version_table_schema
            .clone_from(&self.version_table_schema);
        settings.version_table_primary_key = self.version_table_pk;
        settings.transaction = self.transaction_mode();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configured(text: &str) -> StageSettings {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn transactions_are_divided_as_alembic_divides_them() {
        let on = |dialect: &str, more: &str| {
            let text =
                format!(r#"{{"dialect": "{dialect}", "version_table": "alembic_version"{more}}}"#);
            configured(&text).transaction_mode()
        };
        assert_eq!(on("postgresql", ""), TransactionMode::Run);
        assert_eq!(
            on("postgresql", r#", "transaction_per_migration": true"#),
            TransactionMode::Revision
        );
        assert_eq!(on("sqlite", ""), TransactionMode::Revision);
        assert_eq!(
            on("sqlite", r#", "transactional_ddl": true"#),
            TransactionMode::Run
        );
        assert_eq!(on("mariadb", ""), TransactionMode::Revision);
        assert_eq!(
            on("postgresql", r#", "autocommit": true"#),
            TransactionMode::None
        );
    }

    #[test]
    fn the_version_table_is_env_pys() {
        let settings = configured(
            r#"{"dialect": "postgresql", "version_table": "v", "version_table_schema": "s", "version_table_pk": false}"#,
        );
        let mut found = Settings::new("", "");
        settings.apply(&mut found);
        assert_eq!(found.version_table, "v");
        assert_eq!(found.version_table_schema.as_deref(), Some("s"));
        assert!(!found.version_table_primary_key);
    }
}
