//! The grants on tables that a project has registered with `alembic_utils`.
//!
//! They are all there are to be on the tables of their schemas, and nothing is said about anything else.

use limbeck::schema::{Database, Grant, GrantTarget, Identifier, QualifiedName};

/// What the package knows to grant.
const KNOWN: [&str; 7] = [
    "SELECT",
    "INSERT",
    "UPDATE",
    "REFERENCES",
    "DELETE",
    "TRUNCATE",
    "TRIGGER",
];

/// Wants everything that the project says nothing about as it is; `complete` are the schemas about whose tables it does.
pub(super) fn keep_the_rest(actual: &Database, wanted: &mut Database, complete: &[Option<String>]) {
    let (Some(there), Some(stated)) = (&actual.grants, &mut wanted.grants) else {
        return;
    };
    for grant in &mut stated.given {
        if covers_table(grant, wanted.tables.iter().chain(&actual.tables))
            && has_whole(grant, &there.given)
        {
            grant.columns.clear();
        }
    }
    let is_managed = |grant: &Grant| match &grant.on {
        GrantTarget::Table(name) => is_in(complete, name),
        _ => false,
    };
    for grant in &there.given {
        let mut rest = grant.clone();
        if is_managed(grant) {
            rest.privileges.retain(|one| !KNOWN.contains(&one.as_str()));
        }
        if !rest.privileges.is_empty() {
            stated.given.push(rest);
        }
    }
    stated.withheld.clone_from(&there.withheld);
    stated.owner.clone_from(&there.owner);
    stated.owned.clone_from(&there.owned);
}

fn is_in(schemas: &[Option<String>], name: &QualifiedName) -> bool {
    let schema = name.schema.as_ref().map(Identifier::as_str);
    schemas.iter().any(|one| one.as_deref() == schema)
}

/// Whether the columns of a grant are all that its table has.
fn covers_table<'a>(
    grant: &Grant,
    mut tables: impl Iterator<Item = &'a limbeck::schema::Table>,
) -> bool {
    let table = tables.find(|table| grant.on.name() == Some(&table.name));
    !grant.columns.is_empty()
        && table.is_some_and(|table| {
            let mut columns = table.columns.iter();
            columns.all(|column| grant.columns.contains(&column.name))
        })
}

/// Whether the same is granted on the table as a whole.
fn has_whole(grant: &Grant, there: &[Grant]) -> bool {
    let has = |privilege: &String| {
        there.iter().any(|one| {
            one.columns.is_empty()
                && one.on == grant.on
                && one.to == grant.to
                && one.with_grant_option == grant.with_grant_option
                && one.privileges.contains(privilege)
        })
    };
    grant.privileges.iter().all(has)
}
