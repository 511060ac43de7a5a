//! Views, read from their own statement.

use super::{
    super::table_sql::{Token, TokenKind, tokens, unquote},
    Entry,
};
use crate::{
    dialect::inspect::{InspectError, InspectionRequest, Part},
    schema::{Identifier, QualifiedName, View},
};

/// A view; without its query where that is not asked for.
pub(super) fn read(
    name: QualifiedName,
    entry: &Entry,
    request: &InspectionRequest,
) -> Result<View, InspectError> {
    let mut view = View::new(name, "");
    if entry.temporary {
        view.prefixes.push("TEMPORARY".to_owned());
    }
    if !request.wants(Part::Options) {
        return Ok(view);
    }
    let sql = entry.sql.as_str();
    let error = |reason: String| InspectError::Text {
        object: format!("view {}", entry.name),
        text: entry.sql.clone(),
        reason,
    };
    let found = tokens(sql).map_err(|unclosed| error(unclosed.to_string()))?;
    let word = |token: &Token| sql.get(token.span.clone()).unwrap_or_default();
    let is = |token: &Token, keyword: &str| {
        token.kind == TokenKind::Word && word(token).eq_ignore_ascii_case(keyword)
    };
    let head = found
        .iter()
        .position(|token| is(token, "VIEW"))
        .ok_or_else(|| error("expected VIEW".to_owned()))?;
    // The name may be AS in quotes only, so the first bare one begins the query.
    let as_at = found
        .iter()
        .position(|token| is(token, "AS"))
        .ok_or_else(|| error("expected AS".to_owned()))?;
    let listed = found.get(head..as_at).unwrap_or_default();
    if let Some(open) = listed
        .iter()
        .position(|token| token.kind == TokenKind::Symbol('('))
    {
        view.columns = listed
            .iter()
            .skip(open + 1)
            .filter(|token| !matches!(token.kind, TokenKind::Symbol(_)))
            .map(|token| Identifier::new(unquote(word(token))))
            .collect();
    }
    let query = found.get(as_at).and_then(|token| sql.get(token.span.end..));
    view.query = query.unwrap_or_default().trim().to_owned();
    Ok(view)
}
