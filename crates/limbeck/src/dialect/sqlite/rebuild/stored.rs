//! The stored text of indexes, triggers and views: as much of it as a rebuild has to understand.

use std::ops::Range;

use super::super::table_sql::{Token, TokenKind, mentions, quote, same_name, tokens, unquote};

/// An index, trigger or view as `sqlite_schema` has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) name: String,
    pub(crate) sql: String,
}

/// What a trigger is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TriggerHead {
    pub(crate) event: Event,
    /// The columns after `UPDATE OF`.
    pub(crate) columns: Vec<String>,
    pub(crate) schema: Option<String>,
    pub(crate) table: String,
    /// Where the table's name is, with its schema.
    on: Range<usize>,
}

/// What fires a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Insert,
    Update,
    Delete,
}

impl Stored {
    /// The statement with `schema` before the object's name, as it has to be run; SQLite stores it without.
    pub(crate) fn qualified(&self, schema: &str) -> String {
        let mut sql = self.sql.clone();
        if let Some(name) = tokens(&self.sql)
            .ok()
            .and_then(|found| name_index(&self.sql, &found).and_then(|at| found.get(at).cloned()))
        {
            sql.insert_str(name.span.start, &format!("{}.", quote(schema)));
        }
        sql
    }

    /// Whether an index uses a column: as a key, in an expression or in its WHERE.
    pub(crate) fn index_uses(&self, column: &str) -> bool {
        let Ok(found) = tokens(&self.sql) else {
            return true;
        };
        // Past `CREATE INDEX name ON table`, whose names are no columns.
        let body = name_index(&self.sql, &found)
            .and_then(|at| found.get(at + 3))
            .map_or(0, |token| token.span.start);
        mentions(self.sql.get(body..).unwrap_or_default(), column)
    }

    /// What fires this trigger; `None` for another object.
    pub(crate) fn trigger(&self) -> Option<TriggerHead> {
        let found = tokens(&self.sql).ok()?;
        let word = |at: usize| {
            found
                .get(at)
                .and_then(|token| self.sql.get(token.span.clone()))
                .unwrap_or_default()
        };
        let mut at = name_index(&self.sql, &found)? + 1;
        let event = loop {
            let text = word(at);
            at += 1;
            match text.to_ascii_uppercase().as_str() {
                "BEFORE" | "AFTER" | "INSTEAD" | "OF" => {}
                "INSERT" => break Event::Insert,
                "UPDATE" => break Event::Update,
                "DELETE" => break Event::Delete,
                _ => return None,
            }
        };
        let mut columns = Vec::new();
        if same_name(word(at), "OF") {
            at += 1;
            while !same_name(word(at), "ON") && at < found.len() {
                if word(at) != "," {
                    columns.push(unquote(word(at)));
                }
                at += 1;
            }
        }
        at += 1;
        let first = unquote(word(at));
        let start = found.get(at)?.span.start;
        let (schema, table) = if word(at + 1) == "." {
            at += 2;
            (Some(first), unquote(word(at)))
        } else {
            (None, first)
        };
        let on = start..found.get(at)?.span.end;
        Some(TriggerHead {
            event,
            columns,
            schema,
            table,
            on,
        })
    }

    /// Whether the text has one of these names in double quotes. Where there is no such column, SQLite silently takes that
    /// for a string (<https://www.sqlite.org/quirks.html#dblquote>).
    pub(crate) fn double_quotes(&self, names: &[&str]) -> bool {
        tokens(&self.sql).is_ok_and(|found| {
            found
                .iter()
                .filter_map(|token| self.sql.get(token.span.clone()))
                .filter(|word| word.starts_with('"'))
                .any(|word| names.iter().any(|name| same_name(&unquote(word), name)))
        })
    }

    /// The query of a view, with names that cannot be taken for strings; `None` for another object.
    pub(crate) fn strict_query(&self) -> Option<String> {
        let found = tokens(&self.sql).ok()?;
        let name = name_index(&self.sql, &found)?;
        let as_word = found.iter().skip(name + 1).find(|token| {
            token.kind == TokenKind::Word
                && self
                    .sql
                    .get(token.span.clone())
                    .is_some_and(|word| word.eq_ignore_ascii_case("AS"))
        })?;
        Some(strict(self.sql.get(as_word.span.end..)?))
    }

