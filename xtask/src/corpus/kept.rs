//! Indexes that Alembic's copy of a SQLite table loses or makes plain, and ours keeps as they were written.
//!
//! Alembic reads an index from the catalogue before it makes a table anew: expressions are lost there with their whole index,
//! and `DESC`, `ASC` and `COLLATE` from its columns. That is no difference to mend.

use std::collections::BTreeMap;

/// Differing lines, those of such indexes apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Split {
    /// Names of indexes that were kept as they were written.
    pub(crate) kept: Vec<String>,
    pub(crate) others: Vec<String>,
}

/// Tells the differing lines of a schema, or of the effect of a revision, apart.
pub(crate) fn split(lines: &[String]) -> Split {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in lines {
        if let Some((name, columns)) = index(line) {
            groups.entry(name).or_default().push(columns);
        }
    }
    groups.retain(|_, columns| {
        let plain: Vec<String> = columns.iter().map(|one| simplified(one)).collect();
        let is_written_otherwise = columns
            .iter()
            .zip(&plain)
            .any(|(columns, plain)| columns.to_ascii_lowercase() != *plain);
        let is_one = plain.windows(2).all(|pair| pair.first() == pair.last());
        columns.iter().all(|one| is_expression(one)) || (is_one && is_written_otherwise)
    });
    let others = lines
        .iter()
        .filter(|line| !index(line).is_some_and(|(name, _)| groups.contains_key(name)));
    Split {
        others: others.cloned().collect(),
        kept: groups.keys().map(|name| (*name).to_owned()).collect(),
    }
}

/// Name and columns of the index that a line with its signs is about.
fn index(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches(['+', '-']);
    if let Some((name, columns)) = line.split_once(" : ") {
        // `name|unique|origin|partial : columns`
        let mut fields = name.split('|');
        return match (fields.next(), fields.count()) {
            (Some(name), 3) => Some((name, columns)),
            _ => None,
        };
    }
    let rest = line.strip_prefix("CREATE ")?;
    let rest = rest.strip_prefix("UNIQUE ").unwrap_or(rest);
    let (name, rest) = rest.strip_prefix("INDEX ")?.split_once(' ')?;
    let columns = rest.split_once('(')?.1;
    Some((name, columns.strip_suffix(')').unwrap_or(columns)))
}

fn is_expression(columns: &str) -> bool {
    columns.contains('(') || columns.contains("<expr>")
}

/// The columns alone.
fn simplified(columns: &str) -> String {
    let words = columns.to_ascii_lowercase();
    let columns = words.split(',').map(|column| {
        let mut words = column.split_whitespace();
        words.next().unwrap_or_default().to_owned()
    });
    columns.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[&str]) -> Vec<String> {
        text.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn what_a_rebuild_loses_is_kept() {
        let found = split(&lines(&[
            "-CREATE INDEX a ON t (x, y)",
            "+CREATE INDEX a on t (x, y DESC)",
            "-a|0|c|0 : x, y",
            "+a|0|c|0 : x, y DESC",
            "+CREATE UNIQUE INDEX e ON t (lower(x))",
            "+e|1|c|0 : <expr>",
            "+-CREATE INDEX n ON t (name COLLATE NOCASE)",
            "--CREATE INDEX n ON t (name)",
        ]));
        assert_eq!(found.kept, ["a", "e", "n"]);
        assert_eq!(found.others, Vec::<String>::new());
    }

    #[test]
    fn other_columns_or_a_lost_index_are_differences() {
        let differing = lines(&[
            "-CREATE INDEX a ON t (x)",
            "+CREATE INDEX a ON t (y)",
            "-CREATE INDEX b ON t (x)",
            "+CREATE INDEX c ON t (x, y)",
            "-  x INTEGER",
        ]);
        assert_eq!(
            split(&differing),
            Split {
                kept: Vec::new(),
                others: differing
            }
        );
    }
}
