//! The table that says which revisions a database has: Alembic's, row for row.
//!
//! Must not know scripts or plans beyond the writes of a step, and never writes unless told to.

use crate::{
    dialect::{Dialect, DialectName, Query, QueryError, Statement},
    revision::VersionWrite,
    schema::{Identifier, QualifiedName, Value},
};

use super::session::literal::literal;

/// How wide Alembic makes `version_num`.
pub(crate) const ALEMBIC_WIDTH: usize = 32;

/// Name and form of the version table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionTable {
    /// The table's name.
    pub name: String,
    /// The schema (on MySQL: the database) it is in; `None` is the connection's default.
    pub schema: Option<String>,
    /// Whether a new table gets a primary key.
    pub primary_key: bool,
}

impl Default for VersionTable {
    /// Alembic's defaults: `alembic_version` in the default schema, with a primary key.
    fn default() -> Self {
        VersionTable {
            name: "alembic_version".to_owned(),
            schema: None,
            primary_key: true,
        }
    }
}

/// Why the version table cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VersionTableError {
    /// The database refused to answer.
    #[error("the version table '{table}' could not be {action}: {error}")]
    Database {
        /// The table.
        table: String,
        /// What was tried, as a participle.
        action: &'static str,
        /// The database's words.
        error: QueryError,
    },
    /// A row that no revision id can be read from.
    #[error(
        "the version table '{table}' has a row that is no revision id: {found}; \
         delete it or put it right, then run the command again"
    )]
    NotARevision {
        /// The table.
        table: String,
        /// What the row holds.
        found: String,
    },
    /// One id in several rows, which a table without a primary key takes.
    #[error(
        "the version table '{table}' has the row '{id}' {rows} times; delete all but one, then run the command again"
    )]
    Repeated {
        /// The table.
        table: String,
        /// The id.
        id: String,
        /// How often it is there.
        rows: u64,
    },
    /// The rows are not what this run left there.
    #[error(
        "somebody else moved this database while it was being migrated: {expected}, but {found}; \
         what this run had not committed is rolled back. Run the command again"
    )]
    Moved {
        /// What should have been there.
        expected: String,
        /// What was there.
        found: String,
    },
}

/// What is in the database now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Present {
    /// Length limit of `version_num` in characters; `None` where there is none.
    pub(crate) width: Option<usize>,
}

impl VersionTable {
    /// A table of this name in the default schema.
    pub fn named(name: impl Into<String>) -> Self {
        VersionTable {
            name: name.into(),
            ..VersionTable::default()
        }
    }

    /// `schema.name` for messages.
    pub fn display_name(&self) -> String {
        match &self.schema {
            Some(schema) => format!("{schema}.{}", self.name),
            None => self.name.clone(),
        }
    }

    /// The rows: the ids of the applied heads, none for an unversioned database.
    ///
    /// Writes nothing; a missing table counts as one without rows.
    ///
    /// # Errors
    /// [`VersionTableError`] when the table cannot be read or holds something that is no id.
    pub async fn rows(
        &self,
        language: &dyn Dialect,
        query: &mut dyn Query,
    ) -> Result<Vec<String>, VersionTableError> {
        match self.present(language, query).await? {
            Some(_) => self.read(language, query).await,
            None => Ok(Vec::new()),
        }
    }

    /// The rows again, for a run on SQLite that has read them before: one question where the table is still there.
    pub(crate) async fn rows_again(
        &self,
        language: &dyn Dialect,
        query: &mut dyn Query,
    ) -> Result<Vec<String>, VersionTableError> {
        match self.read(language, query).await {
            Err(VersionTableError::Database { error, .. }) if !error.connection_lost => {
                self.rows(language, query).await
            }
            read => read,
        }
    }

