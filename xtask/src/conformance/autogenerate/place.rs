//! A database that cases are built in, one after the other.

use limbeck::{
    config::DatabaseUrl,
    dialect::{Dialect, DialectName, Query, QueryError, dialect},
    migrate::Session,
    models,
    schema::Database,
};

use super::case::Case;

/// The version table of the runs that apply what was generated.
pub(super) const RUNS: &str = "limbeck_conformance_version";

pub(super) struct Place {
    pub(super) session: Session<'static>,
    language: Box<dyn Dialect>,
}

impl Place {
    /// A place on a server of the tests, or in memory.
    pub(super) async fn open(dialect_name: DialectName) -> Result<Self, String> {
        let missing = || format!("there is no {dialect_name} to test with");
        let session = match dialect_name {
            DialectName::Postgresql => {
                let database = limbeck_testing::postgres().await.ok_or_else(missing)?;
                let url = parsed(&database.url)?;
                let options = url
                    .to_postgres_options()
                    .map_err(|error| error.to_string())?
                    .pop();
                Session::connect(options.ok_or_else(missing)?).await
            }
            DialectName::Mysql | DialectName::Mariadb => {
                let database = limbeck_testing::mariadb().await.ok_or_else(missing)?;
                let url = parsed(&database.url)?;
                let options = url.to_mysql_options().map_err(|error| error.to_string())?;
                Session::connect(options).await
            }
            _ => {
                let url = parsed("sqlite://")?;
                let options = url.to_sqlite_options().map_err(|error| error.to_string())?;
                Session::connect(options).await
            }
        };
        let session = session.map_err(|error| error.to_string())?;
        let language = dialect(session.dialect(), Some(session.server().version));
        Ok(Place { session, language })
    }

    /// Takes away what the last case left, and makes the schemas that the case takes for granted.
    pub(super) async fn clear(&mut self, case: &Case) -> Result<(), String> {
        let mut statements = Vec::new();
        match self.session.dialect() {
            DialectName::Postgresql => {
                let others = models::other_schemas(self.language.as_ref(), &mut self.session).await;
                let others = others.map_err(|error| error.to_string())?;
                statements.extend(
                    others
                        .iter()
                        .map(|name| format!("DROP SCHEMA \"{name}\" CASCADE")),
                );
                statements.push("DROP SCHEMA public CASCADE".to_owned());
                statements.push("CREATE SCHEMA public".to_owned());
                statements.extend(
                    case.schemas()
                        .iter()
                        .map(|name| format!("CREATE SCHEMA {name}")),
                );
            }
            DialectName::Mysql | DialectName::Mariadb => {
                let own = self.session.server().default_schema.clone();
                for name in case.schemas() {
                    statements.push(format!("DROP DATABASE IF EXISTS {name}"));
                    statements.push(format!("CREATE DATABASE {name}"));
                }
                statements.push(format!("DROP DATABASE {own}"));
                statements.push(format!("CREATE DATABASE {own} CHARACTER SET utf8mb4"));
                statements.push(format!("USE {own}"));
            }
            _ => {
                *self = Place::open(DialectName::Sqlite).await?;
                let attach = |name: &&str| format!("ATTACH ':memory:' AS {name}");
                statements.extend(case.schemas().iter().map(attach));
            }
        }
        for sql in statements {
            let done = self.session.execute(&sql, &[]).await;
            done.map_err(|error| format!("{sql}: {error}"))?;
        }
        Ok(())
    }

    /// Runs DDL as it stands.
    pub(super) async fn build<S: AsRef<str>>(&mut self, ddl: &[S]) -> Result<(), QueryError> {
        for sql in ddl {
            self.session.execute(sql.as_ref(), &[]).await?;
        }
        Ok(())
    }

    /// What there is, without the version tables.
    pub(super) async fn read(
        &mut self,
        case: &Case,
        schemas: &[String],
    ) -> Result<Database, String> {
        let read = models::read(self.language.as_ref(), &mut self.session, schemas).await;
        let mut database = read.map_err(|error| error.to_string())?;
        without_version_tables(&mut database, case);
        // The role that builds the case owns what it builds.
        for schema in &mut database.schemas {
            schema.owner = None;
        }
        Ok(database)
    }

    /// The schemas besides the default one.
    pub(super) async fn schemas(&mut self) -> Result<Vec<String>, String> {
        let found = models::other_schemas(self.language.as_ref(), &mut self.session).await;
        found.map_err(|error| error.to_string())
    }

    pub(super) fn language(&self) -> &dyn Dialect {
        self.language.as_ref()
    }
}

/// Version tables are neither in the database nor in the model.
pub(super) fn without_version_tables(database: &mut Database, case: &Case) {
    let (schema, name) = case.version_table();
    database.tables.retain(|table| {
        let own = table.name.schema.as_ref().map(|schema| schema.as_str());
        let is = table.name.name.as_str();
        !(is == name && own == schema || is == RUNS)
    });
}

fn parsed(url: &str) -> Result<DatabaseUrl, String> {
    DatabaseUrl::parse(url).map_err(|error| error.to_string())
}
