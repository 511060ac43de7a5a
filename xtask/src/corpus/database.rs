//! A fresh database for one leg of a replay, gone when the leg is over.

use tempfile::TempDir;

use super::{error::CorpusError, project::Dialect, snapshot};

/// A directory of its own, and an empty database.
#[derive(Debug)]
pub(crate) struct Fresh {
    /// Holds the project, the home of every process, and SQLite's file.
    pub(crate) directory: TempDir,
    pub(crate) url: String,
    dialect: Dialect,
}

impl Fresh {
    /// Makes one; `None` where this machine has no such server.
    pub(crate) async fn new(dialect: Dialect) -> Result<Option<Self>, CorpusError> {
        let directory = tempfile::tempdir()?;
        let url = match dialect {
            Dialect::Sqlite => {
                format!("sqlite:///{}", directory.path().join("corpus.db").display())
            }
            Dialect::Postgresql => match limbeck_testing::postgres().await {
                Some(database) => database.url.replacen("postgres://", "postgresql://", 1),
                None => return Ok(None),
            },
            Dialect::Mysql => match limbeck_testing::mariadb().await {
                Some(database) => {
                    let sql = format!(
                        "ALTER DATABASE `{}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
                        database.name
                    );
                    // Python's driver takes every parameter of an address for its own.
                    let url = without_parameters(&database.url);
                    let url = url.replacen("mysql://", "mysql+pymysql://", 1);
                    snapshot::execute(&url, &sql).await?;
                    url
                }
                None => return Ok(None),
            },
        };
        Ok(Some(Fresh {
            directory,
            url,
            dialect,
        }))
    }

    /// Removes the database; the directory goes by itself.
    pub(crate) async fn remove(self) -> Result<(), CorpusError> {
        let address = without_parameters(&self.url);
        let Some((server, name)) = address.rsplit_once('/') else {
            return Ok(());
        };
        match self.dialect {
            Dialect::Sqlite => Ok(()),
            Dialect::Postgresql => {
                let sql = format!("DROP DATABASE \"{name}\" WITH (FORCE)");
                snapshot::execute(&format!("{server}/postgres"), &sql).await
            }
            Dialect::Mysql => {
                snapshot::execute(&self.url, &format!("DROP DATABASE `{name}`")).await
            }
        }
    }
}

fn without_parameters(url: &str) -> String {
    url.split('?').next().unwrap_or(url).to_owned()
}
