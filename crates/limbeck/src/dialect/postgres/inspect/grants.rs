//! Privileges, from the access lists of the catalogues.
//!
//! Left out is what goes without saying: what an owner may do, and what everyone may do with a function or a type. So is
//! what everyone may do in the default schema, which servers have settled differently from version to version.

use super::{Names, own};
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, InspectionRequest, read},
    },
    schema::{
        Grant, GrantTarget, Grantee, Grants, Identifier, Owned, RoutineKind, SinglePrivilege, Value,
    },
};

/// Reads the privileges on the objects of the schema.
pub(super) async fn read_all(
    query: &mut dyn Query,
    request: &InspectionRequest,
    names: &Names,
) -> Result<Grants, InspectError> {
    let objects = objects(request);
    let me = "SELECT current_user::text";
    let owner = read(query, "the role", me, &[]).await?.into_iter().next();
    let mut grants = Grants {
        owner: owner.map(|row| Identifier::new(Cells::from(row).text())),
        ..Grants::default()
    };
    let parameters = [Value::Text(names.schema().to_owned())];
    let sql = format!(
        "SELECT o.kind, o.name, o.signature, pg_get_userbyid(o.owner)::text FROM ({objects}) AS o \
         WHERE o.owner <> quote_ident(current_user)::regrole AND o.col IS NULL \
         AND NOT (o.kind = 'n' AND o.name = current_schema()) ORDER BY 4, 1, 2, 3"
    );
    for row in read(query, "the owners", &sql, &parameters).await? {
        let mut cells = Cells::from(row);
        let target = target(&mut cells, request, names);
        let by = Identifier::new(cells.text());
        match grants.owned.last_mut() {
            Some(owned) if owned.by == by => owned.objects.push(target),
            _ => grants.owned.push(Owned {
                by,
                objects: vec![target],
            }),
        }
    }
    // The last column is empty for what has been revoked from everyone.
    let sql = format!(
        "SELECT o.kind, o.name, o.signature, o.col, r.rolname::text, x.is_grantable, x.privilege_type \
         FROM ({objects}) AS o CROSS JOIN LATERAL aclexplode(o.acl) AS x LEFT JOIN pg_roles AS r ON r.oid = x.grantee \
         WHERE x.grantee <> o.owner AND (x.grantee = 0 OR r.oid IS NOT NULL) \
         AND NOT (x.grantee = 0 AND (o.kind IN ('f', 'p', 'T') OR o.kind = 'n' AND o.name = current_schema())) \
         UNION ALL SELECT o.kind, o.name, o.signature, NULL, NULL, false, NULL FROM ({objects}) AS o \
         WHERE o.kind IN ('f', 'p', 'T') AND o.acl IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM aclexplode(o.acl) AS x WHERE x.grantee = 0)"
    );
    let mut given = Vec::new();
    let mut withheld = Vec::new();
    for row in read(query, "the privileges", &sql, &parameters).await? {
        let mut cells = Cells::from(row);
        let on = target(&mut cells, request, names);
        let column = cells.maybe().map(Identifier::new);
        let to = cells.maybe().map(Identifier::new);
        let option = cells.flag();
        let said = cells.maybe();
        let single = |privilege: String| SinglePrivilege {
            privilege,
            column,
            to: to.map_or(Grantee::Public, Grantee::Role),
            on: on.clone(),
        };
        match said {
            Some(privilege) => given.push((single(privilege), option)),
            None => {
                let usual = match &on {
                    GrantTarget::Type(_) => "USAGE",
                    _ => "EXECUTE",
                };
                withheld.push((single(usual.to_owned()), false));
            }
        }
    }
    grants.given = Grant::grouped(given);
    grants.withheld = Grant::grouped(withheld);
    Ok(grants)
}

/// All that can be granted on, with its access list: relations and their columns, routines, types and the schema itself.
fn objects(request: &InspectionRequest) -> String {
    let of_extension = |class: &str, id: &str| own(request, class, id);
    format!(
        "SELECT CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END AS kind, c.relname::text AS name, NULL::text AS signature, \
         NULL::text AS col, c.relowner AS owner, c.relacl AS acl \
         FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.relpersistence <> 't'{class} \
         UNION ALL SELECT 'r', c.relname::text, NULL, a.attname::text, c.relowner, a.attacl \
         FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         WHERE n.nspname = $1 AND a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped \
         AND c.relkind IN ('r', 'p', 'v', 'm') AND c.relpersistence <> 't'{class} \
         UNION ALL SELECT p.prokind::text, p.proname::text, pg_get_function_identity_arguments(p.oid), NULL, p.proowner, p.proacl \
         FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace \
         WHERE n.nspname = $1 AND p.prokind IN ('f', 'p'){routine} \
         UNION ALL SELECT 'T', t.typname::text, NULL, NULL, t.typowner, t.typacl \
         FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace \
         WHERE n.nspname = $1 AND t.typtype IN ('e', 'd'){data_type} \
         UNION ALL SELECT 'n', n.nspname::text, NULL, NULL, n.nspowner, n.nspacl FROM pg_namespace AS n WHERE n.nspname = $1",
        class = of_extension("pg_class", "c.oid"),
        routine = of_extension("pg_proc", "p.oid"),
        data_type = of_extension("pg_type", "t.oid"),
    )
}

fn target(cells: &mut Cells, request: &InspectionRequest, names: &Names) -> GrantTarget {
    let kind = cells.text();
    let text = cells.text();
    let signature = cells.maybe();
    let name = names.qualified(names.schema(), &text);
    match kind.as_str() {
        "n" if request.schema.is_none() => GrantTarget::DefaultSchema(Some(Identifier::new(text))),
        "n" => GrantTarget::Schema(Identifier::new(text)),
        "s" => GrantTarget::Sequence(name),
        "T" => GrantTarget::Type(name),
        "f" | "p" => GrantTarget::Routine {
            kind: match kind.as_str() {
                "p" => RoutineKind::Procedure,
                _ => RoutineKind::Function,
            },
            name,
            signature,
        },
        _ => GrantTarget::Table(name),
    }
}
