//! `ALTER COLUMN` as PostgreSQL has it: the type first, so that the new default is one of the new type; and
//! identities that come and go.

use super::Postgres;
use crate::{
    dialect::{
        DdlError, Dialect, Statement,
        ansi::{self, Grammar},
    },
    operation::AlterColumn,
    schema::{ColumnDefault, Identity},
};

/// The statements of a change: type, nullability, default, comment, name.
pub(super) fn alter_column(
    dialect: &Postgres,
    alter: &AlterColumn,
) -> Result<Vec<Statement>, DdlError> {
    if alter.using.is_some() && alter.data_type.is_none() {
        return Err(DdlError::Missing {
            dialect: dialect.name(),
            subject: format!("alter column {}.{}", alter.table, alter.column),
            what: "the new type that USING is for",
            advice: "give the type, or leave USING out",
        });
    }
    let mut texts = Vec::new();
    texts.extend(ansi::type_clause(dialect, alter, alter.using.as_deref())?);
    texts.extend(ansi::nullability_clause(dialect, alter));
    texts.extend(match identity_clause(dialect, alter) {
        Some(text) => Some(text),
        None => ansi::default_clause(dialect, alter)?,
    });
    texts.extend(ansi::comment_clause(dialect, alter)?);
    texts.extend(ansi::rename_clause(dialect, alter));
    Ok(texts.into_iter().map(Statement::new).collect())
}

/// Adds, changes or drops an identity; `None` where none is involved.
fn identity_clause(dialect: &Postgres, alter: &AlterColumn) -> Option<String> {
    let new = alter.default.value()?;
    let before = match alter.existing.default.value().and_then(Option::as_ref) {
        Some(ColumnDefault::Identity(identity)) => Some(identity),
        _ => None,
    };
    let what = match (new, before) {
        (Some(ColumnDefault::Identity(identity)), None) => {
            format!("ADD {}", ansi::identity(dialect, identity))
        }
        (Some(ColumnDefault::Identity(identity)), Some(before)) => changes(identity, before)?,
        (None, Some(_)) => "DROP IDENTITY".to_owned(),
        _ => return None,
    };
    Some(format!(
        "{} ALTER COLUMN {} {what}",
        ansi::alter_table(dialect, &alter.table),
        dialect.quoting().name(&alter.column)
    ))
}

/// What is set anew: properties that differ and are said; `None` where nothing does.
fn changes(new: &Identity, before: &Identity) -> Option<String> {
    let mut parts = Vec::new();
    if new.always != before.always {
        let when = if new.always { "ALWAYS" } else { "BY DEFAULT" };
        parts.push(format!("SET GENERATED {when}"));
    }
    let (to, from) = (&new.options, &before.options);
    let number = |words: &str, to: Option<i64>, from: Option<i64>| {
        to.filter(|_| to != from)
            .map(|number| format!("SET {words} {number}"))
    };
    let cycle = to.cycle.filter(|_| to.cycle != from.cycle);
    let word = |word: &str, to: bool, from: bool| (to && !from).then(|| format!("SET {word}"));
    // In the order of SQLAlchemy's names for them.
    parts.extend(number("CACHE", to.cache, from.cache));
    parts.extend(cycle.map(|on| if on { "SET CYCLE" } else { "SET NO CYCLE" }.to_owned()));
    parts.extend(number("INCREMENT BY", to.increment, from.increment));
    parts.extend(number("MAXVALUE", to.maximum, from.maximum));
    parts.extend(number("MINVALUE", to.minimum, from.minimum));
    parts.extend(word("NO MAXVALUE", to.no_maximum, from.no_maximum));
    parts.extend(word("NO MINVALUE", to.no_minimum, from.no_minimum));
    parts.extend(number("START WITH", to.start, from.start));
    (!parts.is_empty()).then(|| parts.join(" "))
}
