//! A statement that changes rows, as the statements that do the same a batch at a time.
//!
//! Only tokens are looked at: which table it is, and where its condition stands. What a condition means is the database's
//! business.

use super::token::{Token, TokenKind, Tokenizer};
use crate::dialect::DialectName;

/// What can be divided.
const SHAPE: &str = "it has to be UPDATE table SET … WHERE … or DELETE FROM table WHERE …, without another name for the \
                     table, FROM, USING, ORDER BY, LIMIT or RETURNING; a query in parentheses can say what else is needed";

/// An `UPDATE` or `DELETE` of one table, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Batched<'a> {
    sql: &'a str,
    table: &'a str,
    /// Everything before `WHERE`.
    head: &'a str,
    condition: Option<&'a str>,
}

/// Between which keys a batch lies; both as SQL literals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch<'a> {
    /// The last key of the batch before.
    pub(crate) after: Option<&'a str>,
    /// The last key of this one; the rest of the table without.
    pub(crate) last: Option<&'a str>,
}

impl<'a> Batched<'a> {
    /// Takes a statement apart, or says why it cannot be run in batches.
    pub(crate) fn read(sql: &'a str, dialect: DialectName) -> Result<Self, &'static str> {
        let tokens = Tokenizer::new(sql, dialect);
        let tokens: Vec<Token> = tokens.filter(|token| !token.is_trivia()).collect();
        let word = |at: usize| match tokens.get(at) {
            Some(token) if token.kind == TokenKind::Word => token.text(sql).to_ascii_uppercase(),
            _ => String::new(),
        };
        let updates = match word(0).as_str() {
            "UPDATE" => true,
            "DELETE" if word(1) == "FROM" => false,
            _ => return Err(SHAPE),
        };
        let mut at = if updates { 1 } else { 2 };
        if word(at) == "ONLY" {
            at += 1;
        }
        let start = at;
        while tokens
            .get(at + 1)
            .is_some_and(|token| token.kind == TokenKind::Dot)
        {
            at += 2;
        }
        let table = match (tokens.get(start), tokens.get(at)) {
            (Some(first), Some(last)) => sql.get(first.start..last.end).unwrap_or_default(),
            _ => return Err(SHAPE),
        };
        let next = word(at + 1);
        let ends = at + 1 == tokens.len();
        match (updates, next.as_str()) {
            (true, "SET") | (false, "WHERE") => {}
            (false, _) if ends => {}
            _ => return Err(SHAPE),
        }
        let (head_end, condition) = condition(sql, &tokens, at + 1)?;
        Ok(Batched {
            sql,
            table,
            head: sql.get(..head_end).unwrap_or(sql).trim_end(),
            condition,
        })
    }

    /// The question for the last key of the batch of `rows` rows that begins after `after`. No answer: what is left is
    /// less than that.
    pub(crate) fn last_key(&self, key: &str, after: Option<&str>, rows: u32) -> String {
        let from = match after {
            Some(after) => format!("{key} > {after}"),
            None => format!("{key} IS NOT NULL"),
        };
        let skipped = rows.saturating_sub(1);
        format!(
            "SELECT {key} FROM {} WHERE {from} ORDER BY {key} LIMIT 1 OFFSET {skipped}",
            self.table
        )
    }

    /// The statement for one batch. The last one also takes the rows that have no key.
    pub(crate) fn statement(&self, key: &str, stretch: Stretch<'_>) -> String {
        let range = match (stretch.after, stretch.last) {
            (None, None) => return self.sql.to_owned(),
            (None, Some(last)) => format!("{key} <= {last}"),
            (Some(after), Some(last)) => format!("{key} > {after} AND {key} <= {last}"),
            (Some(after), None) => format!("({key} > {after} OR {key} IS NULL)"),
        };
        match self.condition {
            // On a line of its own: the condition may end in a comment.
            Some(condition) => format!("{} WHERE ({condition}\n) AND {range}", self.head),
            None => format!("{}\nWHERE {range}", self.head),
        }
    }
}

/// Where everything before `WHERE` ends, and the condition.
fn condition<'a>(
    sql: &'a str,
    tokens: &[Token],
    from: usize,
) -> Result<(usize, Option<&'a str>), &'static str> {
    let mut depth = 0_usize;
    let mut found: Option<Token> = None;
    let mut before = String::new();
    for token in tokens.iter().skip(from) {
        match token.kind {
            TokenKind::OpenParenthesis => depth += 1,
            TokenKind::CloseParenthesis => depth = depth.saturating_sub(1),
            _ => {}
        }
        let word = match token.kind {
            TokenKind::Word if depth == 0 => token.text(sql).to_ascii_uppercase(),
            _ => String::new(),
        };
        match word.as_str() {
            "WHERE" if found.is_none() => found = Some(*token),
            "FROM" if before == "DISTINCT" => {}
            "FROM" | "USING" | "JOIN" | "RETURNING" | "ORDER" | "LIMIT" | "UNION" => {
                return Err(SHAPE);
            }
            _ => {}
        }
        before = word;
    }
    Ok(match found {
        Some(word) => (word.start, sql.get(word.end..).map(str::trim)),
        None => (sql.len(), None),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sql: &str) -> Result<Batched<'_>, &'static str> {
        Batched::read(sql, DialectName::Postgresql)
    }

    fn stretches(sql: &str) -> Vec<String> {
        let batched = read(sql).unwrap();
        let stretch = |after, last| batched.statement("id", Stretch { after, last });
        vec![
            stretch(None, None),
            stretch(None, Some("9")),
            stretch(Some("9"), Some("19")),
            stretch(Some("19"), None),
        ]
    }

    #[test]
    fn the_range_of_keys_joins_the_condition() {
        insta::assert_debug_snapshot!(stretches("UPDATE shop.book SET pages = (SELECT 1 FROM t LIMIT 1) WHERE a OR b -- c"), @r#"
        [
            "UPDATE shop.book SET pages = (SELECT 1 FROM t LIMIT 1) WHERE a OR b -- c",
            "UPDATE shop.book SET pages = (SELECT 1 FROM t LIMIT 1) WHERE (a OR b -- c\n) AND id <= 9",
            "UPDATE shop.book SET pages = (SELECT 1 FROM t LIMIT 1) WHERE (a OR b -- c\n) AND id > 9 AND id <= 19",
            "UPDATE shop.book SET pages = (SELECT 1 FROM t LIMIT 1) WHERE (a OR b -- c\n) AND (id > 19 OR id IS NULL)",
        ]
        "#);
        insta::assert_debug_snapshot!(stretches("DELETE FROM \"Book\""), @r#"
        [
            "DELETE FROM \"Book\"",
            "DELETE FROM \"Book\"\nWHERE id <= 9",
            "DELETE FROM \"Book\"\nWHERE id > 9 AND id <= 19",
            "DELETE FROM \"Book\"\nWHERE (id > 19 OR id IS NULL)",
        ]
        "#);
    }

    #[test]
    fn the_last_key_of_a_batch_is_asked_for() {
        let batched = read("UPDATE ONLY shop.book SET a = 1").unwrap();
        insta::assert_snapshot!(batched.last_key("id", None, 10), @r#"SELECT id FROM shop.book WHERE id IS NOT NULL ORDER BY id LIMIT 1 OFFSET 9"#);
        insta::assert_snapshot!(batched.last_key("id", Some("9"), 10), @r#"SELECT id FROM shop.book WHERE id > 9 ORDER BY id LIMIT 1 OFFSET 9"#);
    }

    #[test]
    fn what_cannot_be_divided_is_refused() {
        for sql in [
            "INSERT INTO t SELECT 1",
            "UPDATE t AS x SET a = 1",
            "UPDATE t SET a = o.a FROM o WHERE o.id = t.id",
            "DELETE FROM t USING o",
            "UPDATE t SET a = 1 RETURNING a",
            "UPDATE t SET a = 1 WHERE a = 2 ORDER BY id LIMIT 3",
            "UPDATE",
        ] {
            assert!(read(sql).is_err(), "{sql}");
        }
        assert!(read("UPDATE t SET a = 1 WHERE a IS DISTINCT FROM b").is_ok());
    }
}
