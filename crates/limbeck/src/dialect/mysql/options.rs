//! Table options: engine, character set, comment, partitions.

use super::Mysql;
use crate::{
    dialect::{DialectName, ansi::Grammar},
    schema::{MysqlOption, TableOptions},
};

/// Options whose value is a text.
const TEXTS: [&str; 5] = [
    "COMMENT",
    "DATA_DIRECTORY",
    "INDEX_DIRECTORY",
    "PASSWORD",
    "CONNECTION",
];

/// Options whose name is two or three words.
const WORDS: [&str; 6] = [
    "DATA_DIRECTORY",
    "INDEX_DIRECTORY",
    "DEFAULT_CHARACTER_SET",
    "CHARACTER_SET",
    "DEFAULT_CHARSET",
    "DEFAULT_COLLATE",
];

/// Options that are joined to their value by a blank.
const BLANK: [&str; 4] = [
    "TABLESPACE",
    "DEFAULT CHARACTER SET",
    "CHARACTER SET",
    "COLLATE",
];

/// Options that name a character set, which must stand before its collation.
const CHARSETS: [&str; 4] = [
    "DEFAULT_CHARSET",
    "DEFAULT_CHARACTER_SET",
    "CHARSET",
    "CHARACTER_SET",
];

/// Partitions, in the order the grammar wants; they stand last.
const PARTITIONS: [&str; 4] = [
    "PARTITION_BY",
    "PARTITIONS",
    "SUBPARTITION_BY",
    "SUBPARTITIONS",
];

/// The options that are meant for this database.
pub(super) fn own<'a>(dialect: &Mysql, options: &'a TableOptions) -> &'a [MysqlOption] {
    // Both have their own list, so that a script can serve the two at once.
    match dialect.name {
        DialectName::Mariadb => &options.mariadb,
        _ => &options.mysql,
    }
}

/// The options as they stand behind a table, comment included.
pub(super) fn text(dialect: &Mysql, options: &[MysqlOption], comment: Option<&str>) -> String {
    let mut all: Vec<MysqlOption> = options.to_vec();
    if let Some(comment) = comment {
        all.retain(|option| option.name != "COMMENT");
        all.push(MysqlOption {
            name: "COMMENT".to_owned(),
            value: comment.to_owned(),
        });
    }
    let is_partition = |option: &MysqlOption| PARTITIONS.contains(&option.name.as_str());
    let (partitions, mut plain): (Vec<_>, Vec<_>) = all.into_iter().partition(is_partition);
    if plain
        .iter()
        .any(|option| CHARSETS.contains(&option.name.as_str()))
    {
        plain.sort_by_key(|option| option.name == "COLLATE");
    }
    let mut parts: Vec<String> = plain
        .iter()
        .map(|option| plain_text(dialect, option))
        .collect();
    for name in PARTITIONS {
        let words = name.replace('_', " ");
        let given = partitions.iter().filter(|option| option.name == name);
        parts.extend(given.map(|option| format!("{words} {}", option.value)));
    }
    parts.join(" ")
}

fn plain_text(dialect: &Mysql, option: &MysqlOption) -> String {
    let name = if WORDS.contains(&option.name.as_str()) {
        option.name.replace('_', " ")
    } else {
        option.name.clone()
    };
    let value = if TEXTS.contains(&option.name.as_str()) {
        dialect.quoting().text(&option.value)
    } else {
        option.value.clone()
    };
    let joiner = if BLANK.contains(&name.as_str()) {
        " "
    } else {
        "="
    };
    format!("{name}{joiner}{value}")
}
