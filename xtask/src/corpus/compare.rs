//! Two schemas as text: what the record has and we do not, and the other way round.

use similar::{ChangeTag, TextDiff};

/// The lines that differ, with a sign: `-` only in the record, `+` only here.
pub(crate) fn texts(recorded: &str, found: &str) -> Vec<String> {
    let (recorded, found) = (normal(recorded), normal(found));
    TextDiff::from_lines(&recorded, &found)
        .iter_all_changes()
        .filter_map(|change| match change.tag() {
            ChangeTag::Equal => None,
            ChangeTag::Delete => Some(format!("-{}", change.value().trim_end())),
            ChangeTag::Insert => Some(format!("+{}", change.value().trim_end())),
        })
        .collect()
}

/// Without comments, settings of the session that dumped, and names that depend on the order of constraints.
fn normal(text: &str) -> String {
    let mut out = String::new();
    let mut automatic: Vec<String> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    // The record took a carriage return inside a string for the end of a line.
    for line in text.split(['\n', '\r']) {
        let heading = line.starts_with("## ");
        let line = match line.strip_prefix("## ") {
            Some(heading) => heading.split(" (").next().unwrap_or(heading),
            None => line.trim_end(),
        };
        let settings = [
            "/*!",
            "SET ",
            "SELECT pg_catalog.set_config",
            "\\restrict",
            "\\unrestrict",
            "/*M!",
        ];
        if line.is_empty()
            || (line.starts_with("--") && line.trim_start_matches('-').is_empty())
            || line.starts_with("-- PostgreSQL")
            || line.starts_with("-- Dumped")
            || line.starts_with("-- Name:")
            || line.starts_with("PRAGMA foreign keys / indexes")
            || settings.iter().any(|setting| line.starts_with(setting))
        {
            continue;
        }
        // The order of keys is that in which the models' sets of indexes were gone through, which is any.
        if ["  KEY `", "  UNIQUE KEY `"]
            .iter()
            .any(|key| line.starts_with(key))
        {
            keys.push(format!("{}\n", line.trim_end_matches(',')));
            continue;
        }
        keys.sort_unstable();
        out.extend(keys.drain(..));
        let sign = if heading { "## " } else { "" };
        match line
            .strip_prefix("sqlite_autoindex_")
            .and_then(|rest| rest.split_once('|'))
        {
            // Their numbers follow the order of the constraints, which is any.
            Some((_, rest)) => automatic.push(format!("sqlite_autoindex|{rest}\n")),
            None => {
                automatic.sort_unstable();
                out.extend(automatic.drain(..));
                out.push_str(sign);
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    automatic.sort_unstable();
    out.extend(automatic);
    out
}

/// The lines by which two sorted lists differ.
pub(crate) fn effects(recorded: &[String], found: &[String]) -> Vec<String> {
    // The record's steps have the first line of each, and a comma follows from the order of lines.
    let text = |lines: &[String]| {
        let mut lines: Vec<&str> = lines
            .iter()
            .map(|line| line.split(['\n', '\r']).next().unwrap_or_default())
            .map(|line| line.trim_end_matches(','))
            .collect();
        lines.sort_unstable();
        lines.join("\n") + "\n"
    };
    texts(&text(recorded), &text(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_lines_inside_a_line_are_as_the_record_has_them() {
        let (recorded, found) = ("CHECK (a !~~ '%\n%')\n", "CHECK (a !~~ '%\r%')\n");
        assert_eq!(texts(recorded, found), Vec::<String>::new());
        let recorded = ["+KEY `a`", "+KEY `b`,", "+constraint c CHECK (a !~~ '%"];
        let found = [
            "+KEY `a`,",
            "+KEY `b`",
            "+constraint c CHECK (a !~~ '%\r%')",
        ];
        let owned = |lines: [&str; 3]| lines.map(str::to_owned);
        assert_eq!(
            effects(&owned(recorded), &owned(found)),
            Vec::<String>::new()
        );
    }

    #[test]
    fn the_order_of_keys_is_no_difference() {
        let one = "CREATE TABLE t (\n  PRIMARY KEY (`id`),\n  KEY `a` (`a`),\n  UNIQUE KEY `b` (`b`)\n) ENGINE=InnoDB\n";
        let other = "CREATE TABLE t (\n  PRIMARY KEY (`id`),\n  UNIQUE KEY `b` (`b`),\n  KEY `a` (`a`)\n) ENGINE=InnoDB\n";
        assert_eq!(texts(one, other), Vec::<String>::new());
        let without = other.replace(",\n  KEY `a` (`a`)", "");
        assert_eq!(texts(one, &without), ["-  KEY `a` (`a`)"]);
    }
}
