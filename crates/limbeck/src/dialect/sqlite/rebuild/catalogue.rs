//! What SQLite knows about one table: its text and everything that hangs on it.

use super::{
    super::table_sql::{TableSql, literal, quote, same_name},
    error::RebuildError,
    stored::Stored,
};
use crate::{
    dialect::{Query, RefusedAt, Row},
    schema::Value,
};

/// What names of ours begin with.
const OWN_NAMES: &str = "_limbeck_tmp_";

/// A table and what a rebuild has to carry over.
#[derive(Clone, Debug)]
pub(crate) struct Catalogue {
    /// The attached database that holds the table: `main`, `temp` or a name given to ATTACH.
    pub(crate) schema: String,
    pub(crate) table: TableSql,
    /// Indexes with a text of their own, in the order in which they were made.
    pub(crate) indexes: Vec<Stored>,
    /// How many indexes SQLite has made for keys of the table.
    pub(crate) automatic_indexes: usize,
    pub(crate) triggers: Vec<Stored>,
    /// Triggers of this connection on the table.
    pub(crate) temp_triggers: Vec<Stored>,
    /// Foreign keys of this schema that refer to the table: the child's name, and the columns referred to.
    pub(crate) references: Vec<(String, Vec<String>)>,
    /// The last number that AUTOINCREMENT gave out.
    pub(crate) sequence: Option<Value>,
    /// Tables that ANALYZE filled.
    pub(crate) statistics: Vec<String>,
    /// All views and triggers of this schema and of the connection's own: their schema, whether it is a view, and the text.
    pub(crate) views_and_triggers: Vec<(String, bool, Stored)>,
    /// Whether something of the connection's own has the table's name.
    pub(crate) is_shadowed: bool,
    /// Names of ours that a new table cannot have, in lower case.
    taken: Vec<String>,
}

impl Catalogue {
    /// Reads all that is known about a table. Without a schema it is looked for where SQLite would look.
    pub(crate) async fn read(
        query: &mut dyn Query,
        schema: Option<&str>,
        table: &str,
    ) -> Result<Catalogue, RebuildError> {
        let (schema, found) = find(query, schema, table).await?;
        let text = found.text;
        let table = TableSql::parse(&text).map_err(|source| RebuildError::Text {
            table: table.to_owned(),
            text,
            source,
        })?;
        let name = table.name.clone();
        let Found {
            records,
            references,
            ..
        } = found;
        let here = || records.iter().filter(|one| one.is_in(&schema));
        let own = |kind: &'static str| here().filter(move |one| one.kind == kind);
        let indexes = own("index").filter(|one| one.is_on(&name));
        let automatic_indexes = indexes.clone().filter(|one| one.sql.is_none()).count();
        let indexes = indexes.filter_map(Record::stored).collect();
        let triggers = own("trigger").filter(|one| one.is_on(&name));
        let triggers = triggers.filter_map(Record::stored).collect();
        let temp_triggers = temp_triggers(query, &schema, &name, &records).await?;
        let in_temp = |one: &&Record| one.is_in("temp") && same_name(&one.name, &name);
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
        let statistics = ["sqlite_stat1", "sqlite_stat4"]
            .into_iter()
            .filter(|known| here().any(|one| one.name == *known))
            .map(str::to_owned)
            .collect();
        let views_and_triggers = records
            .iter()
            .filter(|one| one.kind == "view" || one.kind == "trigger")
            .filter_map(|one| Some((one.schema.clone(), one.kind == "view", one.stored()?)))
            .collect();
        Ok(Catalogue {
            indexes,
            automatic_indexes,
            triggers,
            temp_triggers,
            references,
            sequence,
            statistics,
            views_and_triggers,
            is_shadowed: !same_name(&schema, "temp") && records.iter().any(|one| in_temp(&one)),
            taken: here()
                .filter(|one| one.kind != "trigger")
                .map(|one| one.name.to_lowercase())
                .collect(),
            schema,
            table,
        })
    }

    /// The table's name with its schema, quoted.
    pub(crate) fn qualified_name(&self) -> String {
        format!("{}.{}", quote(&self.schema), quote(&self.table.name))
    }

