//! Enum types and domains.

use super::{
    Names, Relations,
    constraint::condition,
    own,
    types::{self, Described},
};
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, InspectionRequest, read},
    },
    schema::{Check, ColumnDefault, DataType, Domain, EnumType, Identifier, QualifiedName, Table},
};

/// The types of all schemas, since a column may use any.
#[derive(Default)]
pub(super) struct UserTypes {
    enums: Vec<(String, String, EnumType)>,
    domains: Vec<(String, Domain)>,
    schema: String,
}

impl UserTypes {
    /// The enum of this name.
    pub(super) fn enumeration(&self, schema: &str, name: &str) -> Option<EnumType> {
        let at = self.enums.binary_search_by(|(one, other, _)| {
            (one.as_str(), other.as_str()).cmp(&(schema, name))
        });
        at.ok()
            .and_then(|at| self.enums.get(at))
            .map(|(_, _, found)| EnumType {
                create_type: false,
                ..found.clone()
            })
    }

    /// The types of the schema; of some tables only the types that they use.
    pub(super) fn asked_for(
        self,
        request: &InspectionRequest,
        relations: &Relations,
    ) -> (Vec<EnumType>, Vec<Domain>) {
        let used: Vec<&QualifiedName> = relations.tables().flat_map(names_used).collect();
        let (of_tables, implied) = (request.tables.is_some(), request.implied);
        let schema = self.schema.as_str();
        let wanted = |own: &str, name: &QualifiedName| match of_tables {
            true => used.contains(&name),
            false => own == schema || (implied && used.contains(&name)),
        };
        let domains: Vec<Domain> = self
            .domains
            .into_iter()
            .filter(|(own, domain)| wanted(own, &domain.name))
            .map(|(_, domain)| domain)
            .collect();
        let enums = self
            .enums
            .into_iter()
            .filter(|(own, _, one)| one.name.as_ref().is_some_and(|name| wanted(own, name)))
            .map(|(_, _, one)| one)
            .collect();
        (enums, domains)
    }
}

fn names_used(table: &Table) -> impl Iterator<Item = &QualifiedName> {
    fn name(data_type: &DataType) -> Option<&QualifiedName> {
        match data_type {
            DataType::Defined(name) => Some(name),
            DataType::Enum(one) => one.name.as_ref(),
            DataType::Array(array) => name(&array.item),
            _ => None,
        }
    }
    table
        .columns
        .iter()
        .filter_map(|column| name(&column.data_type))
}

/// Reads all enums and domains.
pub(super) async fn read_all(
    query: &mut dyn Query,
    request: &InspectionRequest,
    names: &Names,
) -> Result<UserTypes, InspectError> {
    let sql = format!(
        "SELECT n.nspname, t.typname, json_agg(e.enumlabel ORDER BY e.enumsortorder) FILTER (WHERE e.oid IS NOT NULL) \
         FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace LEFT JOIN pg_enum AS e ON e.enumtypid = t.oid \
         WHERE t.typtype = 'e'{} GROUP BY n.nspname, t.typname",
        own(request, "pg_type", "t.oid")
    );
    let mut types = UserTypes {
        schema: names.schema().to_owned(),
        ..UserTypes::default()
    };
    for row in read(query, "the enum types", &sql, &[]).await? {
        let mut cells = Cells::from(row);
        let (schema, name) = (cells.text(), cells.text());
        let values: Vec<String> = cells.json();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let found = EnumType::new(names.qualified(&schema, &name), &values);
        types.enums.push((schema, name, found));
    }
    types
        .enums
        .sort_by(|left, right| (&left.0, &left.1).cmp(&(&right.0, &right.1)));
    types.domains = domains(query, request, names, &types).await?;
    Ok(types)
}

async fn domains(
    query: &mut dyn Query,
    request: &InspectionRequest,
    names: &Names,
    types: &UserTypes,
) -> Result<Vec<(String, Domain)>, InspectError> {
    let sql = format!(
        "SELECT dn.nspname, dt.typname, {}, dt.typndims, co.collname, COALESCE(pg_get_expr(dt.typdefaultbin, 0), dt.typdefault), \
         dt.typnotnull, (SELECT json_agg(json_build_array(c.conname, pg_get_constraintdef(c.oid, true), c.convalidated) ORDER BY c.conname) \
         FROM pg_constraint AS c WHERE c.contypid = dt.oid AND c.contype = 'c') \
         FROM pg_type AS dt JOIN pg_namespace AS dn ON dn.oid = dt.typnamespace JOIN pg_type AS t ON t.oid = dt.typbasetype {} \
         LEFT JOIN pg_collation AS co ON co.oid = dt.typcollation AND dt.typcollation <> t.typcollation \
         WHERE dt.typtype = 'd' AND dn.nspname NOT IN ('pg_catalog', 'information_schema'){} ORDER BY dt.oid",
        types::select("dt.typbasetype", "dt.typtypmod"),
        types::JOINS,
        own(request, "pg_type", "dt.oid")
    );
    let mut domains = Vec::new();
    for row in read(query, "the domains", &sql, &[]).await? {
        let mut cells = Cells::from(row);
        let (schema, name) = (cells.text(), cells.text());
        let mut described = Described::take(&mut cells);
        described.dimensions = cells.number().unwrap_or_default();
        let collation = cells.maybe().map(Identifier::new);
        let default = cells.maybe().map(ColumnDefault::Expression);
        let not_null = cells.flag();
        let checks: Vec<(String, String, bool)> = cells.json();
        let domain = Domain {
            name: names.qualified(&schema, &name),
            data_type: described.data_type(types, names),
            collation,
            default,
            not_null,
            checks: checks
                .into_iter()
                .map(|(name, text, valid)| Check {
                    not_valid: !valid,
                    ..Check::new(condition(&text)).named(name)
                })
                .collect(),
        };
        domains.push((schema, domain));
    }
    Ok(domains)
}