    /// Creates the table when it is missing, and widens its column for ids of `longest` characters.
    ///
    /// # Errors
    /// [`VersionTableError`] when the database refuses.
    pub async fn ensure(
        &self,
        language: &dyn Dialect,
        query: &mut dyn Query,
        longest: usize,
    ) -> Result<(), VersionTableError> {
        let (statement, action) = match self.present(language, query).await? {
            None => (self.create(language, longest), "created"),
            Some(Present { width: Some(width) }) if width < longest => {
                (self.widen(language, longest), "widened")
            }
            Some(_) => return Ok(()),
        };
        match query.execute(&statement.sql, &[]).await {
            Ok(_) => Ok(()),
            Err(error) => Err(self.failed(action, error)),
        }
    }

    /// Reads the rows of a table that is there.
    pub(crate) async fn read(
        &self,
        language: &dyn Dialect,
        query: &mut dyn Query,
    ) -> Result<Vec<String>, VersionTableError> {
        let table = self.quoted(language);
        let sql = format!("SELECT {table}.version_num FROM {table}");
        let rows = query.query(&sql, &[]).await;
        let rows = rows.map_err(|error| self.failed("read", error))?;
        rows.into_iter()
            .map(|row| match row.into_iter().next() {
                Some(Value::Text(id)) if !id.trim().is_empty() => Ok(id),
                other => Err(VersionTableError::NotARevision {
                    table: self.display_name(),
                    found: describe(other),
                }),
            })
            .collect()
    }

    /// Whether the table is there.
    pub(crate) async fn present(
        &self,
        language: &dyn Dialect,
        query: &mut dyn Query,
    ) -> Result<Option<Present>, VersionTableError> {
        let answer = match language.name() {
            DialectName::Postgresql => {
                // `atttypmod` of a varchar is its length and four more.
                let sql = "SELECT a.atttypmod - 4 FROM (SELECT to_regclass($1)::oid AS oid) t \
                     LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attname = 'version_num' \
                     AND a.atttypid IN (1042, 1043) WHERE t.oid IS NOT NULL";
                query
                    .query(sql, &[Value::Text(self.quoted(language))])
                    .await
            }
            DialectName::Mysql | DialectName::Mariadb => {
                // No join: the server would open every table of every database for it.
                let sql = "SELECT (SELECT c.character_maximum_length FROM information_schema.columns c \
                     WHERE c.table_schema = coalesce(?, database()) AND c.table_name = ? \
                     AND c.column_name = 'version_num') FROM information_schema.tables t \
                     WHERE t.table_schema = coalesce(?, database()) AND t.table_name = ?";
                let schema = self.schema.clone().map_or(Value::Null, Value::Text);
                let name = Value::Text(self.name.clone());
                let values = [schema.clone(), name.clone(), schema, name];
                query.query(sql, &values).await
            }
            // SQLite keeps any text in any column, so a width of its own has no meaning.
            DialectName::Sqlite | DialectName::Generic => {
                let schema = match &self.schema {
                    Some(schema) => {
                        format!("{}.", language.quote(&Identifier::from(schema.as_str())))
                    }
                    None => String::new(),
                };
                let sql = format!(
                    "SELECT NULL FROM {schema}sqlite_master \
                     WHERE type IN ('table', 'view') AND lower(name) = lower(?)"
                );
                query.query(&sql, &[Value::Text(self.name.clone())]).await
            }
        };
        let rows = answer.map_err(|error| self.failed("looked up", error))?;
        Ok(rows.first().map(|row| Present {
            width: row
                .first()
                .and_then(Value::as_integer)
                .and_then(|width| usize::try_from(width).ok()),
        }))
    }

    /// `CREATE TABLE`, word for word as Alembic's; wider only when an id is.
    pub(crate) fn create(&self, language: &dyn Dialect, longest: usize) -> Statement {
        let table = self.quoted(language);
        let width = longest.max(ALEMBIC_WIDTH);
        let key = match self.primary_key {
            true => format!(
                ", \n    CONSTRAINT {} PRIMARY KEY (version_num)",
                language.quote(&Identifier::new(format!("{}_pkc", self.name)))
            ),
            false => String::new(),
        };
        // Written here and not by the dialect: Alembic's text is the contract, down to the width.
        Statement::new(format!(
            "CREATE TABLE {table} (\n    version_num VARCHAR({width}) NOT NULL{key}\n)"
        ))
    }

