//! New tables, with the domains and routines that they use, in an order in which each finds what it needs.

use std::collections::HashMap;

use super::{
    Change, Detected, Object,
    arrivals::Arrivals,
    constraint,
    context::{Context, defined_type},
    order::{Dependencies, Mentions, Phase, Plan, ordered},
    routine::RoutineChange,
    table::plain_columns,
    table_options::{self, row_security},
    touched::How,
};
use crate::{
    operation::CreateTable,
    schema::{
        Column, ColumnDefault, Constraint, Database, Deferral, Domain, ForeignKey, Identifier,
        Index, QualifiedName, Table, Unique,
    },
};

/// What is created around new tables.
pub(super) struct New<'a> {
    pub(super) domains: Vec<&'a Domain>,
    /// Routines that tables use; the others come after the tables.
    pub(super) routines: Vec<&'a RoutineChange<'a>>,
    pub(super) tables: Vec<&'a Table>,
    /// Every table that is wanted.
    pub(super) all: &'a [Table],
    pub(super) arrivals: Arrivals<'a>,
}

/// Plans the creation of all of them.
pub(super) fn plan(
    new: &New<'_>,
    actual: &Database,
    lost: &HashMap<&QualifiedName, Vec<Vec<Identifier>>>,
    context: Context<'_>,
    plan: &mut Plan,
) {
    let (domains, routines) = (new.domains.len(), new.routines.len());
    let staying: HashMap<&QualifiedName, &Table> = actual
        .tables
        .iter()
        .map(|table| (&table.name, table))
        .collect();
    let mut made: HashMap<&QualifiedName, &Table> = HashMap::new();
    for place in ordered(&dependencies(new, context)) {
        if let Some(domain) = new.domains.get(place) {
            super::domain::create(domain, plan);
        } else if let Some(routine) = new.routines.get(place.saturating_sub(domains)) {
            routine.create(Phase::CreateTables, plan);
        } else if let Some(table) = new.tables.get(place.saturating_sub(domains + routines)) {
            let ready = |key: &ForeignKey| {
                let target = staying.get(&key.target);
                let new = made.get(&key.target);
                context.rebuilds()
                    || (key.target == table.name && keeps_key(table, key, &context))
                    || new.is_some_and(|target| !waits_for_key(target, key, &context))
                    || target.is_some_and(|target| {
                        let keys = lost.get(&key.target).map(Vec::as_slice);
                        has_key(target, key, keys.unwrap_or_default(), &context)
                    })
            };
            create(table, new, &ready, context, plan);
            if !new.arrivals.follows(table) {
                made.insert(&table.name, table);
            }
        }
    }
}

/// Whether a new table has the key that a foreign key refers to within its definition, where no key is added to it later.
fn keeps_key(target: &Table, key: &ForeignKey, context: &Context<'_>) -> bool {
    let stays = |unique: &Unique| !is_later(&target.constraints, unique, context);
    has_constraint(target, key, stays)
}

/// Whether a new table gets the key that a foreign key refers to when it is there.
fn waits_for_key(target: &Table, key: &ForeignKey, context: &Context<'_>) -> bool {
    let comes = |one: &Constraint| match one {
        Constraint::Unique(unique) => {
            unique.columns == key.target_columns && is_later(&target.constraints, unique, context)
        }
        _ => false,
    };
    target.constraints.iter().any(comes) && !keeps_key(target, key, context)
}

/// Whether a table has a constraint that a foreign key can refer to: no key refers to one that is tested later.
fn has_constraint(target: &Table, key: &ForeignKey, counts: impl Fn(&Unique) -> bool) -> bool {
    let same = |columns: &[Identifier]| columns == key.target_columns.as_slice();
    let at_once = |deferral: &Deferral| deferral.deferrable != Some(true);
    let primary = |columns: &[Identifier]| key.target_columns.is_empty() || same(columns);
    target.constraints.iter().any(|one| match one {
        Constraint::PrimaryKey(one) => at_once(&one.deferral) && primary(&one.columns),
        Constraint::Unique(one) => at_once(&one.deferral) && same(&one.columns) && counts(one),
        _ => false,
    })
}

