//! Indexes, read from their own statement.

use std::ops::Range;

use super::{
    super::table_sql::{Token, TokenKind, tokens, unquote},
    Entry,
};
use crate::{
    dialect::inspect::InspectError,
    schema::{Identifier, Index, IndexElement, IndexKey, SortOrder},
};

/// An index.
pub(super) fn read(entry: &Entry) -> Result<Index, InspectError> {
    let text = |reason: &str| InspectError::Text {
        object: format!("index {}", entry.name),
        text: entry.sql.clone(),
        reason: reason.to_owned(),
    };
    let sql = entry.sql.as_str();
    let found = tokens(sql).map_err(|error| text(&error.to_string()))?;
    let word = |token: &Token| sql.get(token.span.clone()).unwrap_or_default();
    let open = found
        .iter()
        .position(|token| token.kind == TokenKind::Symbol('('))
        .ok_or_else(|| text("expected '('"))?;
    let mut index = Index {
        name: Some(Identifier::new(entry.name.as_str())),
        unique: found
            .get(1)
            .is_some_and(|token| word(token).eq_ignore_ascii_case("UNIQUE")),
        ..Index::default()
    };
    let mut depth = 0usize;
    let mut start = open + 1;
    for (at, token) in found.iter().enumerate().skip(open) {
        match token.kind {
            TokenKind::Symbol('(') => depth += 1,
            TokenKind::Symbol(')') => depth -= 1,
            _ => {}
        }
        let ends = match token.kind {
            TokenKind::Symbol(',') => depth == 1,
            TokenKind::Symbol(')') => depth == 0,
            _ => false,
        };
        if ends {
            index.elements.push(element(sql, &found, start..at));
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    // Behind the closing parenthesis there is nothing but WHERE.
    if let Some(from) = found.get(start) {
        index.predicate = sql.get(from.span.end..).map(|text| text.trim().to_owned());
    }
    Ok(index)
}

fn element(sql: &str, found: &[Token], mut range: Range<usize>) -> IndexElement {
    let word = |at: usize| {
        found
            .get(at)
            .and_then(|token| sql.get(token.span.clone()))
            .unwrap_or_default()
    };
    let mut order = None;
    let mut collation = None;
    let last = word(range.end.saturating_sub(1));
    if range.len() > 1 && last.eq_ignore_ascii_case("DESC") {
        order = Some(SortOrder::Descending);
        range.end -= 1;
    } else if range.len() > 1 && last.eq_ignore_ascii_case("ASC") {
        range.end -= 1;
    }
    if range.len() > 2 && word(range.end - 2).eq_ignore_ascii_case("COLLATE") {
        collation = Some(Identifier::new(unquote(word(range.end - 1))));
        range.end -= 2;
    }
    let one = (range.len() == 1).then(|| found.get(range.start)).flatten();
    let key = match one {
        Some(token) if token.kind != TokenKind::Literal => {
            IndexKey::Column(Identifier::new(unquote(word(range.start))))
        }
        _ => IndexKey::Expression(between(sql, found, &range)),
    };
    IndexElement {
        key,
        order,
        nulls: None,
        collation,
        operator_class: None,
        length: None,
    }
}

fn between(sql: &str, found: &[Token], range: &Range<usize>) -> String {
    let start = found.get(range.start).map_or(0, |token| token.span.start);
    let end = range.end.checked_sub(1).and_then(|at| found.get(at));
    let end = end.map_or(start, |token| token.span.end);
    sql.get(start..end).unwrap_or_default().to_owned()
}