    fn widen(&self, language: &dyn Dialect, width: usize) -> Statement {
        let table = self.quoted(language);
        Statement::new(match language.name() {
            DialectName::Mysql | DialectName::Mariadb => {
                format!("ALTER TABLE {table} MODIFY version_num VARCHAR({width}) NOT NULL")
            }
            _ => format!("ALTER TABLE {table} ALTER COLUMN version_num TYPE VARCHAR({width})"),
        })
    }

    /// The statement of one write. It must change exactly one row: [`VersionTable::moved`] is for when it doesn't.
    pub(crate) fn write(&self, language: &dyn Dialect, write: &VersionWrite) -> Statement {
        let dialect = language.name();
        let table = self.quoted(language);
        let text = |id: &str| {
            // An id has no character that a literal could not hold.
            literal(dialect, &Value::Text(id.to_owned())).unwrap_or_default()
        };
        Statement::new(match write {
            VersionWrite::Insert(id) if self.primary_key => {
                format!(
                    "INSERT INTO {table} (version_num) VALUES ({})",
                    text(id.as_str())
                )
            }
            VersionWrite::Insert(id) => {
                // Without a key the database would take a second row; so it is told not to.
                let id = text(id.as_str());
                let dual = match dialect {
                    DialectName::Mysql | DialectName::Mariadb => " FROM DUAL",
                    _ => "",
                };
                format!(
                    "INSERT INTO {table} (version_num) SELECT {id}{dual} \
                     WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE version_num = {id})"
                )
            }
            VersionWrite::Update { from, to } => format!(
                "UPDATE {table} SET version_num={} WHERE {table}.version_num = {}",
                text(to.as_str()),
                text(from.as_str())
            ),
            VersionWrite::Delete(id) => {
                format!(
                    "DELETE FROM {table} WHERE {table}.version_num = {}",
                    text(id.as_str())
                )
            }
        })
    }

    /// What a write says that found another number of rows than one.
    pub(crate) fn moved(&self, write: &VersionWrite, rows: u64) -> VersionTableError {
        let table = self.display_name();
        match write {
            VersionWrite::Insert(id) => VersionTableError::Moved {
                expected: format!("'{id}' should not have been in '{table}'"),
                found: "it is there".to_owned(),
            },
            VersionWrite::Update { from: id, .. } | VersionWrite::Delete(id) if rows > 1 => {
                VersionTableError::Repeated {
                    table,
                    id: id.to_string(),
                    rows,
                }
            }
            VersionWrite::Update { from: id, .. } | VersionWrite::Delete(id) => {
                VersionTableError::Moved {
                    expected: format!("'{table}' should have had one row '{id}'"),
                    found: format!("it has {rows}"),
                }
            }
        }
    }

    /// Whether the database's error says that a row to be inserted is there already.
    pub(crate) fn is_conflict(error: &QueryError) -> bool {
        // PostgreSQL unique_violation, MySQL ER_DUP_ENTRY, SQLite CONSTRAINT_PRIMARYKEY and CONSTRAINT_UNIQUE.
        matches!(
            error.code.as_deref(),
            Some("23505" | "1062" | "1555" | "2067")
        )
    }

    pub(crate) fn failed(&self, action: &'static str, error: QueryError) -> VersionTableError {
        VersionTableError::Database {
            table: self.display_name(),
            action,
            error,
        }
    }

    /// The table as statements name it.
    pub(crate) fn quoted(&self, language: &dyn Dialect) -> String {
        let name = QualifiedName::new(self.name.as_str());
        language.qualified(&match &self.schema {
            Some(schema) => name.in_schema(schema.as_str()),
            None => name,
        })
    }
}

fn describe(value: Option<Value>) -> String {
    match value {
        None | Some(Value::Null) => "NULL".to_owned(),
        Some(Value::Bytes(bytes)) => format!("{} bytes", bytes.len()),
        Some(other) => literal(DialectName::Generic, &other).unwrap_or_default(),
    }
}
