//! Columns and their types.

use std::collections::HashMap;

use super::{Scope, Tables, table::charset_of};
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, TypeWords},
    },
    schema::{
        Column, ColumnDefault, Computed, DataType, EnumType, MysqlOption, Table, TypeArgument,
    },
};

/// Reads the columns of all tables.
pub(super) async fn read_all(
    query: &mut dyn Query,
    scope: &Scope<'_>,
    tables: &mut Tables,
) -> Result<(), InspectError> {
    let collations = collations(query, scope, tables).await?;
    let sql = "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_DEFAULT, IS_NULLABLE, COLUMN_TYPE, CHARACTER_SET_NAME, COLLATION_NAME, \
         EXTRA, COLUMN_COMMENT, GENERATION_EXPRESSION FROM information_schema.COLUMNS WHERE {filter} \
         ORDER BY TABLE_NAME, ORDINAL_POSITION";
    let filter = ("TABLE_SCHEMA", Some("TABLE_NAME"));
    for mut cells in scope.rows(query, "the columns", sql, filter).await? {
        let name = cells.text();
        let of_table = collations.get(&name).map(String::as_str);
        if let Some(table) = tables.get(&name) {
            let column = column(scope, &mut cells, of_table);
            table.columns.push(column);
        }
    }
    Ok(())
}

/// The collations of the tables, from their options where these were read.
async fn collations(
    query: &mut dyn Query,
    scope: &Scope<'_>,
    tables: &Tables,
) -> Result<HashMap<String, String>, InspectError> {
    fn known(table: &Table) -> Option<(String, String)> {
        let options: &[MysqlOption] = match table.options.mariadb.is_empty() {
            true => &table.options.mysql,
            false => &table.options.mariadb,
        };
        let collation = options.iter().find(|option| option.name == "COLLATE")?;
        Some((table.name.name.to_string(), collation.value.clone()))
    }
    let known: HashMap<String, String> = tables.all.iter().filter_map(known).collect();
    if !known.is_empty() {
        return Ok(known);
    }
    let sql = "SELECT TABLE_NAME, TABLE_COLLATION FROM information_schema.TABLES WHERE {filter}";
    let filter = ("TABLE_SCHEMA", Some("TABLE_NAME"));
    let rows = scope.rows(query, "the collations", sql, filter).await?;
    let pairs = rows
        .into_iter()
        .map(|mut cells| (cells.text(), cells.text()));
    Ok(pairs.collect())
}

fn column(scope: &Scope<'_>, cells: &mut Cells, of_table: Option<&str>) -> Column {
    let name = cells.text();
    let default = cells.maybe();
    let nullable = cells.flag();
    let declared = cells.text();
    let charset = cells.maybe();
    let collation = cells.maybe().filter(|own| Some(own.as_str()) != of_table);
    let charset = charset.filter(|_| collation.is_some());
    let extra = cells.text();
    let comment = cells.maybe().filter(|comment| !comment.is_empty());
    let generation = cells.maybe().filter(|text| !text.is_empty());
    let data_type = data_type(&declared, charset, collation);
    let upper = extra.to_uppercase();
    let mut column = Column::new(name, data_type);
    column.nullable = nullable;
    column.comment = comment;
    column.autoincrement = upper.contains("AUTO_INCREMENT").then_some(true);
    column.default = match generation {
        Some(expression) => Some(ColumnDefault::Computed(Computed {
            expression: match scope.is_mariadb() {
                true => expression,
                // MySQL escapes the quotes of this column, and only of this one.
                false => expression.replace("\\'", "'"),
            },
            persisted: Some(!upper.contains("VIRTUAL")),
        })),
        None => default_text(scope, default, &declared, &extra).map(ColumnDefault::Expression),
    };
    column
}

/// The text behind `DEFAULT`, with `ON UPDATE` where there is one.
fn default_text(
    scope: &Scope<'_>,
    default: Option<String>,
    declared: &str,
    extra: &str,
) -> Option<String> {
    let default = match scope.is_mariadb() {
        // MariaDB tells the expression, and NULL where none was given.
        true => default.filter(|text| text != "NULL"),
        false => default.map(|text| mysql_default(text, declared, extra)),
    };
    let lower = extra.to_lowercase();
    let Some(at) = lower.find("on update ") else {
        return default;
    };
    let update = extra.get(at + "on update ".len()..).unwrap_or_default();
    let default = default.unwrap_or_else(|| "NULL".to_owned());
    Some(format!("{default} ON UPDATE {}", update.trim()))
}

/// MySQL tells a literal without quotes, and says beside it when it is an expression.
fn mysql_default(text: String, declared: &str, extra: &str) -> String {
    let expression = extra.contains("DEFAULT_GENERATED");
    let bits = declared.starts_with("bit") || text.starts_with("CURRENT_TIMESTAMP");
    if expression {
        return text.replace("\\'", "'");
    }
    if bits {
        return text;
    }
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

/// `int(11) unsigned` as a type.
fn data_type(declared: &str, charset: Option<String>, collation: Option<String>) -> DataType {
    let Some(words) = TypeWords::of(declared) else {
        return DataType::Custom(declared.to_owned());
    };
    let mut named = words.named();
    named.collation = collation;
    // A character set that its collation tells is not said twice by the server either, except where it must.
    named.charset = charset.or_else(|| {
        named
            .collation
            .as_deref()
            .map(charset_of)
            .map(str::to_owned)
    });
    let mut words: Vec<&str> = named.name.split(' ').collect();
    let rest: Vec<String> = declared
        .rsplit(')')
        .next()
        .filter(|_| declared.contains(')'))
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_uppercase)
        .collect();
    named.unsigned = rest.iter().any(|word| word == "UNSIGNED") || words.contains(&"UNSIGNED");
    named.zerofill = rest.iter().any(|word| word == "ZEROFILL") || words.contains(&"ZEROFILL");
    words.retain(|word| !matches!(*word, "UNSIGNED" | "ZEROFILL"));
    let name = words.join(" ");
    named.name = match name.as_str() {
        "INT" => "INTEGER".to_owned(),
        _ => name,
    };
    if named.name == "ENUM" {
        let values = named
            .arguments
            .into_iter()
            .filter_map(|argument| match argument {
                TypeArgument::Text(text) => Some(text),
                TypeArgument::Number(_) => None,
            });
        return DataType::Enum(EnumType {
            name: None,
            values: values.collect(),
            charset: named.charset,
            collation: named.collation,
            ..EnumType::new("", &[])
        });
    }
    DataType::Named(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dialect::{Dialect, Mysql},
        schema::NamedType,
    };

    #[test]
    fn declared_types_are_written_again() {
        for declared in [
            "INTEGER(11) UNSIGNED",
            "BIGINT UNSIGNED ZEROFILL",
            "DECIMAL(10, 2)",
            "ENUM('a','it''s')",
            "SET('a','b')",
            "VARCHAR(40)",
            "DOUBLE(10, 2) UNSIGNED",
            "DATETIME(6)",
        ] {
            let read = data_type(declared, None, None);
            assert_eq!(Mysql::mariadb(None).type_text(&read).unwrap(), declared);
        }
        let other = data_type(
            "char(3)",
            Some("latin1".to_owned()),
            Some("latin1_bin".to_owned()),
        );
        let expected = NamedType {
            charset: Some("latin1".to_owned()),
            collation: Some("latin1_bin".to_owned()),
            ..NamedType::new("CHAR").with_numbers(&[3])
        };
        assert_eq!(other, DataType::Named(expected));
    }
}
