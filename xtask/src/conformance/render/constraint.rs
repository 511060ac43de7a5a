//! Constraints from the statement that adds them, and foreign keys from the call that makes them.

use limbeck::schema::{
    Check, Constraint, Deferral, Exclude, ExcludeElement, ForeignKey, Identifier, IndexKey,
    PrimaryKey, QualifiedName, Unique,
};

use super::gaps::Gaps;
use super::python::{Call, Expression};

/// The constraint of `ALTER TABLE t ADD …`; `None` for an empty primary key.
pub(super) fn of_statement(sql: &str, gaps: &Gaps<'_>) -> Result<Option<Constraint>, String> {
    let Some((_, mut rest)) = sql.split_once(" ADD") else {
        return Err(format!("no constraint: {sql}"));
    };
    rest = rest.trim();
    if rest.is_empty() {
        return Ok(None);
    }
    let mut name = None;
    if let Some(named) = rest.strip_prefix("CONSTRAINT ") {
        let (identifier, after) = identifier(named);
        name = Some(gaps.name(&identifier));
        rest = after.trim_start();
    }
    let (kind, rest) = rest.split_at(rest.find('(').ok_or_else(|| format!("no list: {sql}"))?);
    let (inner, tail) = parenthesized(rest).ok_or_else(|| format!("open parenthesis: {sql}"))?;
    let deferral = deferral(tail);
    if inner.is_empty() {
        return Ok(None);
    }
    Ok(Some(match kind.trim() {
        "PRIMARY KEY" => Constraint::PrimaryKey(PrimaryKey {
            name,
            columns: columns(inner),
            deferral,
            ..PrimaryKey::default()
        }),
        "UNIQUE" => Constraint::Unique(Unique {
            name,
            columns: columns(inner),
            deferral,
            ..Unique::default()
        }),
        "CHECK" => Constraint::Check(Check {
            name,
            deferral,
            ..Check::new(inner)
        }),
        exclude if exclude.starts_with("EXCLUDE USING ") => {
            let predicate = tail.trim().strip_prefix("WHERE ").and_then(parenthesized);
            Constraint::Exclude(Exclude {
                name,
                using: exclude.trim_start_matches("EXCLUDE USING ").to_owned(),
                elements: parts(inner).iter().map(|part| element(part)).collect(),
                predicate: predicate.map(|(predicate, _)| predicate.to_owned()),
                deferral,
            })
        }
        other => return Err(format!("unknown constraint {other}")),
    }))
}

/// The foreign key that `sa.ForeignKeyConstraint(…)` makes.
pub(super) fn foreign_key(call: &Call, gaps: &Gaps<'_>) -> Result<ForeignKey, String> {
    let list = |at: usize| -> Vec<String> {
        let items = call.positional.get(at).map_or(&[][..], Expression::items);
        items
            .iter()
            .filter_map(Expression::text)
            .map(ToOwned::to_owned)
            .collect()
    };
    let targets = list(1);
    let mut target = None;
    let mut target_columns = Vec::new();
    for text in &targets {
        let (table, column) = text
            .rsplit_once('.')
            .ok_or_else(|| format!("no column: {text}"))?;
        target = Some(match table.rsplit_once('.') {
            Some((schema, table)) => QualifiedName::new(table).in_schema(schema),
            None => QualifiedName::new(table),
        });
        target_columns.push(column.to_owned());
    }
    let mut key = ForeignKey::new(
        list(0),
        target.ok_or("a foreign key to nothing")?,
        target_columns,
    );
    options(&mut key, &|name| call.keyword(name).cloned());
    key.name = call.keyword("name").and_then(|name| match name {
        Expression::Text(name) => Some(Identifier::new(name.as_str())),
        Expression::Call(made) => Some(gaps.name(made.positional.first()?.text()?)),
        _ => None,
    });
    Ok(key)
}

/// What a foreign key says beside its columns.
pub(super) fn options(key: &mut ForeignKey, given: &dyn Fn(&str) -> Option<Expression>) {
    let text = |name: &str| given(name)?.text().map(ToOwned::to_owned);
    let flag = |name: &str| given(name)?.boolean();
    key.on_update = text("onupdate");
    key.on_delete = text("ondelete");
    key.matching = text("match");
    key.deferral = Deferral {
        deferrable: flag("deferrable"),
        initially: text("initially"),
    };
    key.added_later = flag("use_alter").unwrap_or(false);
    key.not_valid = flag("postgresql_not_valid").unwrap_or(false);
}

fn columns(list: &str) -> Vec<Identifier> {
    parts(list)
        .iter()
        .map(|part| Identifier::new(identifier(part).0))
        .collect()
}

/// One comparison: `x WITH >`.
fn element(part: &str) -> ExcludeElement {
    let (key, operator) = part.rsplit_once(" WITH ").unwrap_or((part, "="));
    let (name, rest) = identifier(key);
    let is_column = rest.is_empty() && !name.is_empty();
    ExcludeElement {
        key: if is_column {
            IndexKey::Column(Identifier::new(name))
        } else {
            IndexKey::Expression(key.to_owned())
        },
        operator_class: None,
        operator: operator.to_owned(),
    }
}

fn deferral(tail: &str) -> Deferral {
    let deferrable = if tail.contains("NOT DEFERRABLE") {
        Some(false)
    } else {
        tail.contains("DEFERRABLE").then_some(true)
    };
    let initially = tail.split_once("INITIALLY ").map(|(_, word)| {
        word.split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned()
    });
    Deferral {
        deferrable,
        initially,
    }
}

/// The name that `text` begins with, quoted or not, and what follows.
fn identifier(text: &str) -> (String, &str) {
    let text = text.trim();
    for quote in ['"', '`'] {
        if let Some(inner) = text.strip_prefix(quote)
            && let Some((name, rest)) = inner.split_once(quote)
        {
            return (name.to_owned(), rest);
        }
    }
    let end = text
        .find(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .unwrap_or(text.len());
    (text[..end].to_owned(), &text[end..])
}

/// What stands in the parentheses that `text` begins with, and what follows.
fn parenthesized(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some((text.get(1..at)?, &text[at + 1..]));
        }
    }
    None
}

/// The parts of a list, with parentheses kept together.
fn parts(list: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, letter) in list.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(list[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(list[start..].trim());
    parts
}
