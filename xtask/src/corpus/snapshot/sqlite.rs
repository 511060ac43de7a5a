//! SQLite's schema: the stored statements line by line, and the canonical form of the record (`dump_sqlite.py --canon`).

use std::fmt::Write;

use limbeck::{dialect::Query, migrate::Session};

use super::{Snapshot, text};
use crate::corpus::error::CorpusError;

struct Object {
    kind: String,
    name: String,
    sql: String,
}

pub(super) async fn read(session: &mut Session<'_>) -> Result<Snapshot, CorpusError> {
    let mut snapshot = Snapshot::default();
    for object in objects(session).await? {
        match object.kind.as_str() {
            "table" => {
                for line in lines(&object.sql) {
                    snapshot.add(format!("table {}: {line}", object.name));
                }
            }
            _ if object.sql.is_empty() => {}
            _ => snapshot.add(folded(&object.sql)),
        }
    }
    Ok(snapshot)
}

async fn objects(session: &mut Session<'_>) -> Result<Vec<Object>, CorpusError> {
    let rows = session
        .query(
            "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name",
            &[],
        )
        .await?;
    Ok(rows
        .iter()
        .map(|row| Object {
            kind: text(row, 0),
            name: text(row, 1),
            sql: text(row, 2),
        })
        .collect())
}

/// Lines as the record's program has them, which knows more ends of lines.
fn split_lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = [
        '\n', '\r', '\x0b', '\x0c', '\x1c', '\x1d', '\x1e', '\u{85}', '\u{2028}', '\u{2029}',
    ];
    text.split(move |one| ends.contains(&one))
}

/// The lines of a CREATE TABLE without the commas between them and without the last parenthesis.
fn lines(sql: &str) -> Vec<String> {
    split_lines(sql.trim())
        .map(|line| folded(line).trim_end_matches(',').to_owned())
        .filter(|line| !line.is_empty() && line != ")")
        .collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_constraint(line: &str) -> bool {
    [
        "CONSTRAINT",
        "FOREIGN KEY",
        "UNIQUE",
        "CHECK",
        "PRIMARY KEY",
    ]
    .iter()
    .any(|word| {
        line.strip_prefix(word).is_some_and(|rest| {
            !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
        })
    })
}

/// The record's canonical form, without its heading of the whole schema.
pub(super) async fn canonical(session: &mut Session<'_>) -> Result<String, CorpusError> {
    let mut out = String::from("## normalized DDL\n");
    let objects = objects(session).await?;
    for object in objects.iter().filter(|object| !object.sql.is_empty()) {
        if object.kind != "table" {
            let _ = writeln!(out, "{}", folded(&object.sql));
            continue;
        }
        let all: Vec<String> = split_lines(object.sql.trim())
            .map(|line| folded(line).trim_end_matches(',').to_owned())
            .collect();
        let (head, rest) = all
            .split_first()
            .map_or(("", &all[..]), |(head, rest)| (head.as_str(), rest));
        let _ = writeln!(out, "{head}");
        let body = rest.iter().filter(|line| !line.is_empty() && *line != ")");
        let (mut constraints, columns): (Vec<&String>, Vec<&String>) =
            body.partition(|line| is_constraint(line));
        constraints.sort_unstable();
        for line in columns.into_iter().chain(constraints) {
            let _ = writeln!(out, "  {line}");
        }
        out.push_str(")\n");
    }
    let mut tables: Vec<&str> = objects
        .iter()
        .filter(|object| object.kind == "table")
        .map(|object| object.name.as_str())
        .collect();
    tables.sort_unstable();
    out.push_str("## PRAGMA table_xinfo\n");
    for table in &tables {
        let _ = writeln!(out, "-- {table}");
        for row in pragma(session, "table_xinfo", table).await? {
            let fields: Vec<String> = (0..row.len()).map(|index| text(&row, index)).collect();
            let _ = writeln!(out, "{}", fields.join("|"));
        }
    }
    out.push_str("## PRAGMA index_list\n");
    for table in &tables {
        let mut indexes = Vec::new();
        for row in pragma(session, "index_list", table).await? {
            let name = text(&row, 1);
            let columns = pragma(session, "index_xinfo", &name).await?;
            let columns: Vec<String> = columns
                .iter()
                .filter(|column| text(column, 5) != "0")
                .map(|column| {
                    let name = text(column, 2);
                    let name = if name == "NULL" {
                        "<expr>".to_owned()
                    } else {
                        name
                    };
                    if text(column, 3) == "0" {
                        name
                    } else {
                        format!("{name} DESC")
                    }
                })
                .collect();
            // The number in an automatic index's name depends on the order of the constraints.
            let name = if name.starts_with("sqlite_autoindex_") {
                "sqlite_autoindex".to_owned()
            } else {
                name
            };
            indexes.push(format!(
                "{name}|{}|{}|{} : {}",
                text(&row, 2),
                text(&row, 3),
                text(&row, 4),
                columns.join(", ")
            ));
        }
        listed(&mut out, table, indexes);
    }
    out.push_str("## PRAGMA foreign_key_list\n");
    for table in &tables {
        let rows = pragma(session, "foreign_key_list", table).await?;
        let mut keys: std::collections::BTreeMap<String, Vec<_>> =
            std::collections::BTreeMap::new();
        for row in rows {
            keys.entry(text(&row, 0)).or_default().push(row);
        }
        let keys = keys
            .into_values()
            .map(|mut columns| {
                columns.sort_by_key(|row| text(row, 1).parse::<i64>().unwrap_or_default());
                let joined = |index| {
                    columns
                        .iter()
                        .map(|row| text(row, index))
                        .collect::<Vec<_>>()
                        .join(",")
                };
                let of = |index| {
                    columns
                        .first()
                        .map_or_else(String::new, |row| text(row, index))
                };
                format!(
                    "{}({})->({})|{}|{}|{}",
                    of(2),
                    joined(3),
                    joined(4),
                    of(5),
                    of(6),
                    of(7)
                )
            })
            .collect();
        listed(&mut out, table, keys);
    }
    Ok(out)
}

fn listed(out: &mut String, table: &str, mut lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    lines.sort_unstable();
    let _ = writeln!(out, "-- {table}");
    for line in lines {
        let _ = writeln!(out, "{line}");
    }
}

async fn pragma(
    session: &mut Session<'_>,
    name: &str,
    argument: &str,
) -> Result<Vec<limbeck::dialect::Row>, CorpusError> {
    let sql = format!("PRAGMA {name}(\"{}\")", argument.replace('"', "\"\""));
    Ok(session.query(&sql, &[]).await?)
}
