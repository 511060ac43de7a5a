//! Domains.

use super::{
    Change, Detected, Object,
    constraint::same_check,
    context::{Context, defined_type, keeps_type},
    create::domain_text,
    family::Family,
    order::{Mentions, Phase, Plan},
    pairing::same_qualified,
    touched::{How, Touched},
};
use crate::{
    operation::{AlterColumn, AlterDomain, CreateDomain, DropDomain},
    schema::{Column, ColumnDefault, Condition, Domain, Table},
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
) -> Vec<(&'t Table, &'t Column)> {
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

/// The domain as it is between the rules that go and those that come, with none that `uses` what makes room meanwhile.
fn between(actual: &Domain, wanted: &Domain, uses: &dyn Fn(&str) -> bool) -> Domain {
    let mut between = without(wanted, uses);
    between.not_null = actual.not_null && wanted.not_null;
    between.checks.retain(|check| actual.checks.contains(check));
    between
}

/// The domain with nothing that `uses` what makes room.
fn without(domain: &Domain, uses: &dyn Fn(&str) -> bool) -> Domain {
    let mut domain = domain.clone();
    domain.checks.retain(|check| match &check.condition {
        Condition::Expression(text) => !uses(text),
        _ => true,
    });
    domain.default = domain.default.filter(|default| match default {
        ColumnDefault::Expression(text) => !uses(text),
        _ => true,
    });
    domain
}

fn alter_operation(from: &Domain, to: &Domain) -> AlterDomain {
    AlterDomain {
        domain: to.clone(),
        existing: from.clone(),
    }
}

/// Lets a domain that goes let go of the routines that make room before.
pub(super) fn let_go(domain: &Domain, context: Context<'_>, plan: &mut Plan) {
    let routines = Mentions::of_names(context.language.equivalence, context.touched.routines());
    let free = without(domain, &|text| !routines.within(text).is_empty());
    if free != *domain {
        plan.assist(Phase::DropUses, alter_operation(domain, &free));
    }
}

/// Plans the change of a domain.
pub(super) fn alter(
    (actual, wanted): (&Domain, &Domain),
    tables: (&[Table], &[Table]),
    moving: &Mentions<'_>,
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
    let uses = |text: &str| !moving.within(text).is_empty();
    let free = without(actual, &uses);
    if differences.is_empty() && free == *actual {
        return;
    }
    let what = Detected::Changed {
        object: Object::Domain(wanted.name.clone()),
        differences: differences.clone(),
    };
    let mut change = Change {
        what: if differences.is_empty() {
            Vec::new()
        } else {
            vec![what]
        },
        ..Change::default()
    };
    let mut columns = users(actual, tables.0, &context);
    let leaves = |(table, column): &(&Table, &Column)| !keeps_type(table, column, tables.1);
    // Rules that use a routine wait for it, and a column that goes does not have to keep to rules that come.
    let leaving = columns.iter().any(leaves);
    let later = match leaving && !other_type {
        true => between(actual, wanted, &uses),
        false => without(wanted, &uses),
    };
    if free != *actual {
        plan.assist(Phase::DropUses, alter_operation(actual, &free));
    }
    if !other_type {
        if later == *wanted {
            change
                .operations
                .push(alter_operation(&free, wanted).into());
            plan.push(Phase::CreateTypes, change);
            return;
        }
        if later != free {
            plan.assist(Phase::CreateTypes, alter_operation(&free, &later));
        }
        change
            .operations
            .push(alter_operation(&later, wanted).into());
        plan.push(Phase::TightenDomains, change);
        return;
    }
    // Its columns step down to the new type that the domain is made of, and those that stay up to the domain again. What a
    // table has from its parent goes along with that.
    columns.retain(|(table, column)| {
        Family::parents_column(tables.0, &table.name, &column.name).is_none()
    });
    for (table, column) in &columns {
        let to = match leaves(&(table, column)) {
            true => &actual.data_type,
            false => &wanted.data_type,
        };
        let mut alter = AlterColumn::new(table.name.clone(), column.name.clone());
        alter.data_type = Some(to.clone());
        alter.using = equivalence.conversion(&column.name, &actual.data_type, to);
        alter.existing = super::column_change::existing(column, false);
        change.operations.push(alter.into());
    }
    change.operations.push(drop_operation(actual).into());
    change.operations.push(
        CreateDomain {
            domain: later.clone(),
        }
        .into(),
    );
    if later != *wanted {
        plan.assist(Phase::TightenDomains, alter_operation(&later, wanted));
    }
    for (table, column) in columns.iter().filter(|one| !leaves(one)) {
        let mut alter = AlterColumn::new(table.name.clone(), column.name.clone());
        alter.data_type = Some(column.data_type.clone());
        alter.existing = super::column_change::existing(column, false);
        alter.existing.data_type = Some(wanted.data_type.clone());
        change.operations.push(alter.into());
    }
    plan.push(Phase::CreateTypes, change);
}
