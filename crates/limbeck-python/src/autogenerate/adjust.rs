//! What env.py's functions and the nature of its models mean for the two sides of a comparison.

use limbeck::schema::{
    Column, ColumnDefault, Condition, Constraint, Database, Identifier, Index, IndexKey,
    QualifiedName, Table,
};

use super::{Complete, Judgement, LeftOut, Wanted, grants};

/// Takes what is left out of the models out of them, before the database's engine is asked what they mean. What foreign keys
/// lead to stays, or is taken from the database: without it they could not be built. [`adjust`] takes it out again.
pub fn prepare(declared: &mut Database, actual: &Database, judgement: &Judgement) {
    let mut gone = Gone::of(&judgement.declared, declared);
    let whole = declared.tables.clone();
    gone.columns.retain(|(table, column)| {
        let mut tables = whole.iter().filter(|one| is_named(&one.name, table));
        !tables.any(|table| is_mentioned(table, column))
    });
    gone.take_out(declared);
    let mut missing: Vec<QualifiedName> = Vec::new();
    for table in &declared.tables {
        for target in targets(table) {
            let is_there = declared
                .tables
                .iter()
                .any(|table| is_named(&table.name, target));
            if !is_there && !missing.contains(target) {
                missing.push(target.clone());
            }
        }
    }
    for name in missing {
        let mut sources = whole.iter().chain(&actual.tables);
        if let Some(table) = sources.find(|table| is_named(&table.name, &name)) {
            let mut table = table.clone();
            // What it leads to itself is of no interest.
            table
                .constraints
                .retain(|constraint| !matches!(constraint, Constraint::ForeignKey(_)));
            declared.tables.push(table);
        }
    }
}

/// Makes both sides what is to be compared: without what is left out, and with all that the models say nothing about on both
/// sides. `declared` are the models as they were handed over, `wanted` what the engine made of them.
pub fn adjust(
    actual: &mut Database,
    wanted: &mut Database,
    declared: &mut Database,
    models: &Wanted,
    judgement: &Judgement,
    seen: &Database,
) {
    let of_database = Gone::of(&judgement.actual, seen);
    of_database.take_out(actual);
    let mut stated = models.database.clone();
    let of_models = Gone::of(&judgement.declared, &stated);
    of_models.take_out(&mut stated);
    of_models.take_out(wanted);
    of_models.take_out(declared);
    let is_of_models = |table: &Table| {
        let mut tables = stated.tables.iter();
        tables.any(|one| is_named(&one.name, &table.name))
    };
    // Tables that are only there because a foreign key leads to them.
    wanted.tables.retain(is_of_models);
    declared.tables.retain(is_of_models);
    if !models.settings.include_schemas {
        actual
            .tables
            .retain(|table| table.name.schema.is_none() || is_of_models(table));
    }
    keep_the_rest(actual, wanted, &models.complete);
    grants::keep_the_rest(actual, wanted, &models.complete.grants);
    for table in &mut wanted.tables {
        let Some(there) = actual
            .tables
            .iter()
            .find(|one| is_named(&one.name, &table.name))
        else {
            continue;
        };
        for column in &mut table.columns {
            if let Some(there) = there.column(&column.name) {
                settle(column, there, &table.name, models, judgement);
            }
        }
    }
}

/// Whether an expression of the table says the column's name: without the column it could not be built.
fn is_mentioned(table: &Table, column: &Identifier) -> bool {
    let keys = table.indexes.iter().flat_map(|index| &index.elements);
    let keys = keys.filter_map(|element| match &element.key {
        IndexKey::Expression(text) => Some(text.as_str()),
        IndexKey::Column(_) => None,
    });
    let predicates = table.indexes.iter();
    let predicates = predicates.filter_map(|index| index.predicate.as_deref());
    let checks = table.constraints.iter();
    let checks = checks.filter_map(|constraint| match constraint {
        Constraint::Check(limbeck::schema::Check {
            condition: Condition::Expression(text),
            ..
        }) => Some(text.as_str()),
        _ => None,
    });
    let computed = table.columns.iter().filter_map(Column::computed);
    let computed = computed.map(|computed| computed.expression.as_str());
    let mut texts = keys.chain(predicates).chain(checks).chain(computed);
    texts.any(|text| {
        text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
            .any(|word| word.eq_ignore_ascii_case(column.as_str()))
    })
}