fn has_unique_index(target: &Table, key: &ForeignKey) -> bool {
    let mut indexes = target.indexes.iter().filter(|index| index.unique);
    indexes.any(|index| plain_columns(index) == key.target_columns)
}

/// Whether a table that stays has had the key that a foreign key refers to all along.
fn has_key(
    target: &Table,
    key: &ForeignKey,
    lost: &[Vec<Identifier>],
    context: &Context<'_>,
) -> bool {
    let untouched = |column: &Identifier| {
        let how = context.touched.how(&target.name, column);
        target.column(column).is_some() && how.is_none_or(|how| how < How::Retyped)
    };
    let same = |columns: &Vec<Identifier>| *columns == key.target_columns;
    key.target_columns.iter().all(untouched)
        && (has_constraint(target, key, |_| true) || has_unique_index(target, key))
        && !lost.iter().any(same)
}

fn create(
    wanted: &Table,
    new: &New<'_>,
    ready: &dyn Fn(&ForeignKey) -> bool,
    context: Context<'_>,
    plan: &mut Plan,
) {
    let mut table = context.declared.table(wanted);
    let later = take_later(&mut table, ready, &context);
    // An heir has its parents' columns without saying so.
    let parents = new
        .all
        .iter()
        .filter(|other| wanted.options.postgresql.inherits.contains(&other.name));
    for parent in parents {
        let inherited = |column: &Column| {
            let own = wanted.column(&column.name);
            parent
                .column(&column.name)
                .zip(own)
                .is_some_and(|(parents, own)| {
                    parents.data_type == own.data_type
                        && parents.nullable == own.nullable
                        && parents.default == own.default
                        && own.comment.is_none()
                })
        };
        table.columns.retain(|column| !inherited(column));
        table.constraints.retain(|one| {
            !matches!(one, Constraint::Check(_)) || !parent.constraints.contains(one)
        });
    }
    let options = &mut table.options.postgresql;
    options.row_security = false;
    options.force_row_security = false;
    if new.arrivals.waits(wanted) {
        options.partition_of = None;
        options.partition_bound = None;
        table_options::attach(wanted, plan);
    }
    let what = Detected::Added {
        object: Object::Table(wanted.name.clone()),
    };
    let phase = match new.arrivals.follows(wanted) {
        true => Phase::CreateHeirs,
        false => Phase::CreateTables,
    };
    plan.detect(
        phase,
        what,
        CreateTable {
            table,
            if_not_exists: false,
        },
    );
    for constraint in later {
        let phase = match constraint {
            Constraint::ForeignKey(_) => Phase::AddForeignKeys,
            _ => Phase::AddConstraints,
        };
        plan.push(
            phase,
            Change {
                operations: vec![constraint::add(wanted, constraint)],
                ..Change::default()
            },
        );
    }
    row_security(None, wanted, plan);
}

/// Takes the constraints out of a new table that cannot be created with it.
fn take_later(
    table: &mut Table,
    ready: &dyn Fn(&ForeignKey) -> bool,
    context: &Context<'_>,
) -> Vec<Constraint> {
    if context.rebuilds() {
        return Vec::new();
    }
    let constraints = std::mem::take(&mut table.constraints);
    let keys: Vec<ForeignKey> = constraints
        .iter()
        .filter_map(|one| match one {
            Constraint::ForeignKey(key) => Some(key.clone()),
            _ => None,
        })
        .collect();
    let has_indexes = context.capabilities().foreign_keys_have_indexes;
    // A second key over the same columns would be taken for the first, and its name forgotten.
    let all: Vec<Constraint> = constraints.clone();
    let (later, own): (Vec<_>, Vec<_>) = constraints.into_iter().partition(|one| match one {
        Constraint::ForeignKey(key) => {
            !ready(key)
                || key.added_later
                || key.not_valid
                || (has_indexes && !index_is_implied(table, key, &keys))
        }
        Constraint::Unique(unique) => is_later(&all, unique, context),
        other => constraint::untested(other),
    });
    table.constraints = own;
    if has_indexes {
        let inline = table.constraints.iter().filter_map(|one| match one {
            Constraint::ForeignKey(key) => Some(key),
            _ => None,
        });
        let made: Vec<(Option<Identifier>, Vec<Identifier>)> = inline
            .map(|key| (key.name.clone(), key.columns.clone()))
            .collect();
        table.indexes.retain(|index| {
            let own = (index.name.clone(), plain_columns(index));
            index.unique || !made.contains(&own)
        });
    }
    later
}

