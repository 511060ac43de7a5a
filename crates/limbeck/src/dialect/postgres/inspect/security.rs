//! Row-level-security policies.

use super::{Relations, about};
use crate::{
    dialect::{Query, inspect::InspectError},
    schema::{Identifier, Policy, PolicyCommand},
};

/// The policies of the relations.
pub(super) async fn policies(
    query: &mut dyn Query,
    relations: &Relations,
) -> Result<Vec<Policy>, InspectError> {
    let sql = "SELECT p.polrelid, p.polname, p.polpermissive, p.polcmd, \
         (SELECT json_agg(r.rolname ORDER BY r.rolname) FROM pg_roles AS r WHERE r.oid = ANY(p.polroles)), \
         pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid) \
         FROM pg_policy AS p WHERE p.polrelid = ANY($1::oid[]) ORDER BY p.polname, p.polrelid";
    let rows = about(query, relations, "the policies", sql).await?;
    let policies = rows.into_iter().filter_map(|mut cells| {
        let table = relations.name(cells.number()?)?.clone();
        let name = Identifier::new(cells.text());
        let restrictive = !cells.flag();
        let command = match cells.text().as_str() {
            "r" => PolicyCommand::Select,
            "a" => PolicyCommand::Insert,
            "w" => PolicyCommand::Update,
            "d" => PolicyCommand::Delete,
            _ => PolicyCommand::All,
        };
        // Everyone is role 0, which has no name.
        let roles: Vec<String> = cells.json();
        Some(Policy {
            name,
            table,
            restrictive,
            command,
            roles: roles.into_iter().map(Identifier::new).collect(),
            using: cells.maybe().map(bare),
            with_check: cells.maybe().map(bare),
        })
    });
    Ok(policies.collect())
}

/// The condition without the parentheses that the statement has around it.
fn bare(condition: String) -> String {
    match condition
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        Some(inside) => inside.to_owned(),
        None => condition,
    }
}
