//! Schema migrations for SQLite, PostgreSQL, MySQL and MariaDB, run by your application when it starts.
//!
//! A database changes shape over the years. Each change is a *revision*: a script that knows which revisions it builds
//! on, how to get there (*upgrade*) and, mostly, how to get back (*downgrade*). Revisions form a graph: two branches of
//! development may each add theirs and be merged later. A small table in the database, `alembic_version`, says where it
//! is; [Alembic](https://alembic.sqlalchemy.org) reads and writes the same one. Limbeck works out which steps are
//! missing, runs them, and records each only when it is done.
//!
//! The `limbeck` command creates, shows and runs revisions by hand. This library is the same engine inside an
//! application.
//!
//! # Three lines at start-up
//!
//! ```
//! use limbeck::{Migrator, Project};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), limbeck::MigratorError> {
//! // Every .sql file of a directory beside your Cargo.toml, compiled in.
//! let project = Project::from_embedded(limbeck::embed!("tests/embedding/shop"));
//! let report = Migrator::connect(&project, "sqlite://").await?.upgrade("head").await?;
//!
//! assert_eq!(report.steps.len(), 3);
//! assert_eq!(report.rows_after, ["c0ffee000003"]);
//! # Ok(())
//! # }
//! ```
//!
//! `sqlite://` is a database in memory; `sqlite:///shop.db` is a file, `postgresql://user@host/shop` and
//! `mysql://user@host/shop` are servers. When the database is at its head already, that costs one or two queries.
//!
//! Many copies of an application may do this at the same time: one migrates, the others wait, look again, and find
//! nothing left to do. If a script fails, SQLite and PostgreSQL are left as they were, MySQL and MariaDB (which commit
//! at every DDL statement) up to the statement that failed; the error says which one it is, with file and line.
//!
//! # A script
//!
//! One file in SQL, that any editor and any reviewer can read ([the format in full][format]):
//!
//! ```sql
//! -- add the price
//! --
//! -- revision: c0ffee000002
//! -- revises: c0ffee000001
//!
//! -- limbeck: upgrade
//! ALTER TABLE product ADD COLUMN price_cents integer NOT NULL DEFAULT 0;
//!
//! -- limbeck: downgrade
//! ALTER TABLE product DROP COLUMN price_cents;
//! ```
//!
//! What SQLite's `ALTER TABLE` cannot do (`ALTER COLUMN … SET NOT NULL`, `ADD CONSTRAINT` …) can be written all the same.
//!
//! # Where the scripts are, and where the database is
//!
//! | scripts | |
//! |---|---|
//! | [`Project::from_embedded`] with [`embed!`] | compiled into the program |
//! | [`Project::from_directory`] | a directory at run time |
//! | [`Project::open`] | what a `limbeck.toml` or `alembic.ini` says, read with [`config::Discovery`] |
//!
//! | database | |
//! |---|---|
//! | [`Migrator::connect`] | an address |
//! | [`Migrator::from_pool`] | a `SqlitePool`, `PgPool` or `MySqlPool` of sqlx |
//! | [`Migrator::borrow`] | a connection that you hold, in a transaction of yours if you began one |
//!
//! ```
//! # use limbeck::{Migrator, Project};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let project = Project::from_embedded(limbeck::embed!("tests/embedding/shop"));
//! # let pool = sqlx::SqlitePool::connect("sqlite::memory:").await?;
//! let mut transaction = pool.begin().await?;
//! Migrator::borrow(&project, &mut *transaction).await?.upgrade("head").await?;
//! // … more work that belongs to it …
//! transaction.commit().await?;
//! # Ok(())
//! # }
//! ```
//!
//! # What can be asked, and what can be done
//!
//! ```
//! # use limbeck::{Migrator, Project};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let project = Project::from_embedded(limbeck::embed!("tests/embedding/shop"));
//! # let pool = sqlx::SqlitePool::connect("sqlite::memory:").await?;
//! let mut migrator = Migrator::from_pool(&project, &pool).await?;
//!
//! let status = migrator.status().await?; // writes nothing
//! assert!(status.current.is_empty());
//! assert_eq!(status.pending.len(), 3);
//!
//! migrator.upgrade("+2").await?; // two steps up
//! migrator.upgrade("head").await?;
//! migrator.downgrade("-1").await?; // one step down; "base" for all the way
//! migrator.stamp(&["c0ffee000003"], false).await?; // only says so in the version table
//! assert!(migrator.status().await?.is_up_to_date());
//! # Ok(())
//! # }
//! ```
//!
//! Targets are Alembic's: an id or its beginning, `head`, `heads` when there are several, `base`, `+2`, `-1`,
//! `ae1027+1`, `billing@head` with a branch label. [`Migrator::plan_upgrade`] lists the statements without running them;
//! [`Migrator::dry_run`] runs them and rolls them back:
//!
//! ```
//! # use limbeck::{Migrator, Project};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let project = Project::from_embedded(limbeck::embed!("tests/embedding/shop"));
//! # let pool = sqlx::SqlitePool::connect("sqlite::memory:").await?;
//! let mut rehearsal = Migrator::from_pool(&project, &pool).await?.dry_run(true);
//! let report = rehearsal.upgrade("head").await?;
//! assert_eq!(report.steps.len(), 3);
//! assert!(rehearsal.rows().await?.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # Watching and joining in
//!
//! The library never prints, and never touches your logging: it emits `tracing` events, and tells observers that you
//! pass in. Hooks run before and after each step, in the step's transaction, and may send statements of their own.
//!
//! ```
//! use limbeck::{Event, Migrator, Project};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), limbeck::MigratorError> {
//! # let project = Project::from_embedded(limbeck::embed!("tests/embedding/shop"));
//! let mut lines = Vec::new();
//! let mut migrator = Migrator::connect(&project, "sqlite://")
//!     .await?
//!     .on_event(|event| {
//!         if let Event::StepFinished { index, total, step, .. } = event {
//!             lines.push(format!("{} of {total}: {}", index + 1, step.revision));
//!         }
//!     })
//!     .after_each(|step, database| {
//!         Box::pin(async move {
//!             if step.revision == "c0ffee000001" && step.direction.is_up() {
//!                 database.execute("INSERT INTO product (name) VALUES ('tea')", &[]).await?;
//!             }
//!             Ok(())
//!         })
//!     });
//! migrator.upgrade("head").await?;
//! drop(migrator);
//!
//! assert_eq!(lines[0], "1 of 3: c0ffee000001");
//! # Ok(())
//! # }
//! ```
//!
//! A type of your own that implements [`Observer`] does the same with state that both share: see
//! [`Migrator::observed_by`].
//!
//! # When something goes wrong
//!
//! Every function fails with [`MigratorError`]. Its text says what happened, where, why, what is in the database now,
//! and what to do. A program can branch on its variants, or on [`MigratorError::kind`]; a server password is never in
//! it.
//!
//! ```
//! # use limbeck::{Migrator, Project};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), limbeck::MigratorError> {
//! let project = Project::from_embedded(&[(
//!     "0001_create_customer.sql",
//!     "-- revision: 0001\n-- revises: base\n\n-- limbeck: upgrade\nCREATE TABL customer (id integer);\n",
//! )]);
//! let error = Migrator::connect(&project, "sqlite://").await?.upgrade("head").await.unwrap_err();
//!
//! assert_eq!(error.kind(), "statement");
//! assert_eq!(error.statement(), Some("CREATE TABL customer (id integer)"));
//! assert_eq!(error.location().unwrap().to_string(), "0001_create_customer.sql:5:1");
//! assert!(error.aftermath().unwrap().kept.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # Further reading
//!
//! - [The guide][guide]: pools, several databases, tests, and living beside SeaORM, Diesel and SQLx
//! - [`migrator`]: the types above
//! - `examples/self-migrating-service` and `examples/user-files` in the repository
//!
//! # The rooms
//!
//! The engine below the migrator, from left to right; none calls a room to its left:
//!
//! - [`config`]: one settings value from `alembic.ini`, `pyproject.toml` or `limbeck.toml`
//! - [`script`]: the versions directory, its formats and their headers
//! - [`revision`]: ids, graph, target grammar, plans
//! - [`schema`]: what a database contains
//! - [`operation`]: what a migration does
//! - [`dialect`]: operations to statements, one room per database
//! - [`diff`]: two schemas to the operations between them
//! - [`render`]: operations to the text of a script
//! - [`models`]: where a wanted schema comes from
//! - [`migrate`]: a plan run on a database or written as SQL
//! - [`migrator`]: a project and the ways to run it, for the command and for applications
//!
//! # Features
//!
//! - `macros` (on by default): [`embed!`]
//! - `json-schema`: JSON schemas of settings and answers, for generated references
//!
//! [format]: https://github.com/limbeck/limbeck/blob/main/docs/sql-format.md
//! [guide]: https://github.com/limbeck/limbeck/blob/main/docs/library.md
#![deny(missing_docs)]

pub mod config;
pub mod dialect;
pub mod diff;
pub mod migrate;
pub mod migrator;
pub mod models;
pub mod operation;
pub mod render;
pub mod revision;
pub mod schema;
pub mod script;

pub use migrate::{Event, Observer, Report};
pub use migrator::{Migrator, MigratorError, Project, Status};

#[cfg(feature = "macros")]
pub use limbeck_macros::embed;

/// The guide's examples, compiled and run with the documentation's.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/library.md")]
mod guide {}
