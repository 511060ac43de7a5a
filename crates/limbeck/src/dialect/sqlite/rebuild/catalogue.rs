//! What SQLite knows about one table: its text and everything that hangs on it.

use super::{
    super::table_sql::{TableSql, quote, same_name},
    error::RebuildError,
    stored::Stored,
};
use crate::{
    dialect::{Query, Row},
    schema::Value,
};

/// A table and what a rebuild has to carry over.
#[derive(Clone, Debug)]
pub(crate) struct Catalogue {
    /// The attached database that holds the table: `main`, `temp` or a name given to ATTACH.
    pub(crate) schema: String,
    pub(crate) table: TableSql,
    /// Indexes with a text of their own, in the order in which they were made.
    pub(crate) indexes: Vec<Stored>,
    pub(crate) triggers: Vec<Stored>,
    /// Triggers of this connection on the table.
    pub(crate) temp_triggers: Vec<Stored>,
    /// Foreign keys of this schema that refer to the table: the child's name, and the columns referred to.
    pub(crate) references: Vec<(String, Vec<String>)>,
    /// The last number that AUTOINCREMENT gave out.
    pub(crate) sequence: Option<Value>,
    /// Tables that ANALYZE filled.
    pub(crate) statistics: Vec<String>,
    /// Names that a new table cannot have, in lower case.
    taken: Vec<String>,
}

impl Catalogue {
    /// Reads all that is known about a table. Without a schema it is looked for where SQLite would look.
    pub(crate) async fn read(
        query: &mut dyn Query,
        schema: Option<&str>,
        table: &str,
    ) -> Result<Catalogue, RebuildError> {
        let (schema, text) = find(query, schema, table).await?;
        let table = TableSql::parse(&text).map_err(|source| RebuildError::Text {
            table: table.to_owned(),
            text,
            source,
        })?;
        let name = table.name.clone();
        let master = format!("{}.sqlite_master", quote(&schema));
        let indexes = stored(query, &name, &master, "index").await?;
        let triggers = stored(query, &name, &master, "trigger").await?;
        let temp_triggers = temp_triggers(query, &schema, &name).await?;
        let references = references(query, &schema, &name).await?;
        let sequence = if table.is_autoincrement() {
            let sql = format!(
                "SELECT seq FROM {}.sqlite_sequence WHERE name = ?1",
                quote(&schema)
            );
            let found = rows(query, &name, &sql, &[Value::Text(name.clone())]).await?;
            found
                .into_iter()
                .next()
                .and_then(|row| row.into_iter().next())
        } else {
            None
        };
        let all = rows(
            query,
            &name,
            &format!("SELECT name FROM {master} WHERE type IN ('table', 'index', 'view')"),
            &[],
        )
        .await?;
        let taken: Vec<String> = all
            .iter()
            .map(|row| text_at(row, 0).to_lowercase())
            .collect();
        let statistics = ["sqlite_stat1", "sqlite_stat4"]
            .into_iter()
            .filter(|known| taken.iter().any(|name| name == known))
            .map(str::to_owned)
            .collect();
        Ok(Catalogue {
            schema,
            table,
            indexes,
            triggers,
            temp_triggers,
            references,
            sequence,
            statistics,
            taken,
        })
    }

    /// The table's name with its schema, quoted.
    pub(crate) fn qualified_name(&self) -> String {
        format!("{}.{}", quote(&self.schema), quote(&self.table.name))
    }

    /// A name for the old table while the new one is filled. What is left from elsewhere is never touched.
    pub(crate) fn free_name(&self) -> String {
        let base = format!("_limbeck_tmp_{}", self.table.name);
        let mut name = base.clone();
        let mut number = 2;
        while self.taken.contains(&name.to_lowercase()) {
            name = format!("{base}_{number}");
            number += 1;
        }
        name
    }
}

/// Finds the table's schema and text.
async fn find(
    query: &mut dyn Query,
    schema: Option<&str>,
    table: &str,
) -> Result<(String, String), RebuildError> {
    let schemas = match schema {
        Some(schema) => vec![schema.to_owned()],
        None => search_path(query, table).await?,
    };
    for schema in schemas {
        let sql = format!(
            "SELECT type, sql FROM {}.sqlite_master WHERE type IN ('table', 'view') AND name = ?1 COLLATE NOCASE",
            quote(&schema)
        );
        let found = rows(query, table, &sql, &[Value::Text(table.to_owned())]).await?;
        let Some(row) = found.first() else { continue };
        let text = text_at(row, 1).to_owned();
        let kind = match text_at(row, 0) {
            "view" => Some("view"),
            _ if text.to_ascii_uppercase().starts_with("CREATE VIRTUAL") => Some("virtual table"),
            _ => None,
        };
        return match kind {
            Some(kind) => Err(RebuildError::NotATable {
                table: table.to_owned(),
                kind,
            }),
            None => Ok((schema, text)),
        };
    }
    Err(RebuildError::NoSuchTable {
        table: table.to_owned(),
    })
}

