//! Enum types that are objects of the schema.

use super::{
    Change, Detected, Hazard, Object,
    context::{Context, defined_type, keeps_type},
    family::Family,
    order::{Phase, Plan},
    pairing::same_qualified,
    touched::{How, Touched},
};
use crate::{
    operation::{
        AddEnumValue, AlterColumn, ChangeEnum, CreateEnum, DropEnum, EnumColumn, EnumValuePosition,
        Given,
    },
    schema::{Column, ColumnDefault, DataType, Database, EnumType, QualifiedName, Table},
};

/// What happens to an enum type that stays.
pub(super) enum EnumChange<'a> {
    /// Values are added in place.
    Adds(&'a EnumType, Vec<AddEnumValue>),
    /// Values go or change places: the type is replaced.
    Replaced(&'a EnumType, &'a EnumType),
}

/// Compares the values; `None` if they are the same.
pub(super) fn compare<'a>(
    actual: &'a EnumType,
    wanted: &'a EnumType,
    database: &Database,
) -> Option<EnumChange<'a>> {
    if actual.values == wanted.values {
        return None;
    }
    let name = wanted.name.clone()?;
    let mut kept = wanted
        .values
        .iter()
        .filter(|value| actual.values.contains(value));
    let in_order = actual.values.iter().all(|value| kept.next() == Some(value));
    let mut new = wanted
        .values
        .iter()
        .filter(|value| !actual.values.contains(value));
    // A value cannot be used in the transaction that adds it.
    if !in_order || new.any(|value| is_used(value, &name, database)) {
        return Some(EnumChange::Replaced(actual, wanted));
    }
    let mut adds = Vec::new();
    for (place, value) in wanted.values.iter().enumerate() {
        if actual.values.contains(value) {
            continue;
        }
        let before = place
            .checked_sub(1)
            .and_then(|place| wanted.values.get(place));
        let last = wanted
            .values
            .iter()
            .skip(place)
            .all(|value| !actual.values.contains(value));
        adds.push(AddEnumValue {
            name: name.clone(),
            value: value.clone(),
            position: match (last, before) {
                (true, _) => None,
                (false, Some(before)) => Some(EnumValuePosition::After(before.clone())),
                (false, None) => actual
                    .values
                    .first()
                    .cloned()
                    .map(EnumValuePosition::Before),
            },
            if_not_exists: false,
        });
    }
    Some(EnumChange::Adds(wanted, adds))
}

/// Whether the wanted schema has the value in an expression of this type.
fn is_used(value: &str, name: &QualifiedName, database: &Database) -> bool {
    let literal = format!("'{}'::", value.replace('\'', "''"));
    let uses = |text: &str| {
        text.match_indices(&literal).any(|(at, found)| {
            let rest = text.get(at + found.len()..).unwrap_or_default();
            rest.trim_start_matches('"').contains(name.name.as_str())
        })
    };
    let tables = database.tables.iter();
    tables
        .map(super::create::table_text)
        .any(|text| uses(&text))
        || database.views.iter().any(|view| uses(&view.query))
        || database
            .materialized_views
            .iter()
            .any(|view| uses(&view.query))
        || database.policies.iter().any(|policy| {
            let mut texts = policy.using.iter().chain(&policy.with_check);
            texts.any(|text| uses(text))
        })
}

impl EnumChange<'_> {
    /// Notes the columns whose type is replaced.
    pub(super) fn mark(&self, actual: &Database, context: &Context<'_>, touched: &mut Touched) {
        if let EnumChange::Replaced(old, _) = self {
            old.name.iter().for_each(|name| touched.mark_type(name));
            for (table, column) in users(old, actual, context) {
                touched.mark(&table.name, &column.name, How::Moved);
            }
        }
    }

    /// The type, if another takes its place.
    pub(super) fn replaced(&self) -> Option<&QualifiedName> {
        match self {
            EnumChange::Replaced(old, _) => old.name.as_ref(),
            EnumChange::Adds(..) => None,
        }
    }

    /// Plans the change.
    pub(super) fn plan(
        &self,
        actual: &Database,
        wanted: &Database,
        context: Context<'_>,
        plan: &mut Plan,
    ) {
        match self {
            EnumChange::Adds(to, adds) => {
                for add in adds {
                    let what = Detected::Added {
                        object: value(to, &add.value),
                    };
                    plan.detect(Phase::CreateTypes, what, add.clone());
                }
            }
            EnumChange::Replaced(from, to) => {
                replace((from, to), actual, wanted, context, plan);
            }
        }
    }
}

fn value(enum_type: &EnumType, value: &str) -> Object {
    Object::EnumValue {
        name: name(enum_type),
        value: value.to_owned(),
    }
}

