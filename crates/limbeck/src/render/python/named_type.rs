//! Types that are written as a database names them: `sa.VARCHAR(…)`, `postgresql.JSONB(…)`, `mysql.TINYINT(…)`.

use super::{Call, Writer, literal};
use crate::{
    dialect::DialectName,
    schema::{Check, NamedType, TypeArgument},
};

/// The classes that SQLAlchemy has for every database.
const STANDARD: [&str; 25] = [
    "BIGINT",
    "BINARY",
    "BLOB",
    "BOOLEAN",
    "CHAR",
    "CLOB",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "DOUBLE",
    "DOUBLE_PRECISION",
    "FLOAT",
    "INTEGER",
    "JSON",
    "NCHAR",
    "NUMERIC",
    "NVARCHAR",
    "REAL",
    "SMALLINT",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "UUID",
    "VARBINARY",
    "VARCHAR",
];

/// The classes of its PostgreSQL dialect.
const POSTGRESQL: [&str; 33] = [
    "BIT",
    "BYTEA",
    "CIDR",
    "CITEXT",
    "DATEMULTIRANGE",
    "DATERANGE",
    "HSTORE",
    "INET",
    "INT4MULTIRANGE",
    "INT4RANGE",
    "INT8MULTIRANGE",
    "INT8RANGE",
    "INTERVAL",
    "JSONB",
    "JSONPATH",
    "MACADDR",
    "MACADDR8",
    "MONEY",
    "NUMMULTIRANGE",
    "NUMRANGE",
    "OID",
    "REGCLASS",
    "REGCONFIG",
    "TIME",
    "TIMESTAMP",
    "TSMULTIRANGE",
    "TSQUERY",
    "TSRANGE",
    "TSTZMULTIRANGE",
    "TSTZRANGE",
    "TSVECTOR",
    "DOUBLE_PRECISION",
    "FLOAT",
];

/// The classes of its MySQL dialect.
const MYSQL: [&str; 34] = [
    "BIGINT",
    "BIT",
    "CHAR",
    "DATETIME",
    "DECIMAL",
    "DOUBLE",
    "ENUM",
    "FLOAT",
    "INET4",
    "INET6",
    "INTEGER",
    "LONGBLOB",
    "LONGTEXT",
    "MEDIUMBLOB",
    "MEDIUMINT",
    "MEDIUMTEXT",
    "NCHAR",
    "NUMERIC",
    "NVARCHAR",
    "REAL",
    "SET",
    "SMALLINT",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "TINYBLOB",
    "TINYINT",
    "TINYTEXT",
    "VARCHAR",
    "YEAR",
    "BINARY",
    "BLOB",
    "VARBINARY",
    "JSON",
];

/// The text of a named type.
pub(super) fn text(writer: &mut Writer<'_>, named: &NamedType, check: Option<&Check>) -> String {
    let class = match named.name.as_str() {
        "INT" => "INTEGER".to_owned(),
        name => name.replace(' ', "_"),
    };
    let class = class.as_str();
    let mysql_only = says_more_than_mysql_alone_knows(named);
    let fraction =
        matches!(class, "TIME" | "TIMESTAMP" | "DATETIME") && !named.arguments.is_empty();
    let width = matches!(class, "INTEGER" | "BIGINT" | "SMALLINT") && !named.arguments.is_empty();
    let two = matches!(class, "DOUBLE" | "FLOAT" | "REAL") && named.arguments.len() > 1;
    let is_mysql = matches!(writer.dialect(), DialectName::Mysql | DialectName::Mariadb);
    let on_postgresql = !is_mysql && !mysql_only && !width && class != "DATETIME";
    if named.schema.is_some() {
        return fallback(writer, named);
    }
    if STANDARD.contains(&class) && !mysql_only && !fraction && !width && !two {
        let mut call = Call::new(writer.sqlalchemy(class));
        standard_arguments(&mut call, class, named);
        if class == "BOOLEAN" {
            writer.type_check(&mut call, check);
        }
        return call.text();
    }
    if POSTGRESQL.contains(&class) && on_postgresql && !two {
        let text_type = format!("{}()", writer.sqlalchemy("Text"));
        let mut call = Call::new(writer.of_dialect("postgresql", class));
        postgresql_arguments(&mut call, class, named, &text_type);
        return call.text();
    }
    if MYSQL.contains(&class) {
        let mut call = Call::new(writer.of_dialect("mysql", class));
        mysql_arguments(&mut call, class, named);
        return call.text();
    }
    fallback(writer, named)
}

