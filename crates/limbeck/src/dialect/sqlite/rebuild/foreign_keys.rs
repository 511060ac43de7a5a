//! Foreign keys around a change: they must be off while the old table is dropped, and hold at the end.

use std::collections::BTreeMap;

use super::{
    catalogue::{Catalogue, execute, number, rows, text_at},
    error::RebuildError,
};
use crate::{dialect::Query, schema::Value};

/// What was switched off before a transaction, to be switched on after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "finish() switches foreign keys on again"]
pub struct Prepared {
    enforced: bool,
}

/// Switches `foreign_keys` off. Has to be called before the transaction begins: inside one, SQLite ignores the pragma.
///
/// While it is off, `ON DELETE CASCADE` and its kin do nothing, whatever statement runs.
///
/// # Errors
/// [`RebuildError::Refused`] when SQLite refuses the pragma.
pub async fn prepare(query: &mut dyn Query) -> Result<Prepared, RebuildError> {
    let enforced = is_enforced(query).await?;
    if enforced {
        execute(query, "", "PRAGMA foreign_keys = OFF").await?;
    }
    Ok(Prepared { enforced })
}

/// Switches `foreign_keys` on again, if it was; to be called after COMMIT and after ROLLBACK.
///
/// # Errors
/// [`RebuildError::Refused`] when SQLite refuses the pragma.
pub async fn finish(query: &mut dyn Query, prepared: Prepared) -> Result<(), RebuildError> {
    if prepared.enforced {
        execute(query, "", "PRAGMA foreign_keys = ON").await?;
    }
    Ok(())
}

/// Whether SQLite enforces foreign keys on this connection.
pub(crate) async fn is_enforced(query: &mut dyn Query) -> Result<bool, RebuildError> {
    Ok(number(query, "", "PRAGMA foreign_keys").await? != 0)
}

/// Rows without a parent, counted by child, parent and the child's columns.
pub(crate) type Violations = BTreeMap<(String, String, String), i64>;

/// What SQLite says of foreign keys.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    pub(crate) violations: Violations,
    /// Why some tables could not be checked: a key of theirs refers to columns that are not unique.
    pub(crate) notes: Vec<String>,
}

/// Checks a table's own foreign keys and those that refer to it.
///
/// A key to columns that are not unique is nothing that a change may have to wait for: SQLite lets it be created, it may
/// have been there before, and the columns may become unique later in the same script.
pub(crate) async fn check(
    query: &mut dyn Query,
    catalogue: &Catalogue,
) -> Result<Checked, RebuildError> {
    let name = &catalogue.table.name;
    let mut children = vec![name.clone()];
    for (child, _) in &catalogue.references {
        if !children.iter().any(|known| known == child) {
            children.push(child.clone());
        }
    }
    let sql = "SELECT k.parent, k.fkid, count(*), (SELECT group_concat(l.\"from\") FROM pragma_foreign_key_list(?1, ?2) AS l \
               WHERE l.id = k.fkid) FROM pragma_foreign_key_check(?1, ?2) AS k GROUP BY k.parent, k.fkid";
    let mut checked = Checked::default();
    for child in children {
        let parameters = [
            Value::Text(child.clone()),
            Value::Text(catalogue.schema.clone()),
        ];
        let rows = match rows(query, name, sql, &parameters).await {
            Err(RebuildError::Refused { source, .. })
                if source.message.contains("foreign key mismatch") =>
            {
                checked.notes.push(format!(
                    "the rows of {child} were not looked at: {}, which has no such key. SQLite changes none of them while \
                     foreign keys are on",
                    source.message
                ));
                continue;
            }
            read => read?,
        };
        for row in rows {
            let count = row.get(2).and_then(Value::as_integer).unwrap_or_default();
            let key = (
                child.clone(),
                text_at(&row, 0).to_owned(),
                text_at(&row, 3).to_owned(),
            );
            *checked.violations.entry(key).or_default() += count;
        }
    }
    Ok(checked)
}

/// Refuses violations that `before` does not know.
pub(crate) fn compare(before: &Violations, after: &Violations) -> Result<(), RebuildError> {
    for (key, count) in after {
        let known = before.get(key).copied().unwrap_or_default();
        if *count > known {
            return Err(RebuildError::ForeignKeyViolated {
                child: key.0.clone(),
                parent: key.1.clone(),
                count: count - known,
            });
        }
    }
    Ok(())
}
