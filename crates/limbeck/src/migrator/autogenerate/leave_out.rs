//! What no comparison sees: what the configuration excludes, and what Limbeck keeps in a database for itself.

use crate::{
    config::{Exclude, Settings},
    schema::{Database, Grant, Grantee, Grants, Identifier, QualifiedName},
};

/// The lease of a run; the same name on every database that has one.
const LEASE: &str = "limbeck_lease";
/// The schema in which PostgreSQL holds it.
const SCHEMA: &str = "limbeck";

/// Takes out of a schema what the project leaves alone. The same is done to both sides of a comparison.
pub(super) fn leave_out(database: &mut Database, settings: &Settings) {
    let exclude = &settings.exclude;
    let version_table = settings.version_table.as_str();
    let version_schema = settings.version_table_schema.as_deref();
    let is_version_table = |name: &QualifiedName| {
        let schema = name.schema.as_ref().map(Identifier::as_str);
        // The default schema stands without its name, also when the settings name it.
        name.name.as_str() == version_table && (schema.is_none() || schema == version_schema)
    };
    let is_ours = |name: &QualifiedName| {
        is_version_table(name)
            || name.name.as_str() == LEASE
            || name
                .schema
                .as_ref()
                .is_some_and(|schema| schema.as_str() == SCHEMA)
    };
    let stays = |name: &QualifiedName| !is_ours(name) && !has_table(exclude, name);
    let schema_stays = |name: &QualifiedName| {
        let schema = name.schema.as_ref();
        !schema
            .is_some_and(|schema| exclude.has_schema(schema.as_str()) || schema.as_str() == SCHEMA)
    };
    database.schemas.retain(|schema| {
        schema.name.as_str() != SCHEMA && !exclude.has_schema(schema.name.as_str())
    });
    database.tables.retain(|table| stays(&table.name));
    database.views.retain(|view| stays(&view.name));
    database.materialized_views.retain(|view| stays(&view.name));
    database.triggers.retain(|trigger| stays(&trigger.table));
    database.policies.retain(|policy| stays(&policy.table));
    database.domains.retain(|domain| schema_stays(&domain.name));
    database
        .sequences
        .retain(|sequence| schema_stays(&sequence.name));
    database
        .routines
        .retain(|routine| schema_stays(&routine.name));
    database
        .enums
        .retain(|one| one.name.as_ref().is_none_or(schema_stays));
}

/// Takes out of a schema what is granted to roles that the project leaves alone.
pub(super) fn leave_out_roles(database: &mut Database, exclude: &Exclude) {
    if let Some(grants) = &mut database.grants {
        grants.given.retain(|grant| !has_role(exclude, grant));
        grants.withheld.retain(|grant| !has_role(exclude, grant));
    }
}

/// Wants what is granted to such roles just as it is, so that they don't lose it when an object is created again.
pub(super) fn want_roles_as_is(wanted: &mut Database, actual: &Database, exclude: &Exclude) {
    leave_out_roles(wanted, exclude);
    let (Some(wanted), Some(actual)) = (&mut wanted.grants, &actual.grants) else {
        return;
    };
    let excluded = |grants: &[Grant]| -> Vec<Grant> {
        let grants = grants.iter().filter(|grant| has_role(exclude, grant));
        grants.cloned().collect()
    };
    let Grants {
        given, withheld, ..
    } = actual;
    wanted.given.extend(excluded(given));
    wanted.withheld.extend(excluded(withheld));
}

fn has_role(exclude: &Exclude, grant: &Grant) -> bool {
    match &grant.to {
        Grantee::Public => exclude.has_role("PUBLIC"),
        Grantee::Role(role) => exclude.has_role(role.as_str()),
        Grantee::Account { user, host } => {
            exclude.has_role(user) || exclude.has_role(&format!("{user}@{host}"))
        }
    }
}

fn has_table(exclude: &Exclude, name: &QualifiedName) -> bool {
    exclude.has_table(
        name.schema.as_ref().map(Identifier::as_str),
        name.name.as_str(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{GrantTarget, Schema, Table, View};

    fn name(schema: Option<&str>, name: &str) -> QualifiedName {
        QualifiedName {
            schema: schema.map(Identifier::new),
            name: Identifier::new(name),
        }
    }

    #[test]
    fn our_own_tables_and_those_of_others_are_not_seen() {
        let mut settings = Settings::new("", "");
        settings.exclude = Exclude {
            tables: vec!["spatial_*".into(), "audit.log".into()],
            schemas: vec!["cron".into()],
            ..Exclude::default()
        };
        let table = |schema, of| Table::new(name(schema, of), Vec::new());
        let mut database = Database {
            schemas: ["cron", "limbeck", "audit"]
                .map(|name| Schema {
                    name: name.into(),
                    owner: None,
                })
                .to_vec(),
            tables: vec![
                table(None, "alembic_version"),
                table(None, "limbeck_lease"),
                table(None, "spatial_ref_sys"),
                table(None, "book"),
                table(Some("audit"), "log"),
                table(Some("audit"), "alembic_version"),
                table(Some("cron"), "job"),
            ],
            views: vec![View::new(name(None, "spatial_columns"), "SELECT 1")],
            ..Database::default()
        };
        leave_out(&mut database, &settings);
        let left: Vec<String> = database
            .tables
            .iter()
            .map(|table| table.name.to_string())
            .collect();
        // A version table in another schema is another project's.
        assert_eq!(left, ["book", "audit.alembic_version"]);
        assert_eq!(database.schemas.len(), 1);
        assert!(database.views.is_empty());
    }

    #[test]
    fn excluded_roles_keep_what_they_have() {
        let exclude = Exclude {
            roles: vec!["ops_*".into(), "public".into()],
            ..Exclude::default()
        };
        let grant = |to: Grantee, privilege: &str| Grant {
            on: GrantTarget::Table("book".into()),
            columns: Vec::new(),
            privileges: vec![privilege.to_owned()],
            to,
            with_grant_option: false,
        };
        let role = |name: &str| Grantee::Role(name.into());
        let with = |given| Database {
            grants: Some(Grants {
                given,
                ..Grants::default()
            }),
            ..Database::default()
        };
        let actual = with(vec![
            grant(role("ops_1"), "SELECT"),
            grant(role("app"), "SELECT"),
        ]);
        let mut wanted = with(vec![
            grant(Grantee::Public, "SELECT"),
            grant(role("app"), "INSERT"),
        ]);
        want_roles_as_is(&mut wanted, &actual, &exclude);
        let given = wanted.grants.unwrap().given;
        let texts: Vec<String> = given
            .iter()
            .map(|one| format!("{one} to {}", one.to))
            .collect();
        assert_eq!(
            texts,
            ["INSERT on 'book' to 'app'", "SELECT on 'book' to 'ops_1'"]
        );
    }
}
