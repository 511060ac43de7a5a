//! The part of `GRANT` and `REVOKE` that all databases write alike.

use super::{Grammar, list};
use crate::schema::Grant;

/// The privileges, each with the columns that it is for: `SELECT (a), UPDATE (a)`.
pub(in crate::dialect) fn privileges(grammar: &dyn Grammar, grant: &Grant) -> String {
    let columns = match grant.columns.as_slice() {
        [] => String::new(),
        columns => format!(" ({})", list(grammar, columns)),
    };
    let each = grant.privileges.iter();
    let each: Vec<String> = each.map(|name| format!("{name}{columns}")).collect();
    each.join(", ")
}