/// The schemas in which SQLite looks for a bare name, in its order: temp, main, then the attached ones.
async fn search_path(query: &mut dyn Query, table: &str) -> Result<Vec<String>, RebuildError> {
    let list = rows(query, table, "PRAGMA database_list", &[]).await?;
    let mut names = vec!["temp".to_owned(), "main".to_owned()];
    for row in &list {
        let name = text_at(row, 1);
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

async fn stored(
    query: &mut dyn Query,
    table: &str,
    master: &str,
    kind: &str,
) -> Result<Vec<Stored>, RebuildError> {
    let sql = format!(
        "SELECT name, sql FROM {master} WHERE type = '{kind}' AND tbl_name = ?1 COLLATE NOCASE AND sql IS NOT NULL ORDER BY rowid"
    );
    let found = rows(query, table, &sql, &[Value::Text(table.to_owned())]).await?;
    Ok(found.iter().map(object).collect())
}

fn object(row: &Row) -> Stored {
    Stored {
        name: text_at(row, 0).to_owned(),
        sql: text_at(row, 1).to_owned(),
    }
}

/// Triggers in the temp schema that are on this table and not on one of the same name in another schema.
async fn temp_triggers(
    query: &mut dyn Query,
    schema: &str,
    table: &str,
) -> Result<Vec<Stored>, RebuildError> {
    if same_name(schema, "temp") {
        return Ok(Vec::new());
    }
    let all = stored(query, table, "temp.sqlite_master", "trigger").await?;
    let mut found = Vec::new();
    for trigger in all {
        let on = trigger.trigger().and_then(|head| head.schema);
        let here = match on {
            Some(named) => same_name(&named, schema),
            None => find(query, None, table)
                .await
                .is_ok_and(|(holder, _)| same_name(&holder, schema)),
        };
        if here {
            found.push(trigger);
        }
    }
    Ok(found)
}

async fn references(
    query: &mut dyn Query,
    schema: &str,
    table: &str,
) -> Result<Vec<(String, Vec<String>)>, RebuildError> {
    let sql = format!(
        "SELECT m.name, f.id, f.\"to\" FROM {}.sqlite_master AS m, pragma_foreign_key_list(m.name, ?2) AS f \
         WHERE m.type = 'table' AND lower(m.sql) NOT GLOB 'create virtual*' AND lower(m.sql) GLOB '*references*' AND f.\"table\" = ?1 COLLATE NOCASE \
         ORDER BY m.rowid, f.id, f.seq",
        quote(schema)
    );
    let parameters = [
        Value::Text(table.to_owned()),
        Value::Text(schema.to_owned()),
    ];
    let mut found: Vec<(String, Vec<String>, i64)> = Vec::new();
    for row in rows(query, table, &sql, &parameters).await? {
        let (child, id, column) = (
            text_at(&row, 0),
            row.get(1).and_then(Value::as_integer).unwrap_or_default(),
            text_at(&row, 2).to_owned(),
        );
        match found.last_mut() {
            Some(last) if last.0 == child && last.2 == id => last.1.push(column),
            _ => found.push((child.to_owned(), vec![column], id)),
        }
    }
    Ok(found
        .into_iter()
        .map(|(child, columns, _)| (child, columns))
        .collect())
}

/// The text at a place of a row; empty for NULL.
pub(crate) fn text_at(row: &Row, index: usize) -> &str {
    row.get(index).and_then(Value::as_text).unwrap_or_default()
}

/// Runs a reading statement for a table.
pub(crate) async fn rows(
    query: &mut dyn Query,
    table: &str,
    sql: &str,
    parameters: &[Value],
) -> Result<Vec<Row>, RebuildError> {
    query
        .query(sql, parameters)
        .await
        .map_err(|source| RebuildError::Refused {
            table: table.to_owned(),
            statement: sql.to_owned(),
            source,
        })
}

/// Runs a changing statement for a table.
pub(crate) async fn execute(
    query: &mut dyn Query,
    table: &str,
    sql: &str,
) -> Result<(), RebuildError> {
    query
        .execute(sql, &[])
        .await
        .map(|_| ())
        .map_err(|source| RebuildError::Refused {
            table: table.to_owned(),
            statement: sql.to_owned(),
            source,
        })
}

/// One integer; 0 when there is no row.
pub(crate) async fn number(
    query: &mut dyn Query,
    table: &str,
    sql: &str,
) -> Result<i64, RebuildError> {
    let found = rows(query, table, sql, &[]).await?;
    Ok(found
        .first()
        .and_then(|row| row.first())
        .and_then(Value::as_integer)
        .unwrap_or_default())
}
