//! Files of every age, opened by the program of today.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use limbeck::{Migrator, Project};
use sqlx::{ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};
use user_files::{
    REVISIONS, UpdateError, Updated, open_db, open_in_memory, update_db, update_db_to,
};

const OLDEST: &str = "6a0e4d11c2f5";
const NEWEST: &str = "e21f7b9604aa";

/// A file as the first version of the program left it.
async fn old_file(directory: &Path) -> PathBuf {
    let path = directory.join("my holidays #1.notes");
    let options = SqliteConnectOptions::new().filename(&path);
    let mut connection = options.create_if_missing(true).connect().await.unwrap();
    let project = Project::from_embedded(REVISIONS);
    let mut migrator = Migrator::borrow(&project, &mut connection).await.unwrap();
    migrator.upgrade(OLDEST).await.unwrap();
    drop(migrator);
    sqlx::query("INSERT INTO note (text, tags) VALUES ('Pack', 'travel, to do'), (NULL, NULL)")
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::Connection::close(connection).await.unwrap();
    path
}

async fn open(path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(path);
    options.connect().await.unwrap()
}

async fn texts(path: &Path, sql: &'static str) -> Vec<String> {
    let mut connection = open(path).await;
    let rows = sqlx::query_scalar(sql).fetch_all(&mut connection).await;
    rows.unwrap()
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_new_file_has_no_copy() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("new.notes");
    let updated = update_db(&path).await.unwrap();
    assert_eq!(updated.applied.len(), REVISIONS.len());
    assert_eq!(updated.copy, None);
    assert_eq!(names(directory.path()), ["new.notes"]);
}

#[tokio::test]
async fn an_old_file_is_updated_and_kept_as_it_was() {
    let directory = tempfile::tempdir().unwrap();
    let path = old_file(directory.path()).await;
    let updated = update_db(&path).await.unwrap();
    assert_eq!(updated.applied, ["b83c59f0e7d4", NEWEST]);
    let copy = updated.copy.unwrap();
    assert_eq!(
        copy.file_name().unwrap(),
        "my holidays #1.notes.6a0e4d11c2f5.bak"
    );
    assert_eq!(
        texts(&path, "SELECT name FROM tag ORDER BY name").await,
        ["to do", "travel"]
    );
    assert_eq!(
        texts(&path, "SELECT text FROM note ORDER BY id").await,
        ["Pack", ""]
    );
    assert_eq!(
        texts(&copy, "SELECT tags FROM note WHERE tags IS NOT NULL").await,
        ["travel, to do"]
    );

    let again = update_db(&path).await.unwrap();
    let nothing = Updated {
        applied: vec![],
        copy: None,
    };
    assert_eq!(again, nothing);
}

#[tokio::test]
async fn a_revision_that_fails_leaves_the_file_as_it_was_and_a_copy() {
    let directory = tempfile::tempdir().unwrap();
    let path = old_file(directory.path()).await;
    let before = fs::read(&path).unwrap();
    let mut revisions = REVISIONS.to_vec();
    revisions.push((
        "broken.sql",
        "-- revision: broken\n-- revises: e21f7b9604aa\n\n-- limbeck: upgrade\n\
         UPDATE note SET text = 'lost';\nINSERT INTO no_such_table VALUES (1);\n",
    ));
    let error = update_db_to(&Project::from_embedded(&revisions), &path)
        .await
        .unwrap_err();
    let UpdateError::Migration {
        copy: Some(copy),
        source,
        ..
    } = error
    else {
        panic!("{error}");
    };
    assert_eq!(source.location().unwrap().to_string(), "broken.sql:6:1");
    assert_eq!(fs::read(&path).unwrap(), before);
    let sql = "SELECT text FROM note WHERE text IS NOT NULL";
    assert_eq!(texts(&path, sql).await, ["Pack"]);
    assert_eq!(texts(&copy, sql).await, ["Pack"]);

    // The program is mended, the user wrote more: the copy is of what was there then.
    let mut connection = open(&path).await;
    sqlx::query("UPDATE note SET text = 'Unpack' WHERE id = 1")
        .execute(&mut connection)
        .await
        .unwrap();
    let updated = update_db(&path).await.unwrap();
    assert_eq!(updated.copy.as_ref(), Some(&copy));
    assert_eq!(texts(&copy, sql).await, ["Unpack"]);
}

#[tokio::test]
async fn a_file_of_a_newer_program_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let path = old_file(directory.path()).await;
    let mut revisions = REVISIONS.to_vec();
    revisions.push((
        "future.sql",
        "-- revision: future\n-- revises: e21f7b9604aa\n\n-- limbeck: upgrade\nDROP TABLE tag;\n",
    ));
    update_db_to(&Project::from_embedded(&revisions), &path)
        .await
        .unwrap();
    let (before, files) = (fs::read(&path).unwrap(), names(directory.path()));
    let error = update_db(&path).await.unwrap_err();
    assert!(matches!(error, UpdateError::NewerProgram { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(names(directory.path()), files);
}

#[tokio::test]
async fn what_is_no_database_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("letter.notes");
    fs::write(&path, "Dear Ada, ".repeat(100)).unwrap();
    let error = update_db(&path).await.unwrap_err().to_string();
    assert!(error.contains("letter.notes"), "{error}");
    assert!(error.contains("not a database"), "{error}");
    assert_eq!(names(directory.path()), ["letter.notes"]);
}

#[tokio::test]
async fn windows_that_open_one_file_at_once_update_it_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = old_file(directory.path()).await;
    let windows: Vec<_> = (0..6)
        .map(|_| {
            Command::new(env!("CARGO_BIN_EXE_user-files"))
                .arg(&path)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let mut updates = 0;
    for window in windows {
        let output = window.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let said = String::from_utf8(output.stdout).unwrap();
        updates += usize::from(said.contains("b83c59f0e7d4, e21f7b9604aa"));
    }
    assert_eq!(updates, 1);
    let copy = "my holidays #1.notes.6a0e4d11c2f5.bak";
    assert_eq!(names(directory.path()), ["my holidays #1.notes", copy]);
    let sql = "SELECT version_num FROM alembic_version";
    assert_eq!(texts(&path, sql).await, [NEWEST]);
    assert_eq!(texts(&directory.path().join(copy), sql).await, [OLDEST]);
}

#[tokio::test]
async fn the_connections_of_a_pool_see_one_database() {
    let directory = tempfile::tempdir().unwrap();
    let pools = [
        open_db(&old_file(directory.path()).await).await.unwrap(),
        open_in_memory().await.unwrap(),
        open_in_memory().await.unwrap(),
    ];
    for (number, pool) in pools.iter().enumerate() {
        let mut one = pool.acquire().await.unwrap();
        let mut other = pool.acquire().await.unwrap();
        sqlx::query("INSERT INTO note (text) VALUES (?)")
            .bind(format!("pool {number}"))
            .execute(&mut *one)
            .await
            .unwrap();
        let sql = "SELECT text FROM note WHERE text LIKE 'pool %'";
        let found: Vec<String> = sqlx::query_scalar(sql)
            .fetch_all(&mut *other)
            .await
            .unwrap();
        assert_eq!(found, [format!("pool {number}")]);
    }
}
