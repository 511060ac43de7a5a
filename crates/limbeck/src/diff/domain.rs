//! Domains.

use super::{
    Change, Detected, Object,
    constraint::same_check,
    context::{Context, defined_type},
    create::domain_text,
    order::{Mentions, Phase, Plan},
    pairing::same_qualified,
    touched::{How, Touched},
};
use crate::{
    operation::{AlterColumn, AlterDomain, CreateDomain, DropDomain},
    schema::{Database, Domain, Table},
};

/// Plans the creation of a domain.
pub(super) fn create(domain: &Domain, plan: &mut Plan) {
    let what = Detected::Added {
        object: Object::Domain(domain.name.clone()),
    };
    plan.detect(
        Phase::CreateTables,
        what,
        CreateDomain {
            domain: domain.clone(),
        },
    );
}

/// Plans the end of a domain: before that of a routine which it uses, else after that of routines which use it.
pub(super) fn drop(domain: &Domain, removed: &Mentions<'_>, plan: &mut Plan) {
    let phase = match removed.within(&domain_text(domain)).is_empty() {
        true => Phase::DropTypes,
        false => Phase::DropDomains,
    };
    let what = Detected::Removed {
        object: Object::Domain(domain.name.clone()),
    };
    plan.detect(phase, what, drop_operation(domain));
}

fn drop_operation(domain: &Domain) -> DropDomain {
    DropDomain {
        name: domain.name.clone(),
        if_exists: false,
        original: Some(domain.clone()),
    }
}

/// Whether a domain becomes another type: it cannot be altered into that.
fn retyped(actual: &Domain, wanted: &Domain, context: &Context<'_>) -> bool {
    !context
        .language
        .same_type(&actual.data_type, &wanted.data_type)
        || actual.collation != wanted.collation
}

/// Notes the columns that change with the domain.
pub(super) fn mark(
    (actual, wanted): (&Domain, &Domain),
    tables: &[Table],
    context: &Context<'_>,
    touched: &mut Touched,
) {
    if retyped(actual, wanted, context) {
        for (table, column) in users(actual, tables, context) {
            touched.mark(&table.name, &column.name, How::Retyped);
        }
    }
}

fn users<'t>(
    domain: &Domain,
    tables: &'t [Table],
    context: &Context<'_>,
) -> Vec<(&'t Table, &'t crate::schema::Column)> {
    let equivalence = context.language.equivalence;
    let columns = tables
        .iter()
        .flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    columns
        .filter(|(_, column)| {
            defined_type(&column.data_type)
                .is_some_and(|(name, _)| same_qualified(equivalence, name, &domain.name))
        })
        .collect()
}

/// Plans the change of a domain.
pub(super) fn alter(
    (actual, wanted): (&Domain, &Domain),
    database: &Database,
    context: Context<'_>,
    plan: &mut Plan,
) {
    let equivalence = context.language.equivalence;
    let other_type = retyped(actual, wanted, &context);
    let same_default = equivalence.same_default(
        actual.default.as_ref(),
        wanted.default.as_ref(),
        &wanted.data_type,
    );
    let same_checks = actual.checks.len() == wanted.checks.len()
        && wanted.checks.iter().all(|check| {
            let named = actual.checks.iter().find(|one| one.name == check.name);
            named.is_some_and(|one| {
                same_check(equivalence, one, check) && one.not_valid == check.not_valid
            })
        });
    let differences = [
        (other_type, "type"),
        (!same_default, "default"),
        (actual.not_null != wanted.not_null, "NOT NULL"),
        (!same_checks, "checks"),
    ];
    let differences: Vec<String> = differences
        .iter()
        .filter(|(differs, _)| *differs)
        .map(|(_, word)| (*word).to_owned())
        .collect();
    if differences.is_empty() {
        return;
    }
    let what = vec![Detected::Changed {
        object: Object::Domain(wanted.name.clone()),
        differences,
    }];
    let mut change = Change {
        what,
        ..Change::default()
    };
    if !other_type {
        change.operations.push(
            AlterDomain {
                domain: wanted.clone(),
                existing: actual.clone(),
            }
            .into(),
        );
        plan.push(Phase::CreateTypes, change);
        return;
    }
    // Its columns step down to the new type that the domain is made of, and up to the domain again.
    let columns = users(actual, &database.tables, &context);
    for (table, column) in &columns {
        let mut alter = AlterColumn::new(table.name.clone(), column.name.clone());
        alter.data_type = Some(wanted.data_type.clone());
        alter.using = equivalence.conversion(&column.name, &actual.data_type, &wanted.data_type);
        alter.existing = super::column_change::existing(column, false);
        change.operations.push(alter.into());
    }
    change.operations.push(drop_operation(actual).into());
    change.operations.push(
        CreateDomain {
            domain: wanted.clone(),
        }
        .into(),
    );
    for (table, column) in &columns {
        let mut alter = AlterColumn::new(table.name.clone(), column.name.clone());
        alter.data_type = Some(column.data_type.clone());
        alter.existing = super::column_change::existing(column, false);
        alter.existing.data_type = Some(wanted.data_type.clone());
        change.operations.push(alter.into());
    }
    plan.push(Phase::CreateTypes, change);
}