fn says_more_than_mysql_alone_knows(named: &NamedType) -> bool {
    named.unsigned
        || named.zerofill
        || named.charset.is_some()
        || named.ascii
        || named.unicode
        || named.binary
        || named.national
}

fn numbers(named: &NamedType) -> Vec<String> {
    let number = |argument: &TypeArgument| match argument {
        TypeArgument::Number(number) => number.to_string(),
        TypeArgument::Text(text) => literal::string(text),
    };
    named.arguments.iter().map(number).collect()
}

fn standard_arguments(call: &mut Call, class: &str, named: &NamedType) {
    let numbers = numbers(named);
    let keywords: &[&str] = match class {
        "NUMERIC" | "DECIMAL" | "FLOAT" | "REAL" | "DOUBLE" | "DOUBLE_PRECISION" => {
            &["precision", "scale"]
        }
        _ => &["length"],
    };
    for (keyword, number) in keywords.iter().zip(&numbers) {
        call.keyword(keyword, number);
    }
    call.flag("timezone", named.time_zone);
    call.keyword_if("collation", named.collation.as_deref().map(literal::string));
}

fn postgresql_arguments(call: &mut Call, class: &str, named: &NamedType, text_type: &str) {
    let numbers = numbers(named);
    let number = numbers.first();
    match class {
        "JSONB" => {
            call.keyword("astext_type", text_type);
        }
        "HSTORE" => {
            call.keyword("text_type", text_type);
        }
        "BIT" => {
            call.keyword_if("length", number);
            call.flag("varying", named.varying);
        }
        "INTERVAL" => {
            call.keyword_if("precision", number);
            call.keyword_if("fields", named.fields.as_deref().map(literal::string));
        }
        "TIME" | "TIMESTAMP" => {
            call.flag("timezone", named.time_zone);
            call.keyword_if("precision", number);
        }
        _ => {
            call.keyword_if("collation", named.collation.as_deref().map(literal::string));
        }
    }
}

/// In the order of SQLAlchemy's `repr()`.
fn mysql_arguments(call: &mut Call, class: &str, named: &NamedType) {
    let numbers = numbers(named);
    let characters = |call: &mut Call| {
        call.keyword_if("charset", named.charset.as_deref().map(literal::string));
        call.keyword_if("collation", named.collation.as_deref().map(literal::string));
        call.flag("ascii", named.ascii);
        call.flag("binary", named.binary);
        call.flag("unicode", named.unicode);
        call.flag("national", named.national);
    };
    let signs = |call: &mut Call| {
        call.flag("unsigned", named.unsigned);
        call.flag("zerofill", named.zerofill);
    };
    let listed = |call: &mut Call, keywords: &[&str]| {
        for (keyword, number) in keywords.iter().zip(&numbers) {
            call.keyword(keyword, number);
        }
    };
    match class {
        "SET" | "ENUM" => {
            for value in &numbers {
                call.argument(value);
            }
            characters(call);
        }
        "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INTEGER" | "BIGINT" => {
            listed(call, &["display_width"]);
            signs(call);
        }
        "YEAR" => listed(call, &["display_width"]),
        "DECIMAL" | "NUMERIC" => {
            signs(call);
            listed(call, &["precision", "scale"]);
        }
        "FLOAT" => {
            listed(call, &["precision", "scale"]);
            signs(call);
        }
        "DOUBLE" | "REAL" => {
            listed(call, &["precision", "scale"]);
            call.keyword_if("asdecimal", (!numbers.is_empty()).then_some("True"));
            signs(call);
        }
        "DATETIME" | "TIMESTAMP" | "TIME" => listed(call, &["fsp"]),
        "BIT" | "BINARY" | "BLOB" | "VARBINARY" => listed(call, &["length"]),
        _ => {
            characters(call);
            listed(call, &["length"]);
        }
    }
}

/// A type that SQLAlchemy has no class for.
fn fallback(writer: &mut Writer<'_>, named: &NamedType) -> String {
    let mut sql = named.name.clone();
    if let Some(schema) = &named.schema {
        sql = format!("{}.{sql}", writer.quoted(schema));
    }
    let arguments: Vec<String> = named
        .arguments
        .iter()
        .map(|argument| match argument {
            TypeArgument::Number(number) => number.to_string(),
            TypeArgument::Text(text) => format!("'{}'", text.replace('\'', "''")),
        })
        .collect();
    if !arguments.is_empty() {
        sql.push_str(&format!("({})", arguments.join(", ")));
    }
    writer.custom(&sql)
}
