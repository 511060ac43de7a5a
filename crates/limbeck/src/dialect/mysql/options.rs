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

/// Options that the server says of every table; a model that says nothing of them leaves them to it.
const SERVERS: [&str; 3] = ["ENGINE", "DEFAULT_CHARSET", "COLLATE"];

/// Values that mean the same as not saying an option, where that is not `DEFAULT`.
const UNSAID: [(&str, &str); 10] = [
    ("AVG_ROW_LENGTH", "0"),
    ("CHECKSUM", "0"),
    ("DELAY_KEY_WRITE", "0"),
    ("INSERT_METHOD", "NO"),
    ("KEY_BLOCK_SIZE", "0"),
    ("MAX_ROWS", "0"),
    ("MIN_ROWS", "0"),
    ("COMPRESSION", "'NONE'"),
    ("ENCRYPTION", "'N'"),
    ("CONNECTION", ""),
];

/// The names of the options that differ. Only what is said on both sides is compared where the server always says it.
pub(super) fn differing<'a>(actual: &'a [MysqlOption], wanted: &'a [MysqlOption]) -> Vec<&'a str> {
    let mut names: Vec<&str> = actual
        .iter()
        .chain(wanted)
        .map(|option| option.name.as_str())
        .filter(|name| !name.starts_with("AUTO_INCREMENT"))
        .collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| {
        let value = |options: &[MysqlOption]| {
            let mut options = options.iter();
            let found = options.find(|option| option.name == *name);
            found.map(|option| option.value.to_lowercase())
        };
        let (actual, wanted) = (value(actual), value(wanted));
        actual != wanted && !(SERVERS.contains(name) && (actual.is_none() || wanted.is_none()))
    });
    names
}

/// What turns one list of options into another: what differs, and what is said no more.
pub(super) fn change(dialect: &Mysql, existing: &[MysqlOption], options: &[MysqlOption]) -> String {
    let differing = differing(existing, options);
    // Either of them alone would bring the other's default along.
    let pair = ["DEFAULT_CHARSET", "COLLATE"];
    let recoded = pair.iter().any(|name| differing.contains(name));
    let said = options.iter().filter(|option| {
        let name = option.name.as_str();
        differing.contains(&name) || recoded && pair.contains(&name)
    });
    let mut said: Vec<MysqlOption> = said.cloned().collect();
    let is_partition = |option: &MysqlOption| PARTITIONS.contains(&option.name.as_str());
    let gone = existing.iter().filter(|option| {
        let name = option.name.as_str();
        differing.contains(&name) && !options.iter().any(|other| other.name == name)
    });
    let (partitions, gone): (Vec<&MysqlOption>, Vec<&MysqlOption>) =
        gone.partition(|option| is_partition(option));
    said.extend(gone.into_iter().map(|option| {
        let unsaid = UNSAID.iter().find(|(name, _)| *name == option.name);
        MysqlOption {
            name: option.name.clone(),
            value: unsaid.map_or("DEFAULT", |(_, value)| value).to_owned(),
        }
    }));
    let mut parts = vec![text(dialect, &said, None)];
    if !partitions.is_empty() && !options.iter().any(is_partition) {
        parts.push("REMOVE PARTITIONING".to_owned());
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
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