    /// A name for the old table while the new one is filled. What is left from elsewhere is never touched.
    pub(crate) fn free_name(&self) -> String {
        let base = format!("{OWN_NAMES}{}", self.table.name);
        let mut name = base.clone();
        let mut number = 2;
        while self.taken.contains(&name.to_lowercase()) {
            name = format!("{base}_{number}");
            number += 1;
        }
        name
    }
}

/// A row of `sqlite_schema`.
#[derive(Clone, Debug)]
struct Record {
    schema: String,
    kind: String,
    name: String,
    table: String,
    /// `None` for an index that SQLite has made for a key.
    sql: Option<String>,
}

impl Record {
    fn read(row: &Row) -> Record {
        let sql = row.get(4).and_then(Value::as_text);
        Record {
            schema: text_at(row, 0).to_owned(),
            kind: text_at(row, 1).to_owned(),
            name: text_at(row, 2).to_owned(),
            table: text_at(row, 3).to_owned(),
            sql: sql.map(str::to_owned),
        }
    }

    fn is_in(&self, schema: &str) -> bool {
        same_name(&self.schema, schema)
    }

    fn is_on(&self, table: &str) -> bool {
        same_name(&self.table, table)
    }

    fn stored(&self) -> Option<Stored> {
        Some(Stored {
            name: self.name.clone(),
            sql: self.sql.clone()?,
        })
    }
}

/// What the schemas say about a table.
struct Found {
    text: String,
    records: Vec<Record>,
    references: Vec<(String, Vec<String>)>,
}

/// Finds the table's schema, and what is said of it there and in the temp schema. That is one reading of each schema, because
/// it goes through all that they hold.
async fn find(
    query: &mut dyn Query,
    schema: Option<&str>,
    table: &str,
) -> Result<(String, Found), RebuildError> {
    // SQLite looks for a bare name in temp, in main, and then in the attached ones; most are in main.
    let first = schema.unwrap_or("main");
    let mut look = look(query, first, table).await?;
    if schema.is_none() {
        if look.kind_in("temp", table).is_some() {
            look = self::look(query, "temp", table).await?;
        } else if look.kind_in("main", table).is_none() {
            for attached in attached(query, table).await? {
                look = self::look(query, &attached, table).await?;
                if look.kind_in(&attached, table).is_some() {
                    break;
                }
            }
        }
    }
    let Look {
        schema,
        records,
        references,
    } = look;
    let named = records.iter().find(|one| {
        one.is_in(&schema)
            && same_name(&one.name, table)
            && ["table", "view"].contains(&one.kind.as_str())
    });
    let Some(named) = named else {
        return Err(RebuildError::NoSuchTable {
            table: table.to_owned(),
        });
    };
    let text = named.sql.clone().unwrap_or_default();
    let kind = match named.kind.as_str() {
        "view" => Some("view"),
        _ if text.to_ascii_uppercase().starts_with("CREATE VIRTUAL") => Some("virtual table"),
        _ => None,
    };
    match kind {
        Some(kind) => Err(RebuildError::NotATable {
            table: table.to_owned(),
            kind,
        }),
        None => Ok((
            schema,
            Found {
                text,
                records,
                references,
            },
        )),
    }
}

/// One look for a table in a schema.
struct Look {
    schema: String,
    records: Vec<Record>,
    references: Vec<(String, Vec<String>)>,
}

impl Look {
    /// What has the name in a schema: a table or view.
    fn kind_in(&self, schema: &str, name: &str) -> Option<&str> {
        let named = |one: &&Record| {
            one.is_in(schema)
                && same_name(&one.name, name)
                && ["table", "view"].contains(&one.kind.as_str())
        };
        self.records.iter().find(named).map(|one| one.kind.as_str())
    }
}

