//! A schema after a rename: everything that follows the new name by itself.

use super::text::replaced;
use crate::schema::{
    Check, Column, ColumnDefault, Condition, Constraint, DataType, Database, GrantTarget,
    Identifier, Index, IndexKey, QualifiedName, Table,
};

/// Renames a table and all that refers to it. Definitions of views stay: a database keeps the old name in them as an
/// alias, or forgets them, so a view that mentions the table is created anew.
///
/// Whether triggers follow, too, is the database's affair.
pub(in crate::diff) fn table(
    database: &mut Database,
    from: &QualifiedName,
    to: &QualifiedName,
    follow_in_triggers: bool,
) {
    let follow = |name: &mut QualifiedName| {
        if name == from {
            name.clone_from(to);
        }
    };
    for table in &mut database.tables {
        follow(&mut table.name);
        for constraint in &mut table.constraints {
            if let Constraint::ForeignKey(key) = constraint {
                follow(&mut key.target);
            }
        }
        let options = &mut table.options.postgresql;
        options.inherits.iter_mut().for_each(follow);
        options.partition_of.iter_mut().for_each(follow);
    }
    for sequence in &mut database.sequences {
        if let Some((table, _)) = &mut sequence.owned_by {
            follow(table);
        }
    }
    for trigger in &mut database.triggers {
        let (old, new) = (from.name.as_str(), to.name.as_str());
        if follow_in_triggers {
            trigger.definition = replaced(&trigger.definition, old, new);
        } else if trigger.table == *from {
            trigger.definition = with_table(&trigger.definition, old, new);
        }
        follow(&mut trigger.table);
    }
    for policy in &mut database.policies {
        for text in policy.using.iter_mut().chain(&mut policy.with_check) {
            *text = replaced(text, from.name.as_str(), to.name.as_str());
        }
        follow(&mut policy.table);
    }
    if let Some(grants) = &mut database.grants {
        let target = |name: &QualifiedName| GrantTarget::Table(name.clone());
        grants.follow(&target(from), &target(to));
    }
}

/// The trigger on another table: what it does stays as it is.
fn with_table(definition: &str, from: &str, to: &str) -> String {
    let each = " FOR EACH ROW";
    let head = definition.to_uppercase().find(each);
    let (head, body) = definition.split_at(head.unwrap_or(0));
    format!("{}{body}", replaced(head, from, to))
}

/// Renames a column and all that refers to it.
pub(super) fn column(
    database: &mut Database,
    owner: &QualifiedName,
    from: &Identifier,
    to: &Identifier,
    follow_in_triggers: bool,
) {
    let follow = |name: &mut Identifier| {
        if name == from {
            name.clone_from(to);
        }
    };
    let rewrite = |text: &mut String| *text = replaced(text, from.as_str(), to.as_str());
    let family = with_heirs(database, owner);
    for table in &mut database.tables {
        for constraint in &mut table.constraints {
            if let Constraint::ForeignKey(key) = constraint
                && key.target == *owner
            {
                key.target_columns.iter_mut().for_each(follow);
            }
        }
        if family.contains(&table.name) {
            column_of(table, &follow, &rewrite);
        }
    }
    for sequence in &mut database.sequences {
        if let Some((table, column)) = &mut sequence.owned_by
            && table == owner
        {
            follow(column);
        }
    }
    for trigger in &mut database.triggers {
        if follow_in_triggers && trigger.table == *owner {
            rewrite(&mut trigger.definition);
        }
    }
    for policy in &mut database.policies {
        if policy.table == *owner {
            policy.using.iter_mut().for_each(rewrite);
            policy.with_check.iter_mut().for_each(rewrite);
        }
    }
    if let Some(grants) = &mut database.grants {
        grants.follow_column(owner, from, to);
    }
}

/// A table with those that have its columns from it: its heirs, and theirs.
fn with_heirs(database: &Database, owner: &QualifiedName) -> Vec<QualifiedName> {
    let mut family = vec![owner.clone()];
    let mut next = 0;
    while let Some(parent) = family.get(next).cloned() {
        let heirs = database.tables.iter().filter(|table| {
            let options = &table.options.postgresql;
            let mut parents = options.inherits.iter().chain(&options.partition_of);
            parents.any(|name| *name == parent) && !family.contains(&table.name)
        });
        let heirs: Vec<QualifiedName> = heirs.map(|table| table.name.clone()).collect();
        family.extend(heirs);
        next += 1;
    }
    family
}

