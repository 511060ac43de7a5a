//! What a role gives to others with whatever it creates in a schema (`ALTER DEFAULT PRIVILEGES … IN SCHEMA`).
//!
//! A model that speaks about privileges is built under the same rules as the schema that it is compared with. What holds in all
//! schemas holds in a scratch one by itself.

use super::{Postgres, grant, inspect::array_literal};
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, read},
    },
    schema::{Grantee, Identifier, Value},
};

/// The statements that make the rules of schemas hold in others; each pair is a schema and the one that stands for it.
pub(crate) async fn copied(
    dialect: &Postgres,
    query: &mut dyn Query,
    schemas: &[(&str, &str)],
) -> Result<Vec<String>, InspectError> {
    let sql = "SELECT n.nspname::text, d.defaclobjtype::text, x.privilege_type, x.is_grantable, r.rolname::text \
         FROM pg_default_acl AS d JOIN pg_namespace AS n ON n.oid = d.defaclnamespace \
         CROSS JOIN LATERAL aclexplode(d.defaclacl) AS x LEFT JOIN pg_roles AS r ON r.oid = x.grantee \
         WHERE d.defaclrole = quote_ident(current_user)::regrole AND n.nspname = ANY($1::text[]) \
         AND (x.grantee = 0 OR r.oid IS NOT NULL) ORDER BY 1, 2, 5, 3";
    let names: Vec<String> = schemas.iter().map(|(real, _)| (*real).to_owned()).collect();
    let parameters = [Value::Text(array_literal(&names))];
    let rows = read(query, "the default privileges", sql, &parameters).await?;
    let statements = rows.into_iter().filter_map(|row| {
        let mut cells = Cells::from(row);
        let schema = cells.text();
        let kind = match cells.text().as_str() {
            "r" => "TABLES",
            "S" => "SEQUENCES",
            "f" => "FUNCTIONS",
            "T" => "TYPES",
            _ => return None,
        };
        let privilege = cells.text();
        let option = match cells.flag() {
            true => " WITH GRANT OPTION",
            false => "",
        };
        let to = cells.maybe().map(Identifier::new);
        let to = grant::grantee(dialect, &to.map_or(Grantee::Public, Grantee::Role))?;
        let (_, scratch) = schemas.iter().find(|(real, _)| *real == schema)?;
        Some(format!(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA {scratch} GRANT {privilege} ON {kind} TO {to}{option}"
        ))
    });
    Ok(statements.collect())
}