/// Takes over what is not to be compared.
fn settle(
    column: &mut Column,
    there: &Column,
    table: &QualifiedName,
    models: &Wanted,
    judgement: &Judgement,
) {
    let verdict = judgement.verdicts.iter().find(|verdict| {
        is_named(&verdict.table, table) && verdict.column.as_str() == column.name.as_str()
    });
    let of_type = verdict.and_then(|verdict| verdict.data_type);
    if !models.settings.compare_type || of_type == Some(false) {
        column.data_type = there.data_type.clone();
    }
    let of_default = verdict.and_then(|verdict| verdict.default);
    let is_plain = |default: &Option<ColumnDefault>| {
        !matches!(
            default,
            Some(ColumnDefault::Computed(_) | ColumnDefault::Identity(_))
        )
    };
    if (!models.settings.compare_server_default || of_default == Some(false))
        && is_plain(&column.default)
        && is_plain(&there.default)
    {
        column.default = there.default.clone();
    }
}

/// What the models know nothing about is wanted as it is: it is neither dropped nor forgotten where it stands in the way.
fn keep_the_rest(actual: &mut Database, wanted: &mut Database, complete: &Complete) {
    macro_rules! keep {
        ($kind:ident, $same:expr, $dropped:expr) => {
            for item in &actual.$kind {
                let same = $same;
                let dropped = $dropped;
                if !wanted.$kind.iter().any(|one| same(one, item)) && !dropped(item) {
                    wanted.$kind.push(item.clone());
                }
            }
        };
    }
    let tables: Vec<QualifiedName> = actual
        .tables
        .iter()
        .map(|table| table.name.clone())
        .collect();
    actual
        .triggers
        .retain(|trigger| tables.contains(&trigger.table));
    actual
        .policies
        .retain(|policy| tables.contains(&policy.table));
    let stays: Vec<QualifiedName> = wanted
        .tables
        .iter()
        .map(|table| table.name.clone())
        .collect();
    let is_in = |schemas: &[Option<String>], name: &QualifiedName| {
        let schema = name.schema.as_ref().map(Identifier::as_str);
        schemas.iter().any(|one| one.as_deref() == schema)
    };
    keep!(
        schemas,
        |a: &limbeck::schema::Schema, b: &limbeck::schema::Schema| a.name == b.name,
        |_| false
    );
    keep!(
        extensions,
        |a: &limbeck::schema::Extension, b: &limbeck::schema::Extension| a.name == b.name,
        |_| false
    );
    keep!(
        domains,
        |a: &limbeck::schema::Domain, b: &limbeck::schema::Domain| a.name == b.name,
        |_| false
    );
    keep!(
        sequences,
        |a: &limbeck::schema::Sequence, b: &limbeck::schema::Sequence| a.name == b.name,
        |_| false
    );
    keep!(
        views,
        |a: &limbeck::schema::View, b: &limbeck::schema::View| a.name == b.name,
        |view: &limbeck::schema::View| is_in(&complete.views, &view.name)
    );
    keep!(
        materialized_views,
        |a: &limbeck::schema::MaterializedView, b: &limbeck::schema::MaterializedView| a.name
            == b.name,
        |view: &limbeck::schema::MaterializedView| is_in(&complete.materialized_views, &view.name)
    );
    keep!(
        routines,
        |a: &limbeck::schema::Routine, b: &limbeck::schema::Routine| a.name == b.name
            && a.kind == b.kind
            && a.signature == b.signature,
        |routine: &limbeck::schema::Routine| is_in(&complete.routines, &routine.name)
    );
    // What belongs to a table goes with it.
    keep!(
        triggers,
        |a: &limbeck::schema::Trigger, b: &limbeck::schema::Trigger| a.name == b.name
            && a.table == b.table,
        |trigger: &limbeck::schema::Trigger| is_in(&complete.triggers, &trigger.table)
            || !stays.contains(&trigger.table)
    );
    keep!(
        policies,
        |a: &limbeck::schema::Policy, b: &limbeck::schema::Policy| a.name == b.name
            && a.table == b.table,
        |policy: &limbeck::schema::Policy| !stays.contains(&policy.table)
    );
    let used: Vec<QualifiedName> = actual.tables.iter().flat_map(enums_of).collect();
    keep!(
        enums,
        |a: &limbeck::schema::EnumType, b: &limbeck::schema::EnumType| a.name == b.name,
        // The type of a column that is compared is the models' to have or not to have; any other is somebody else's.
        |one: &limbeck::schema::EnumType| one.name.as_ref().is_some_and(|name| used.contains(name))
    );
}

