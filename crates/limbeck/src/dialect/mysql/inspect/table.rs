//! Tables as such: kinds, options, comments.

use super::Scope;
use crate::{
    dialect::{
        Query,
        inspect::{InspectError, Part},
    },
    schema::{MysqlOption, Table},
};

/// The tables of a database by kind.
#[derive(Default)]
pub(super) struct Found {
    pub(super) tables: Vec<Table>,
    /// Names of views.
    pub(super) views: Vec<String>,
    /// Names of sequences.
    pub(super) sequences: Vec<String>,
    /// Names of partitioned tables.
    pub(super) partitioned: Vec<String>,
}

/// Reads tables, and the names of views and sequences.
pub(super) async fn read_all(
    query: &mut dyn Query,
    scope: &Scope<'_>,
) -> Result<Found, InspectError> {
    let details = scope.request.wants(Part::Options);
    let columns = match details {
        true => ", ENGINE, TABLE_COLLATION, CREATE_OPTIONS, TABLE_COMMENT",
        false => "",
    };
    let sql = format!(
        "SELECT TABLE_NAME, TABLE_TYPE{columns} FROM information_schema.TABLES WHERE {{filter}} ORDER BY TABLE_NAME"
    );
    let filter = ("TABLE_SCHEMA", Some("TABLE_NAME"));
    let mut found = Found::default();
    for mut cells in scope.rows(query, "the tables", &sql, filter).await? {
        let name = cells.text();
        match cells.text().as_str() {
            "VIEW" | "SYSTEM VIEW" => {
                if scope.request.views && scope.request.views_as_tables {
                    found.tables.push(Table::new(scope.own(&name), Vec::new()));
                }
                found.views.push(name);
                continue;
            }
            "SEQUENCE" => {
                found.sequences.push(name);
                continue;
            }
            _ => {}
        }
        let mut table = Table::new(scope.own(&name), Vec::new());
        if details {
            let mut options = options(cells.maybe(), cells.maybe());
            let create = cells.text();
            if create.split_whitespace().any(|word| word == "partitioned") {
                found.partitioned.push(name);
            }
            options.extend(create.split_whitespace().filter_map(option));
            table.comment = cells.maybe().filter(|comment| !comment.is_empty());
            match scope.is_mariadb() {
                true => table.options.mariadb = options,
                false => table.options.mysql = options,
            }
        }
        found.tables.push(table);
    }
    Ok(found)
}

fn options(engine: Option<String>, collation: Option<String>) -> Vec<MysqlOption> {
    let named = |name: &str, value: &str| MysqlOption {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let mut options = Vec::new();
    if let Some(engine) = engine {
        options.push(named("ENGINE", &engine));
    }
    if let Some(collation) = collation {
        options.push(named("DEFAULT_CHARSET", charset_of(&collation)));
        options.push(named("COLLATE", &collation));
    }
    options
}

/// The character set of a collation: both servers put its name in front.
pub(in crate::dialect::mysql) fn charset_of(collation: &str) -> &str {
    collation.split('_').next().unwrap_or(collation)
}

/// `row_format=COMPRESSED` as an option.
fn option(word: &str) -> Option<MysqlOption> {
    let (name, value) = word.split_once('=')?;
    if ["transactional=1", "page_checksum=1"].contains(&word.to_lowercase().as_str()) {
        // Aria says so of tables that do not say otherwise, and a table takes it along to other engines.
        return None;
    }
    Some(MysqlOption {
        name: name.trim_matches('`').to_uppercase(),
        value: value.to_owned(),
    })
}