/// Whether a unique constraint of a new table is added when the table is there.
fn is_later(constraints: &[Constraint], unique: &Unique, context: &Context<'_>) -> bool {
    let second = unique.name.is_some() && !is_first(constraints, unique);
    context.capabilities().unique_constraints && second
}

/// Whether no key before it in a table has the columns of a unique constraint.
fn is_first(constraints: &[Constraint], unique: &Unique) -> bool {
    let before = constraints
        .iter()
        .take_while(|one| !matches!(one, Constraint::Unique(one) if one == unique));
    let mut keys = before.filter_map(|one| match one {
        Constraint::PrimaryKey(key) => Some(&key.columns),
        Constraint::Unique(one) => Some(&one.columns),
        _ => None,
    });
    !keys.any(|columns| *columns == unique.columns)
}

/// Whether a foreign key makes the very index by itself that the table shall have, or none.
fn index_is_implied(table: &Table, key: &ForeignKey, keys: &[ForeignKey]) -> bool {
    let covers = |columns: &[Identifier]| columns.starts_with(&key.columns);
    let own = |index: &&Index| index.name == key.name && plain_columns(index) == key.columns;
    let named = table.indexes.iter().find(own);
    let alone = keys.iter().filter(|other| covers(&other.columns)).count() == 1;
    let others = table.indexes.iter().any(|index| {
        named.is_none_or(|named| !std::ptr::eq(named, index)) && covers(&plain_columns(index))
    });
    let key_covers = table
        .primary_key()
        .is_some_and(|primary| covers(&primary.columns));
    // Without an index of its name either there is another one, or the model leaves it to the database.
    named.is_none() || (alone && !others && !key_covers)
}

fn dependencies(new: &New<'_>, context: Context<'_>) -> Vec<Dependencies> {
    let domains = new.domains.iter().map(|domain| &domain.name);
    let routines = new.routines.iter().map(|change| change.name());
    let tables = new.tables.iter().map(|table| &table.name);
    let places: Vec<(QualifiedName, usize)> = domains
        .clone()
        .chain(routines.clone())
        .chain(tables)
        .enumerate()
        .map(|(place, name)| (name.clone(), place))
        .collect();
    let table_places: HashMap<&QualifiedName, usize> = places
        .iter()
        .skip(new.domains.len() + new.routines.len())
        .map(|(name, place)| (name, *place))
        .collect();
    let domain_places: HashMap<&QualifiedName, usize> = places
        .iter()
        .take(new.domains.len())
        .map(|(name, place)| (name, *place))
        .collect();
    let equivalence = context.language.equivalence;
    let all = Mentions::of(equivalence, places.iter().cloned());
    let routine_names = places
        .iter()
        .skip(new.domains.len())
        .take(new.routines.len())
        .cloned();
    let routines_only = Mentions::of(equivalence, routine_names);
    let serials: HashMap<String, usize> = serial_sequences(&new.tables, &table_places);
    let mut needs: Vec<Dependencies> = Vec::new();
    for domain in &new.domains {
        let mut one = Dependencies::default();
        one.soft.extend(routines_only.within(&domain_text(domain)));
        one.hard
            .extend(defined_type(&domain.data_type).and_then(|(name, _)| domain_places.get(name)));
        needs.push(one);
    }
    for change in &new.routines {
        let mut one = Dependencies::default();
        one.soft.extend(all.within(change.definition()));
        needs.push(one);
    }
    for table in &new.tables {
        needs.push(table_needs(
            table,
            &table_places,
            &domain_places,
            &routines_only,
            &serials,
        ));
    }
    for (place, one) in needs.iter_mut().enumerate() {
        one.hard.remove(&place);
        one.soft.remove(&place);
    }
    needs
}