async fn look(query: &mut dyn Query, schema: &str, table: &str) -> Result<Look, RebuildError> {
    let mut holders = vec!["temp"];
    if !same_name(schema, "temp") {
        holders.push(schema);
    }
    let name = literal(table);
    let each = holders.iter().map(|holder| {
        format!(
            "SELECT {} AS holder, type, name, tbl_name, sql, rowid AS place FROM {}.sqlite_master \
             WHERE tbl_name = {name} COLLATE NOCASE OR name = {name} COLLATE NOCASE OR type IN ('view', 'trigger') \
             OR substr(name, 1, {}) = {} COLLATE NOCASE OR name IN ('sqlite_stat1', 'sqlite_stat4')",
            literal(holder),
            quote(holder),
            OWN_NAMES.len(),
            literal(OWN_NAMES),
        )
    });
    let records = format!(
        "{} ORDER BY holder, place",
        each.collect::<Vec<_>>().join(" UNION ALL ")
    );
    let references = format!(
        "SELECT m.name, f.id, f.\"to\" FROM {}.sqlite_master AS m, pragma_foreign_key_list(m.name, {}) AS f \
         WHERE m.type = 'table' AND lower(m.sql) NOT GLOB 'create virtual*' AND lower(m.sql) GLOB '*references*' \
         AND f.\"table\" = {name} COLLATE NOCASE ORDER BY m.rowid, f.id, f.seq",
        quote(schema),
        literal(schema),
    );
    let mut answers = each_rows(query, table, &[records, references])
        .await?
        .into_iter();
    let records = answers.next().unwrap_or_default();
    Ok(Look {
        schema: schema.to_owned(),
        records: records.iter().map(Record::read).collect(),
        references: by_key(&answers.next().unwrap_or_default()),
    })
}

/// The schemas that came with ATTACH.
async fn attached(query: &mut dyn Query, table: &str) -> Result<Vec<String>, RebuildError> {
    let list = rows(query, table, "PRAGMA database_list", &[]).await?;
    let names = list.iter().map(|row| text_at(row, 1).to_owned());
    Ok(names
        .filter(|name| name != "temp" && name != "main")
        .collect())
}

/// Triggers in the temp schema that are on this table and not on one of the same name in another schema.
async fn temp_triggers(
    query: &mut dyn Query,
    schema: &str,
    table: &str,
    records: &[Record],
) -> Result<Vec<Stored>, RebuildError> {
    if same_name(schema, "temp") {
        return Ok(Vec::new());
    }
    let all = records
        .iter()
        .filter(|one| one.is_in("temp") && one.kind == "trigger" && one.is_on(table));
    let mut found = Vec::new();
    for trigger in all.filter_map(Record::stored) {
        let on = trigger.trigger().and_then(|head| head.schema);
        let here = match on {
            Some(named) => same_name(&named, schema),
            None => Box::pin(find(query, None, table))
                .await
                .is_ok_and(|(holder, _)| same_name(&holder, schema)),
        };
        if here {
            found.push(trigger);
        }
    }
    Ok(found)
}

/// The columns of each foreign key, from rows of a child, the key's number and a column.
fn by_key(rows: &[Row]) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>, i64)> = Vec::new();
    for row in rows {
        let (child, id, column) = (
            text_at(row, 0),
            row.get(1).and_then(Value::as_integer).unwrap_or_default(),
            text_at(row, 2).to_owned(),
        );
        match found.last_mut() {
            Some(last) if last.0 == child && last.2 == id => last.1.push(column),
            _ => found.push((child.to_owned(), vec![column], id)),
        }
    }
    found
        .into_iter()
        .map(|(child, columns, _)| (child, columns))
        .collect()
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

/// Runs several statements for a table, and gives the rows of each.
pub(crate) async fn each_rows(
    query: &mut dyn Query,
    table: &str,
    statements: &[String],
) -> Result<Vec<Vec<Row>>, RebuildError> {
    query
        .query_each(statements)
        .await
        .map_err(|refused| refused_at(table, statements, refused))
}

/// The error for the statement that was refused.
pub(crate) fn refused_at(table: &str, statements: &[String], refused: RefusedAt) -> RebuildError {
    RebuildError::Refused {
        table: table.to_owned(),
        statement: statements.get(refused.index).cloned().unwrap_or_default(),
        source: refused.error,
    }
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
    Ok(integer(Some(rows(query, table, sql, &[]).await?)))
}

/// The first value of an answer as an integer; 0 when there is none.
pub(crate) fn integer(answer: Option<Vec<Row>>) -> i64 {
    answer
        .as_deref()
        .and_then(|rows| rows.first())
        .and_then(|row| row.first())
        .and_then(Value::as_integer)
        .unwrap_or_default()
}
