//! Notes that users keep in SQLite files: opening a file brings it to the revision that this program knows.

mod copy;
mod error;

use std::{path::Path, path::PathBuf, time::Duration};

use limbeck::{Migrator, MigratorError, Project, Status};
use sqlx::{
    ConnectOptions, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

pub use copy::CopyError;
pub use error::UpdateError;

/// The revisions of a file of notes.
pub const REVISIONS: &[(&str, &str)] = limbeck::embed!("migrations");

/// What was done to a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Updated {
    /// The revisions that were applied, in order; none when the file was up to date.
    pub applied: Vec<String>,
    /// Where the file as it was before is kept; `None` when there was nothing to lose.
    pub copy: Option<PathBuf>,
}

/// Brings a file of notes up to date, or makes a new one.
///
/// # Errors
/// [`UpdateError`]; the file is then as it was.
pub async fn update_db(path: &Path) -> Result<Updated, UpdateError> {
    update_db_to(&Project::from_embedded(REVISIONS), path).await
}

/// [`update_db`] with other revisions than the program's own.
///
/// # Errors
/// As [`update_db`].
pub async fn update_db_to(project: &Project, path: &Path) -> Result<Updated, UpdateError> {
    let opened = options(path).connect().await;
    let mut connection = opened.map_err(|source| UpdateError::Open {
        path: path.to_owned(),
        source,
    })?;
    let mut copy = None;
    loop {
        let status = status(project, &mut connection)
            .await
            .map_err(|source| UpdateError::from_migrator(path, copy.clone(), source))?;
        if status.is_up_to_date() {
            return Ok(Updated {
                applied: Vec::new(),
                copy,
            });
        }
        let kept = copy::keep(path, &mut connection, &status.rows).await;
        copy = match kept {
            Ok(copy) => copy,
            // Another window updated the file in the meantime: look again.
            Err(CopyError::Moved) => continue,
            Err(source) => {
                let path = path.to_owned();
                return Err(UpdateError::Copy { path, source });
            }
        };
        let report = upgrade(project, &mut connection)
            .await
            .map_err(|source| UpdateError::from_migrator(path, copy.clone(), source))?;
        let steps = report.steps.iter();
        return Ok(Updated {
            applied: steps.map(|step| step.revision.to_string()).collect(),
            copy,
        });
    }
}

/// Opens a file of notes that is up to date, as a pool of connections.
///
/// # Errors
/// As [`update_db`].
pub async fn open_db(path: &Path) -> Result<SqlitePool, UpdateError> {
    update_db(path).await?;
    Ok(SqlitePoolOptions::new()
        .max_connections(4)
        .connect_lazy_with(options(path)))
}

/// Notes in memory: several connections to one database, which is gone when the pool is closed.
///
/// # Errors
/// [`MigratorError`] when the revisions of this program cannot be applied.
pub async fn open_in_memory() -> Result<SqlitePool, MigratorError> {
    // The driver gives each such set of options a name of its own that all connections made from it share. The database
    // lives as long as one of them: none may be closed for being old or idle.
    let options: SqliteConnectOptions = "sqlite::memory:".parse().unwrap_or_default();
    let pool = SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(4)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(options);
    let project = Project::from_embedded(REVISIONS);
    let mut migrator = Migrator::from_pool(&project, &pool).await?;
    migrator.upgrade("head").await?;
    Ok(pool)
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .busy_timeout(Duration::from_secs(30))
}

async fn status(
    project: &Project,
    connection: &mut SqliteConnection,
) -> Result<Status, MigratorError> {
    Migrator::borrow(project, connection).await?.status().await
}

async fn upgrade(
    project: &Project,
    connection: &mut SqliteConnection,
) -> Result<limbeck::Report, MigratorError> {
    let mut migrator = Migrator::borrow(project, connection).await?;
    migrator.upgrade("head").await
}
