//! The dump of an SQLite file.

use std::path::Path;

use sqlx::{Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};

use super::{Collector, Dump, Listing, pinned};

const SCHEMA: [Listing; 2] = [
    pinned(
        "schema",
        "SELECT sql || ';' FROM sqlite_schema
        WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name <> 'alembic_version'
          AND name NOT IN (
            SELECT shadow.name FROM pragma_table_list AS shadow WHERE shadow.type = 'shadow'
          )
        ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 WHEN 'view' THEN 3 ELSE 4 END, name",
    ),
    pinned(
        "violated foreign keys",
        "SELECT \"table\" || ' row ' || rowid || ' -> ' || parent FROM pragma_foreign_key_check",
    ),
];

/// Tables and views, hidden columns left out, the rows in the order of their text.
const ROWS: &str = "SELECT relation.name || char(9) || 'SELECT ' || (
        SELECT group_concat('quote(\"' || field.name || '\")', ' || '', '' || ')
        FROM pragma_table_xinfo(relation.name) AS field WHERE field.hidden <> 1
    ) || ' FROM \"' || relation.name || '\" ORDER BY 1'
    FROM pragma_table_list AS relation
    WHERE relation.schema = 'main' AND relation.type <> 'shadow'
      AND relation.name NOT IN ('sqlite_schema', 'alembic_version')
    ORDER BY relation.name";

/// Everything in the database `file`.
pub(crate) async fn sqlite(file: &Path) -> Dump {
    let options = SqliteConnectOptions::new().filename(file);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let mut collector = Collector::new(async |query: &str| {
        let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(query))
            .fetch_all(&mut connection)
            .await
            .unwrap_or_else(|error| panic!("{error}\n{query}"));
        rows.iter().map(|row| row.get(0)).collect()
    });
    collector.schema(&SCHEMA).await;
    collector.rows(ROWS).await;
    collector.finish()
}
