//! Keeps a copy of a file as it is.

use std::{
    ffi::OsString,
    fs::File,
    io,
    path::{Path, PathBuf},
};

use sqlx::{Connection, SqliteConnection};

/// Why no copy was kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CopyError {
    /// SQLite could not write it.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The system could not.
    #[error(transparent)]
    System(#[from] io::Error),
    /// The path is not Unicode, which SQLite's `VACUUM INTO` asks for.
    #[error("its path is not Unicode")]
    Path,
    /// The file was migrated by somebody else since it was looked at.
    #[error("another program is updating it")]
    Moved,
}

/// Keeps a copy of a file that is at the version rows `rows`; nothing when it has no tables yet.
///
/// The copy is written under a passing name, checked, and given its own name when it is complete. An older copy at the
/// same revision is replaced: it is from an attempt that failed, and the user has gone on working since.
pub(crate) async fn keep(
    path: &Path,
    connection: &mut SqliteConnection,
    rows: &[String],
) -> Result<Option<PathBuf>, CopyError> {
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema")
        .fetch_one(&mut *connection)
        .await?;
    if tables == 0 {
        return Ok(None);
    }
    let directory = path.parent().filter(|parent| parent != &Path::new(""));
    let passing = tempfile::Builder::new()
        .prefix(".copy-")
        .tempfile_in(directory.unwrap_or(Path::new(".")))?
        .into_temp_path();
    let name = passing.to_str().ok_or(CopyError::Path)?;
    // Unlike a copy of the file this is right while others write, and includes what is still in a -wal file.
    sqlx::query("VACUUM INTO ?")
        .bind(name)
        .execute(&mut *connection)
        .await?;
    if version_rows(&passing).await? != rows {
        return Err(CopyError::Moved);
    }
    File::open(&passing)?.sync_all()?;
    let copy = path.with_file_name(copy_name(path, rows));
    passing.persist(&copy).map_err(|error| error.error)?;
    Ok(Some(copy))
}

/// `holidays.notes` at revision `6a0e4d11c2f5` becomes `holidays.notes.6a0e4d11c2f5.bak`.
fn copy_name(path: &Path, rows: &[String]) -> OsString {
    let at = match rows {
        [] => "unversioned".to_owned(),
        rows => rows.join("+"),
    };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{at}.bak"));
    name
}

async fn version_rows(file: &Path) -> Result<Vec<String>, CopyError> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut connection = SqliteConnection::connect_with(&options.read_only(true)).await?;
    let table: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'")
            .fetch_one(&mut connection)
            .await?;
    let rows = match table {
        0 => Vec::new(),
        _ => {
            sqlx::query_scalar("SELECT version_num FROM alembic_version")
                .fetch_all(&mut connection)
                .await?
        }
    };
    connection.close().await?;
    Ok(rows)
}
