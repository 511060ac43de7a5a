//! `%(name)s` and `%%` in values: the notation that ini files and `[tool.alembic]` share.

/// What a piece of a value is.
pub(crate) enum Piece<'a> {
    /// Text that stands for itself.
    Literal(&'a str),
    /// The name in `%(name)s`.
    Reference(&'a str),
    /// A `%` that is neither `%%` nor starts a reference.
    Bad,
}

/// The first piece of a text and its length in bytes; `None` at the end.
pub(crate) fn next_piece(rest: &str) -> Option<(Piece<'_>, usize)> {
    match rest.find('%') {
        None if rest.is_empty() => None,
        None => Some((Piece::Literal(rest), rest.len())),
        Some(0) => Some(percent(rest)),
        Some(end) => Some((Piece::Literal(&rest[..end]), end)),
    }
}

fn percent(rest: &str) -> (Piece<'_>, usize) {
    if rest.starts_with("%%") {
        return (Piece::Literal("%"), 2);
    }
    let reference = rest.strip_prefix("%(").and_then(|inside| {
        let end = inside.find(')')?;
        (end > 0 && inside[end..].starts_with(")s")).then(|| &inside[..end])
    });
    match reference {
        Some(name) => (Piece::Reference(name), name.len() + 4),
        None => (Piece::Bad, 1),
    }
}