fn column_of(table: &mut Table, follow: &dyn Fn(&mut Identifier), rewrite: &dyn Fn(&mut String)) {
    for column in &mut table.columns {
        follow(&mut column.name);
        column_texts(column, rewrite);
    }
    for constraint in &mut table.constraints {
        match constraint {
            Constraint::PrimaryKey(key) => {
                key.columns.iter_mut().for_each(follow);
                key.include.iter_mut().for_each(follow);
            }
            Constraint::Unique(unique) => {
                unique.columns.iter_mut().for_each(follow);
                unique.include.iter_mut().for_each(follow);
            }
            Constraint::ForeignKey(key) => key.columns.iter_mut().for_each(follow),
            Constraint::Check(check) => condition(check, follow, rewrite),
            Constraint::Exclude(exclude) => {
                for element in &mut exclude.elements {
                    key(&mut element.key, follow, rewrite);
                }
                exclude.predicate.iter_mut().for_each(rewrite);
            }
        }
    }
    for one in &mut table.indexes {
        index(one, follow, rewrite);
    }
    table
        .options
        .postgresql
        .partition_by
        .iter_mut()
        .for_each(rewrite);
}

fn column_texts(column: &mut Column, rewrite: &dyn Fn(&mut String)) {
    if let Some(ColumnDefault::Computed(computed)) = &mut column.default {
        rewrite(&mut computed.expression);
    }
    for check in &mut column.checks {
        if let Condition::Expression(text) = &mut check.condition {
            rewrite(text);
        }
    }
}

fn condition(check: &mut Check, follow: &dyn Fn(&mut Identifier), rewrite: &dyn Fn(&mut String)) {
    match &mut check.condition {
        Condition::Expression(text) => rewrite(text),
        Condition::OneOf { column, .. } | Condition::ZeroOrOne { column } => follow(column),
    }
}

fn key(key: &mut IndexKey, follow: &dyn Fn(&mut Identifier), rewrite: &dyn Fn(&mut String)) {
    match key {
        IndexKey::Column(column) => follow(column),
        IndexKey::Expression(text) => rewrite(text),
    }
}

fn index(index: &mut Index, follow: &dyn Fn(&mut Identifier), rewrite: &dyn Fn(&mut String)) {
    for element in &mut index.elements {
        key(&mut element.key, follow, rewrite);
    }
    index.include.iter_mut().for_each(follow);
    index.predicate.iter_mut().for_each(rewrite);
}

/// Renames a value of an enum type, in the type and in every expression.
pub(super) fn enum_value(database: &mut Database, name: &QualifiedName, from: &str, to: &str) {
    let follow = |values: &mut Vec<String>| {
        for value in values.iter_mut().filter(|value| *value == from) {
            to.clone_into(value);
        }
    };
    for enum_type in &mut database.enums {
        if enum_type.name.as_ref() == Some(name) {
            follow(&mut enum_type.values);
        }
    }
    let quoted = |value: &str| format!("'{}'::", value.replace('\'', "''"));
    let (old, new) = (quoted(from), quoted(to));
    texts(database, &|text: &mut String| {
        *text = text.replace(&old, &new)
    });
    types(database, &|data_type: &mut DataType| {
        if let DataType::Enum(enum_type) = data_type
            && enum_type.name.as_ref() == Some(name)
        {
            follow(&mut enum_type.values);
        }
    });
}

/// Renames an enum type, and the types of columns that are of it.
pub(super) fn enum_type(database: &mut Database, from: &QualifiedName, to: &QualifiedName) {
    for enum_type in &mut database.enums {
        if enum_type.name.as_ref() == Some(from) {
            enum_type.name = Some(to.clone());
        }
    }
    texts(database, &|text: &mut String| {
        *text = replaced(text, from.name.as_str(), to.name.as_str());
    });
    types(database, &|data_type: &mut DataType| match data_type {
        DataType::Enum(enum_type) if enum_type.name.as_ref() == Some(from) => {
            enum_type.name = Some(to.clone());
        }
        DataType::Defined(name) if name == from => name.clone_from(to),
        _ => {}
    });
    if let Some(grants) = &mut database.grants {
        let target = |name: &QualifiedName| GrantTarget::Type(name.clone());
        grants.follow(&target(from), &target(to));
    }
}

fn texts(database: &mut Database, rewrite: &dyn Fn(&mut String)) {
    for table in &mut database.tables {
        for column in &mut table.columns {
            if let Some(ColumnDefault::Expression(text)) = &mut column.default {
                rewrite(text);
            }
        }
        column_of(table, &|_| {}, rewrite);
    }
}

fn types(database: &mut Database, follow: &dyn Fn(&mut DataType)) {
    for table in &mut database.tables {
        for column in &mut table.columns {
            match &mut column.data_type {
                DataType::Array(array) => follow(&mut array.item),
                other => follow(other),
            }
        }
    }
}
