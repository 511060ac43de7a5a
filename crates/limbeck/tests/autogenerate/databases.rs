//! Empty databases.

use limbeck::{
    dialect::{DialectName, Query},
    migrate::Session,
};
use limbeck_testing::TestDatabase;
use sqlx::{mysql::MySqlConnectOptions, postgres::PgConnectOptions, sqlite::SqliteConnectOptions};

/// A place for tests that can be emptied again and again.
pub(crate) enum Place {
    Memory,
    Server(DialectName, TestDatabase),
}

impl Place {
    /// A session on it, with nothing in it.
    pub(crate) async fn empty(&self) -> Session<'static> {
        match self {
            Place::Memory => {
                let options = SqliteConnectOptions::new().in_memory(true);
                Session::connect(options.foreign_keys(true)).await.unwrap()
            }
            Place::Server(DialectName::Postgresql, database) => {
                let options: PgConnectOptions = database.url.parse().unwrap();
                let mut session = Session::connect(options).await.unwrap();
                for statement in [
                    "DROP SCHEMA public CASCADE",
                    "DROP SCHEMA IF EXISTS \"other s\" CASCADE",
                    "CREATE SCHEMA public",
                ] {
                    session.execute(statement, &[]).await.unwrap();
                }
                session
            }
            Place::Server(_, database) => {
                let options: MySqlConnectOptions = database.url.parse().unwrap();
                let mut session = Session::connect(options).await.unwrap();
                let name = &database.name;
                for statement in [
                    format!("DROP DATABASE {name}"),
                    format!("CREATE DATABASE {name}"),
                    format!("USE {name}"),
                ] {
                    session.execute(&statement, &[]).await.unwrap();
                }
                session
            }
        }
    }
}