fn table_needs(
    table: &Table,
    tables: &HashMap<&QualifiedName, usize>,
    domains: &HashMap<&QualifiedName, usize>,
    routines: &Mentions<'_>,
    serials: &HashMap<String, usize>,
) -> Dependencies {
    let mut needs = Dependencies::default();
    let options = &table.options.postgresql;
    let parents = options.inherits.iter().chain(&options.partition_of);
    needs
        .hard
        .extend(parents.filter_map(|name| tables.get(name)));
    let types = table
        .columns
        .iter()
        .filter_map(|column| defined_type(&column.data_type));
    needs
        .hard
        .extend(types.filter_map(|(name, _)| domains.get(name)));
    for constraint in &table.constraints {
        if let Constraint::ForeignKey(key) = constraint {
            needs.soft.extend(tables.get(&key.target));
        }
    }
    needs.soft.extend(routines.within(&table_text(table)));
    for column in &table.columns {
        if let Some(ColumnDefault::Expression(text)) = &column.default
            && let Some(name) = sequence_of(text)
        {
            needs.soft.extend(serials.get(&name));
        }
    }
    needs
}

/// The sequences that numbered columns of new tables bring along, with the table.
fn serial_sequences(
    tables: &[&Table],
    places: &HashMap<&QualifiedName, usize>,
) -> HashMap<String, usize> {
    let columns = tables
        .iter()
        .flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    columns
        .filter(|(_, column)| column.autoincrement == Some(true))
        .filter_map(|(table, column)| match &column.default {
            Some(ColumnDefault::Expression(text)) => {
                Some((sequence_of(text)?, *places.get(&table.name)?))
            }
            _ => None,
        })
        .collect()
}

/// The sequence's name in `nextval('…')`, as it stands there.
pub(super) fn sequence_of(default: &str) -> Option<String> {
    let rest = default.strip_prefix("nextval('")?;
    let end = rest.find("'::").or_else(|| rest.find('\''))?;
    rest.get(..end).map(str::to_owned)
}

/// All expressions of a table in one text.
pub(super) fn table_text(table: &Table) -> String {
    let mut texts: Vec<&str> = Vec::new();
    texts.extend(table.columns.iter().filter_map(column_text));
    for column in &table.columns {
        for check in &column.checks {
            if let crate::schema::Condition::Expression(text) = &check.condition {
                texts.push(text);
            }
        }
    }
    for constraint in &table.constraints {
        texts.extend(constraint::expressions(constraint));
    }
    for index in &table.indexes {
        texts.extend(super::index::expressions(index));
    }
    texts.extend(table.options.postgresql.partition_by.as_deref());
    texts.join("\n")
}

pub(super) fn column_text(column: &Column) -> Option<&str> {
    match &column.default {
        Some(ColumnDefault::Expression(text)) => Some(text),
        Some(ColumnDefault::Computed(computed)) => Some(&computed.expression),
        _ => None,
    }
}

/// All expressions of a domain in one text.
pub(super) fn domain_text(domain: &Domain) -> String {
    let checks = domain
        .checks
        .iter()
        .filter_map(|check| match &check.condition {
            crate::schema::Condition::Expression(text) => Some(text.as_str()),
            _ => None,
        });
    let default = match &domain.default {
        Some(ColumnDefault::Expression(text)) => Some(text.as_str()),
        _ => None,
    };
    let texts: Vec<&str> = checks.chain(default).collect();
    texts.join("\n")
}