/// The enum types that a table's columns have.
fn enums_of(table: &Table) -> Vec<QualifiedName> {
    use limbeck::schema::DataType;
    fn name(data_type: &DataType) -> Option<&QualifiedName> {
        match data_type {
            DataType::Enum(one) => one.name.as_ref(),
            DataType::Defined(name) => Some(name),
            DataType::Array(array) => name(&array.item),
            _ => None,
        }
    }
    let columns = table.columns.iter();
    columns
        .filter_map(|column| name(&column.data_type).cloned())
        .collect()
}

fn targets(table: &Table) -> impl Iterator<Item = &QualifiedName> {
    table
        .constraints
        .iter()
        .filter_map(|constraint| match constraint {
            Constraint::ForeignKey(key) => Some(&key.target),
            _ => None,
        })
}

/// What is left out of a side, by name, so that it is found in any reading of that side.
#[derive(Debug, Default)]
struct Gone {
    tables: Vec<QualifiedName>,
    columns: Vec<(QualifiedName, Identifier)>,
    constraints: Vec<(QualifiedName, Constraint)>,
    indexes: Vec<(QualifiedName, Index)>,
}

impl Gone {
    fn of(left_out: &LeftOut, database: &Database) -> Self {
        let table = |place: &usize| database.tables.get(*place);
        let named = |place: &usize| table(place).map(|table| table.name.clone());
        Gone {
            tables: left_out.tables.iter().filter_map(named).collect(),
            columns: left_out
                .columns
                .iter()
                .filter_map(|(place, column)| {
                    let table = table(place)?;
                    Some((table.name.clone(), table.columns.get(*column)?.name.clone()))
                })
                .collect(),
            constraints: left_out
                .constraints
                .iter()
                .filter_map(|(place, constraint)| {
                    let table = table(place)?;
                    Some((
                        table.name.clone(),
                        table.constraints.get(*constraint)?.clone(),
                    ))
                })
                .collect(),
            indexes: left_out
                .indexes
                .iter()
                .filter_map(|(place, index)| {
                    let table = table(place)?;
                    Some((table.name.clone(), table.indexes.get(*index)?.clone()))
                })
                .collect(),
        }
    }

    fn take_out(&self, database: &mut Database) {
        database
            .tables
            .retain(|table| !self.tables.iter().any(|gone| is_named(gone, &table.name)));
        for table in &mut database.tables {
            let name = table.name.clone();
            let of_table = |one: &&(QualifiedName, Identifier)| is_named(&one.0, &name);
            let gone: Vec<&str> = self
                .columns
                .iter()
                .filter(of_table)
                .map(|(_, column)| column.as_str())
                .collect();
            table
                .columns
                .retain(|column| !gone.contains(&column.name.as_str()));
            table.constraints.retain(|constraint| {
                let is_gone = self
                    .constraints
                    .iter()
                    .any(|(of, one)| is_named(of, &name) && is_same(one, constraint));
                !is_gone && !columns_of(constraint).any(|column| gone.contains(&column.as_str()))
            });
            table.indexes.retain(|index| {
                let is_gone = self.indexes.iter().any(|(of, one)| {
                    is_named(of, &name)
                        && (one == index || is_called(one.name.as_ref(), index.name.as_ref()))
                });
                let uses = index.elements.iter().any(|element| match &element.key {
                    IndexKey::Column(column) => gone.contains(&column.as_str()),
                    IndexKey::Expression(_) => false,
                });
                !is_gone && !uses
            });
        }
    }
}

/// Whether two names are the same, whatever is said of their quotes.
fn is_named(one: &QualifiedName, other: &QualifiedName) -> bool {
    one.name.as_str() == other.name.as_str()
        && one.schema.as_ref().map(Identifier::as_str)
            == other.schema.as_ref().map(Identifier::as_str)
}

fn is_called(one: Option<&Identifier>, other: Option<&Identifier>) -> bool {
    one.is_some() && one.map(Identifier::as_str) == other.map(Identifier::as_str)
}

fn is_same(one: &Constraint, other: &Constraint) -> bool {
    if one.kind() != other.kind() {
        return false;
    }
    match (one.name(), other.name()) {
        (Some(one), Some(other)) => one.as_str() == other.as_str(),
        _ => {
            one == other
                || (columns_of(one).next().is_some() && columns_of(one).eq(columns_of(other)))
        }
    }
}

fn columns_of(constraint: &Constraint) -> impl Iterator<Item = &Identifier> {
    let columns = match constraint {
        Constraint::PrimaryKey(key) => key.columns.as_slice(),
        Constraint::Unique(unique) => unique.columns.as_slice(),
        Constraint::ForeignKey(key) => key.columns.as_slice(),
        Constraint::Check(_) | Constraint::Exclude(_) => &[],
    };
    columns.iter()
}