fn name(enum_type: &EnumType) -> QualifiedName {
    let nameless = || QualifiedName::new("");
    enum_type.name.clone().unwrap_or_else(nameless)
}

fn users<'t>(
    enum_type: &EnumType,
    database: &'t Database,
    context: &Context<'_>,
) -> Vec<(&'t Table, &'t Column)> {
    let equivalence = context.language.equivalence;
    let columns = database
        .tables
        .iter()
        .flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    columns
        .filter(|(_, column)| {
            defined_type(&column.data_type)
                .is_some_and(|(used, _)| same_qualified(equivalence, used, &name(enum_type)))
        })
        .collect()
}

/// Makes a text of a column.
fn to_text(table: &Table, column: &Column, array: bool, context: &Context<'_>) -> AlterColumn {
    let text = match array {
        true => DataType::array_of(DataType::text()),
        false => DataType::text(),
    };
    let equivalence = context.language.equivalence;
    let mut alter = AlterColumn::new(table.name.clone(), column.name.clone());
    alter.using = equivalence.conversion(&column.name, &column.data_type, &text);
    alter.data_type = Some(text);
    alter.existing = super::column_change::existing(column, false);
    alter
}

fn replace(
    (from, to): (&EnumType, &EnumType),
    actual: &Database,
    wanted: &Database,
    context: Context<'_>,
    plan: &mut Plan,
) {
    let mut change = Change::default();
    let mut columns = Vec::new();
    let mut after = Vec::new();
    for (table, column) in users(from, actual, &context) {
        let default = column.default.clone();
        let stays = wanted
            .tables
            .iter()
            .find(|other| other.name == table.name)
            .and_then(|other| other.column(&column.name))
            .is_some_and(|other| other.default == column.default);
        let set_default = |default: Option<ColumnDefault>| {
            let mut alter = AlterColumn::new(table.name.clone(), column.name.clone());
            alter.default = Given::Value(default);
            alter.existing = super::column_change::existing(column, false);
            alter
        };
        // What a table has from its parent goes along with that, and has the parent's default when it comes back.
        if let Some(parents) = Family::parents_column(&actual.tables, &table.name, &column.name) {
            if default != parents.default {
                let in_the_way = default.is_some().then(|| set_default(None).into());
                change.operations.extend(in_the_way);
                after.push(set_default(default.filter(|_| stays)).into());
            }
            continue;
        }
        // A default that changes may be one of the values that go.
        if default.is_some() && !stays {
            change.operations.push(set_default(None).into());
        }
        let array = defined_type(&column.data_type).is_some_and(|(_, array)| array);
        // One that goes may hold values that go, so it leaves the type.
        if !keeps_type(table, column, &wanted.tables) {
            change
                .operations
                .push(to_text(table, column, array, &context).into());
            continue;
        }
        columns.push(EnumColumn {
            table: table.name.clone(),
            column: column.name.clone(),
            array,
            default: default.filter(|_| stays),
        });
    }
    let used: Vec<_> = columns
        .iter()
        .map(|column| (column.table.clone(), column.column.clone()))
        .collect();
    let removed = from
        .values
        .iter()
        .filter(|value| !to.values.contains(value));
    for gone in removed {
        change.what.push(Detected::Removed {
            object: value(to, gone),
        });
        change.hazards.push(Hazard::RemovesEnumValue {
            name: to.name.clone(),
            value: gone.clone(),
            columns: used.clone(),
        });
    }
    let added = to
        .values
        .iter()
        .filter(|value| !from.values.contains(value));
    change.what.extend(added.map(|new| Detected::Added {
        object: value(to, new),
    }));
    if change.what.is_empty() {
        change.what.push(Detected::Changed {
            object: Object::Enum(name(to)),
            differences: vec!["order of values".to_owned()],
        });
    }
    change.operations.push(
        ChangeEnum {
            name: name(to),
            from: from.values.clone(),
            to: to.values.clone(),
            replacements: std::collections::BTreeMap::new(),
            columns,
        }
        .into(),
    );
    change.operations.extend(after);
    plan.push(Phase::CreateTypes, change);
}

/// Plans a new type.
pub(super) fn create(enum_type: &EnumType, plan: &mut Plan) {
    let what = Detected::Added {
        object: Object::Enum(name(enum_type)),
    };
    let operation = CreateEnum {
        enum_type: enum_type.clone(),
    };
    plan.detect(Phase::CreateTypes, what, operation);
}

/// Plans the end of a type.
pub(super) fn drop(enum_type: &EnumType, plan: &mut Plan) {
    let what = Detected::Removed {
        object: Object::Enum(name(enum_type)),
    };
    let operation = DropEnum {
        name: name(enum_type),
        if_exists: false,
        original: Some(enum_type.clone()),
    };
    plan.detect(Phase::DropTypes, what, operation);
}
