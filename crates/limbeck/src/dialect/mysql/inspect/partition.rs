//! Partitions: only the table's own statement tells them in full.

use super::{Scope, Tables};
use crate::{
    dialect::{
        Dialect, Query,
        inspect::{Cells, InspectError, read},
    },
    schema::MysqlOption,
};

/// Adds `PARTITION BY` to the partitioned tables.
pub(super) async fn read_all(
    query: &mut dyn Query,
    scope: &Scope<'_>,
    tables: &mut Tables,
    partitioned: &[String],
) -> Result<(), InspectError> {
    for name in partitioned {
        let Some(table) = tables.get(name) else {
            continue;
        };
        let sql = format!("SHOW CREATE TABLE {}", scope.dialect.qualified(&table.name));
        let rows = read(query, "the partitions", &sql, &[]).await?;
        let statement = rows.into_iter().next().map(|row| {
            let mut cells = Cells::from(row);
            cells.text();
            cells.text()
        });
        let Some(value) = statement.as_deref().and_then(partition_by) else {
            continue;
        };
        let option = MysqlOption {
            name: "PARTITION_BY".to_owned(),
            value: value.to_owned(),
        };
        match scope.is_mariadb() {
            true => table.options.mariadb.push(option),
            false => table.options.mysql.push(option),
        }
    }
    Ok(())
}

/// What follows `PARTITION BY`, which MySQL puts into a comment for older servers.
fn partition_by(statement: &str) -> Option<&str> {
    let (_, rest) = statement.rsplit_once("PARTITION BY ")?;
    Some(rest.trim_end_matches("*/").trim())
}
