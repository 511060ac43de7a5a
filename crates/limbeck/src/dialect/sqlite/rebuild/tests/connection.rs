//! A connection for tests: just enough of a session.

use std::path::Path;

use sqlx::{
    Column, Connection, Row as _, SqliteConnection, TypeInfo, ValueRef,
    sqlite::{SqliteArguments, SqliteConnectOptions, SqliteRow},
};

use crate::{
    dialect::{
        BoxFuture, Query, QueryError, Row,
        sqlite::{
            TableChange,
            rebuild::{Applied, RebuildError, apply, inside},
        },
    },
    schema::Value,
};

/// A SQLite database.
pub(crate) struct Database {
    connection: SqliteConnection,
}

impl Database {
    pub(crate) async fn memory(script: &str) -> Database {
        let options = SqliteConnectOptions::new().in_memory(true);
        Database::open(options, script).await
    }

    pub(crate) async fn file(path: &Path, script: &str) -> Database {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true);
        Database::open(options, script).await
    }

    async fn open(options: SqliteConnectOptions, script: &str) -> Database {
        let connection = SqliteConnection::connect_with(&options).await.unwrap();
        let mut database = Database { connection };
        database.run(script).await;
        database
    }

    pub(crate) async fn run(&mut self, script: &str) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(script.to_owned()))
            .execute(&mut self.connection)
            .await
            .unwrap_or_else(|error| panic!("{error}: {script}"));
    }

    pub(crate) async fn change(
        &mut self,
        changes: &[TableChange],
    ) -> Result<Applied, RebuildError> {
        apply(self, None, "t", changes).await
    }

    pub(crate) async fn change_inside(
        &mut self,
        changes: &[TableChange],
    ) -> Result<Applied, RebuildError> {
        inside(self, None, "t", changes).await
    }

    /// All rows, each as its SQL literals.
    pub(crate) async fn rows(&mut self, sql: &str) -> Vec<String> {
        let found = self
            .query(sql, &[])
            .await
            .unwrap_or_else(|error| panic!("{error}: {sql}"));
        found.iter().map(|row| show(row)).collect()
    }

    pub(crate) async fn sql(&mut self, name: &str) -> String {
        let found = self
            .query(
                "SELECT sql FROM sqlite_master WHERE name = ?1 UNION ALL SELECT sql FROM temp.sqlite_master WHERE name = ?1",
                &[Value::Text(name.to_owned())],
            )
            .await
            .unwrap();
        found
            .first()
            .and_then(|row| row[0].as_text())
            .unwrap_or("nothing")
            .to_owned()
    }

    /// Everything there is: the schema in a stable order, and the rows of every table with their rowids.
    pub(crate) async fn dump(&mut self) -> Vec<String> {
        let mut dump = self
            .rows("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
            .await;
        let tables = self
            .query(
                "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name <> 'sqlite_schema' ORDER BY name",
                &[],
            )
            .await
            .unwrap();
        for table in tables {
            let name = table[0].as_text().unwrap().to_owned();
            let rowid = match table[1].as_integer() {
                Some(0) => "rowid, ",
                _ => "",
            };
            let quoted = name.replace('"', "\"\"");
            for row in self
                .rows(&format!("SELECT {rowid}* FROM \"{quoted}\" NOT INDEXED"))
                .await
            {
                dump.push(format!("{name}: {row}"));
            }
        }
        dump
    }

    /// What SQLite says when it refuses a statement.
    pub(crate) async fn execute_error(&mut self, sql: &str) -> String {
        self.execute(sql, &[]).await.unwrap_err().message
    }

    pub(crate) async fn is_sound(&mut self) {
        assert_eq!(self.rows("PRAGMA integrity_check").await, ["'ok'"]);
    }
}

fn show(row: &[Value]) -> String {
    let cells: Vec<String> = row
        .iter()
        .map(|value| match value {
            Value::Null => "NULL".to_owned(),
            Value::Integer(number) => number.to_string(),
            Value::Float(number) => format!("{number:?}"),
            Value::Bytes(bytes) => format!("x{bytes:02x?}"),
            other => format!("'{}'", other.as_text().unwrap_or_default()),
        })
        .collect();
    cells.join(", ")
}

fn error(error: sqlx::Error) -> QueryError {
    QueryError {
        message: match &error {
            sqlx::Error::Database(database) => database.message().to_owned(),
            other => other.to_string(),
        },
        code: None,
        position: None,
        connection_lost: false,
    }
}

fn arguments(parameters: &[Value]) -> SqliteArguments {
    use sqlx::Arguments;
    let mut arguments = SqliteArguments::default();
    for value in parameters {
        match value {
            Value::Integer(number) => arguments.add(*number).unwrap(),
            Value::Text(text) => arguments.add(text.clone()).unwrap(),
            _ => arguments.add(None::<String>).unwrap(),
        }
    }
    arguments
}

fn values(row: &SqliteRow) -> Row {
    row.columns()
        .iter()
        .map(|column| {
            let at = column.ordinal();
            let raw = row.try_get_raw(at).unwrap();
            if raw.is_null() {
                return Value::Null;
            }
            match raw.type_info().name() {
                "INTEGER" => Value::Integer(row.get_unchecked(at)),
                "REAL" => Value::Float(row.get_unchecked(at)),
                "BLOB" => Value::Bytes(row.get_unchecked(at)),
                _ => Value::Text(row.get_unchecked(at)),
            }
        })
        .collect()
}

impl Query for Database {
    fn query<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<Vec<Row>, QueryError>> {
        Box::pin(async move {
            let rows = sqlx::query_with(sqlx::AssertSqlSafe(sql.to_owned()), arguments(parameters))
                .fetch_all(&mut self.connection)
                .await
                .map_err(error)?;
            Ok(rows.iter().map(values).collect())
        })
    }

    fn execute<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<u64, QueryError>> {
        Box::pin(async move {
            sqlx::query_with(sqlx::AssertSqlSafe(sql.to_owned()), arguments(parameters))
                .execute(&mut self.connection)
                .await
                .map(|done| done.rows_affected())
                .map_err(error)
        })
    }
}