    /// The statement that makes the same trigger again as `temp.name` on `target`, with names that cannot be taken for
    /// strings.
    pub(crate) fn strict_trigger(&self, name: &str, target: &str) -> Option<String> {
        let head = self.trigger()?;
        let found = tokens(&self.sql).ok()?;
        let own = found.get(name_index(&self.sql, &found)?)?.span.clone();
        Some(format!(
            "CREATE TRIGGER temp.{}{}{target}{}",
            quote(name),
            strict(self.sql.get(own.end..head.on.start)?),
            strict(self.sql.get(head.on.end..)?)
        ))
    }
}

/// The text with back quotes for double quotes around names.
fn strict(sql: &str) -> String {
    let mut text = sql.to_owned();
    for token in tokens(sql).unwrap_or_default().iter().rev() {
        let word = sql.get(token.span.clone()).unwrap_or_default();
        if word.starts_with('"') {
            let name = unquote(word).replace('`', "``");
            text.replace_range(token.span.clone(), &format!("`{name}`"));
        }
    }
    text
}

/// Which token is the object's name: what follows `CREATE … INDEX`, `TRIGGER` or `VIEW`.
fn name_index(sql: &str, found: &[Token]) -> Option<usize> {
    let kind = found.iter().position(|token| {
        token.kind == TokenKind::Word
            && sql.get(token.span.clone()).is_some_and(|word| {
                ["INDEX", "TRIGGER", "VIEW"]
                    .iter()
                    .any(|kind| word.eq_ignore_ascii_case(kind))
            })
    })?;
    (kind + 1 < found.len()).then_some(kind + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(sql: &str) -> Stored {
        Stored {
            name: String::new(),
            sql: sql.to_owned(),
        }
    }

    #[test]
    fn the_schema_goes_before_the_name_only() {
        assert_eq!(
            stored("CREATE UNIQUE INDEX [i x] ON t(a) WHERE b").qualified("aux"),
            "CREATE UNIQUE INDEX \"aux\".[i x] ON t(a) WHERE b"
        );
        assert_eq!(
            stored("CREATE TRIGGER /* c */ tr AFTER DELETE ON t BEGIN SELECT 1; END")
                .qualified("temp"),
            "CREATE TRIGGER /* c */ \"temp\".tr AFTER DELETE ON t BEGIN SELECT 1; END"
        );
    }

    #[test]
    fn a_trigger_tells_its_event_and_table() {
        let head = stored("CREATE TRIGGER \"tr\" INSTEAD OF UPDATE OF a, \"b c\" ON main.[v 1] BEGIN SELECT 1; END")
            .trigger()
            .unwrap();
        assert_eq!(head.event, Event::Update);
        assert_eq!(head.columns, ["a", "b c"]);
        assert_eq!(
            (head.schema.as_deref(), head.table.as_str()),
            (Some("main"), "v 1")
        );
        let plain = stored("CREATE TRIGGER tr insert ON t BEGIN SELECT 1; END")
            .trigger()
            .unwrap();
        assert_eq!(plain.event, Event::Insert);
    }

    #[test]
    fn names_in_double_quotes_are_made_unmistakable() {
        let view = stored("CREATE VIEW v (x) AS SELECT \"a`b\", 'it\"s' FROM \"t\"");
        assert!(view.double_quotes(&["T"]) && !view.double_quotes(&["s"]));
        assert_eq!(
            view.strict_query().as_deref(),
            Some(" SELECT `a``b`, 'it\"s' FROM `t`")
        );
        let trigger = stored(
            "CREATE TRIGGER tr AFTER UPDATE OF \"a\" ON main.t BEGIN SELECT \"a\" FROM t; END",
        );
        assert_eq!(
            trigger.strict_trigger("x", "y.z").as_deref(),
            Some(
                "CREATE TRIGGER temp.\"x\" AFTER UPDATE OF `a` ON y.z BEGIN SELECT `a` FROM t; END"
            )
        );
    }

    #[test]
    fn an_index_uses_columns_not_its_own_names() {
        let index = stored("CREATE INDEX a ON b (lower(c) COLLATE d DESC) WHERE \"e\" > 'f'");
        assert!(index.index_uses("C") && index.index_uses("e"));
        for other in ["a", "b", "d", "f", "lower"] {
            assert!(!index.index_uses(other), "{other}");
        }
    }
}
