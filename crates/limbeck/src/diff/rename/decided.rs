//! Renames that somebody decided: found in the schemas, put in an order, and done.

use std::collections::BTreeSet;

use super::{apply, checks::SetAside, sequence};
use crate::{
    diff::{
        Change, Decisions, Detected, Language, Object, RenameDecision, column::numbers_rows,
        column_change::existing, create::sequence_of, numbering::usual_name,
    },
    operation::{AlterColumn, Operation, RenameEnum, RenameEnumValue, RenameSequence, RenameTable},
    schema::{ColumnDefault, Database, GrantTarget, Identifier, QualifiedName},
};

/// The schema there is, under the names that were decided, and how it gets there.
pub(in crate::diff) struct Renamed {
    pub(in crate::diff) database: Database,
    pub(in crate::diff) changes: Vec<Change>,
    pub(in crate::diff) unused: Vec<String>,
}

/// What a decision is about.
enum Target {
    Table(QualifiedName, QualifiedName),
    /// The table under its old name, the column, its new name.
    Column(QualifiedName, Identifier, Identifier),
    Enum(QualifiedName, QualifiedName),
    EnumValue(QualifiedName, String, String),
    Sequence(QualifiedName, QualifiedName),
}

/// Applies the renames among the decisions.
pub(in crate::diff) fn renamed(
    actual: Database,
    wanted: &Database,
    decisions: &Decisions,
    language: Language<'_>,
) -> Renamed {
    let mut targets = Vec::new();
    let mut unused = Vec::new();
    let tables: Vec<(QualifiedName, QualifiedName)> = decisions
        .renames
        .iter()
        .filter_map(|decision| table(decision, &actual, wanted))
        .collect();
    for decision in &decisions.renames {
        match target(decision, &actual, wanted, &tables) {
            Some(target) => targets.push(target),
            None => unused.push(decision.to_string()),
        }
    }
    let mut work = Work {
        database: actual,
        changes: Vec::new(),
        language,
    };
    work.tables(&targets);
    work.columns(&targets, &tables);
    work.others(&targets);
    Renamed {
        database: work.database,
        changes: work.changes,
        unused,
    }
}

fn named(schema: Option<&Identifier>, name: &Identifier) -> QualifiedName {
    QualifiedName {
        schema: schema.cloned(),
        name: name.clone(),
    }
}

fn has_table(database: &Database, name: &QualifiedName) -> bool {
    database.tables.iter().any(|table| table.name == *name)
}

fn table(
    decision: &RenameDecision,
    actual: &Database,
    wanted: &Database,
) -> Option<(QualifiedName, QualifiedName)> {
    let to = decision.to.last()?;
    let from = match decision.from.as_slice() {
        [name] => named(None, name),
        [schema, name] => named(Some(schema), name),
        _ => return None,
    };
    let to = from.sibling(to.clone());
    (from != to && has_table(actual, &from) && has_table(wanted, &to)).then_some((from, to))
}

fn target(
    decision: &RenameDecision,
    actual: &Database,
    wanted: &Database,
    tables: &[(QualifiedName, QualifiedName)],
) -> Option<Target> {
    if let Some((from, to)) = table(decision, actual, wanted) {
        return Some(Target::Table(from, to));
    }
    let new = decision.to.last()?;
    if let [path @ .., last] = decision.from.as_slice() {
        let owner = match path {
            [name] => Some(named(None, name)),
            [schema, name] => Some(named(Some(schema), name)),
            _ => None,
        };
        if let Some(owner) = owner {
            // Under its old name or its new one.
            let old = tables
                .iter()
                .find(|(_, to)| *to == owner && !has_table(actual, &owner))
                .map_or(owner.clone(), |(from, _)| from.clone());
            let there = tables
                .iter()
                .find(|(from, _)| *from == old)
                .map_or(old.clone(), |(_, to)| to.clone());
            let has = |database: &Database, table: &QualifiedName, column: &Identifier| {
                let mut tables = database.tables.iter();
                tables.any(|one| one.name == *table && one.column(column).is_some())
            };
            if last != new && has(actual, &old, last) && has(wanted, &there, new) {
                return Some(Target::Column(old, last.clone(), new.clone()));
            }
            let value = |database: &Database, value: &Identifier| {
                database.enums.iter().any(|one| {
                    one.name.as_ref() == Some(&owner)
                        && one.values.iter().any(|other| other == value.as_str())
                })
            };
            if last != new && value(actual, last) && value(wanted, new) {
                let (from, to) = (last.as_str().to_owned(), new.as_str().to_owned());
                return Some(Target::EnumValue(owner, from, to));
            }
        }
    }
    let from = match decision.from.as_slice() {
        [name] => named(None, name),
        [schema, name] => named(Some(schema), name),
        _ => return None,
    };
    let to = from.sibling(new.clone());
    let is_enum = |database: &Database, name: &QualifiedName| {
        let mut enums = database.enums.iter();
        enums.any(|one| one.name.as_ref() == Some(name))
    };
    if from != to && is_enum(actual, &from) && is_enum(wanted, &to) {
        return Some(Target::Enum(from, to));
    }
    let is_sequence = |database: &Database, name: &QualifiedName| {
        database.sequences.iter().any(|one| one.name == *name)
    };
    let both = from != to && is_sequence(actual, &from) && is_sequence(wanted, &to);
    both.then_some(Target::Sequence(from, to))
}

struct Work<'a> {
    database: Database,
    changes: Vec<Change>,
    language: Language<'a>,
}

impl Work<'_> {
    fn push(&mut self, operation: impl Into<Operation>, object: Option<Object>, to: &Identifier) {
        let what = object.map(|object| Detected::Renamed {
            object,
            to: to.clone(),
        });
        self.changes.push(Change {
            operations: vec![operation.into()],
            what: what.into_iter().collect(),
            hazards: Vec::new(),
        });
    }

    fn tables(&mut self, targets: &[Target]) {
        let schemas: BTreeSet<Option<Identifier>> = targets
            .iter()
            .filter_map(|target| match target {
                Target::Table(from, _) => Some(from.schema.clone()),
                _ => None,
            })
            .collect();
        for schema in schemas {
            let renames: Vec<sequence::Step> = targets
                .iter()
                .filter_map(|target| match target {
                    Target::Table(from, to) if from.schema == schema => {
                        Some((from.name.as_str().to_owned(), to.name.as_str().to_owned()))
                    }
                    _ => None,
                })
                .collect();
            let tables = self.database.tables.iter();
            let taken: BTreeSet<String> = tables
                .filter(|table| table.name.schema == schema)
                .map(|table| table.name.name.as_str().to_owned())
                .collect();
            for (from, to) in sequence::steps(&renames, &taken) {
                self.table(&schema, &from, &to, &renames);
            }
        }
    }

    fn table(
        &mut self,
        schema: &Option<Identifier>,
        from: &str,
        to: &str,
        renames: &[sequence::Step],
    ) {
        let old = named(schema.as_ref(), &Identifier::new(from));
        let new = named(schema.as_ref(), &Identifier::new(to));
        // A swap is told as what was decided, at the step that reaches the new name.
        let decided = renames.iter().find(|(_, target)| target == to);
        let object = decided.map(|(from, _)| Object::Table(old.sibling(from.as_str())));
        let operation = RenameTable {
            table: old.clone(),
            new_name: new.name.clone(),
        };
        self.push(operation, object, &new.name);
        let follow = self.language.capabilities.triggers_follow_renames;
        apply::table(&mut self.database, &old, &new, follow);
        let columns: Vec<Identifier> = self.numbered(&new);
        for column in columns {
            self.sequence((&old, &column), (&new, &column));
        }
    }

    /// The columns of a table that count by a sequence of their own.
    fn numbered(&self, table: &QualifiedName) -> Vec<Identifier> {
        if !self.language.capabilities.sequences {
            return Vec::new();
        }
        let tables = self.database.tables.iter();
        let columns = tables
            .filter(|one| one.name == *table)
            .flat_map(|one| &one.columns);
        columns
            .filter(|column| column.autoincrement == Some(true) && column.default.is_some())
            .map(|column| column.name.clone())
            .collect()
    }

    /// The sequence of a numbered column has a name made of the table's and the column's.
    fn sequence(
        &mut self,
        (old_table, old): (&QualifiedName, &Identifier),
        (table, column): (&QualifiedName, &Identifier),
    ) {
        let (from, to) = (usual_name(old_table, old), usual_name(table, column));
        let limit = self.language.capabilities.names.identifier;
        let too_long = |name: &QualifiedName| name.name.as_str().len() > limit;
        if too_long(&from) || too_long(&to) {
            return;
        }
        let tables = self.database.tables.iter_mut();
        let mut columns = tables
            .filter(|one| one.name == *table)
            .flat_map(|one| &mut one.columns);
        let Some(column) = columns.find(|one| one.name == *column) else {
            return;
        };
        let Some(ColumnDefault::Expression(text)) = &mut column.default else {
            return;
        };
        let Some(written) = sequence_of(text) else {
            return;
        };
        let new = written.replace(from.name.as_str(), to.name.as_str());
        *text = text.replace(&written, &new);
        follow_sequence(&mut self.database, &from, &to);
        let operation = RenameSequence {
            name: from,
            new_name: to.name.clone(),
        };
        self.push(operation, None, &to.name);
    }

    fn columns(&mut self, targets: &[Target], tables: &[(QualifiedName, QualifiedName)]) {
        let owners: BTreeSet<&QualifiedName> = targets
            .iter()
            .filter_map(|target| match target {
                Target::Column(table, _, _) => Some(table),
                _ => None,
            })
            .collect();
        for old in owners {
            let renamed = tables.iter().find(|(from, _)| from == old);
            let owner = renamed.map_or(old, |(_, to)| to);
            let renames: Vec<sequence::Step> = targets
                .iter()
                .filter_map(|target| match target {
                    Target::Column(table, from, to) if table == old => {
                        Some((from.as_str().to_owned(), to.as_str().to_owned()))
                    }
                    _ => None,
                })
                .collect();
            let tables = self.database.tables.iter();
            let taken: BTreeSet<String> = tables
                .filter(|table| table.name == *owner)
                .flat_map(|table| &table.columns)
                .map(|column| column.name.as_str().to_owned())
                .collect();
            let steps = sequence::steps(&renames, &taken);
            let renamed: Vec<&str> = steps.iter().map(|(from, _)| from.as_str()).collect();
            let table = |database: &Database| {
                let mut tables = database.tables.iter();
                tables.find(|table| table.name == *owner).cloned()
            };
            let before = table(&self.database);
            let aside = before.map(|table| {
                let aside = SetAside::of(&table, &renamed, self.language);
                self.assist(aside.drop(&table));
                aside
            });
            let aside = aside.unwrap_or_default();
            for (from, to) in &steps {
                self.column(owner, (from, to), &renames, &aside);
            }
            if let Some(table) = table(&self.database) {
                self.assist(aside.add(&table));
            }
        }
    }

    /// What makes room, and is told of nobody.
    fn assist(&mut self, operations: Vec<Operation>) {
        let changes = operations.into_iter().map(|operation| Change {
            operations: vec![operation],
            ..Change::default()
        });
        self.changes.extend(changes);
    }

    fn column(
        &mut self,
        owner: &QualifiedName,
        (from, to): (&str, &str),
        renames: &[sequence::Step],
        aside: &SetAside,
    ) {
        let (old, new) = (Identifier::new(from), Identifier::new(to));
        let mut alter = AlterColumn::new(owner.clone(), old.clone());
        alter.new_name = Some(new.clone());
        let mut tables = self.database.tables.iter();
        if let Some(table) = tables.find(|table| table.name == *owner)
            && let Some(column) = table.column(&old)
        {
            alter.existing = existing(column, numbers_rows(table, column));
            if aside.has(table, &old) {
                alter.existing.checks = Vec::new();
            }
        }
        let decided = renames.iter().find(|(_, target)| target == to);
        let object = decided.map(|(from, _)| Object::Column {
            table: owner.clone(),
            column: Identifier::new(from.as_str()),
        });
        self.push(alter, object, &new);
        let follow = self.language.capabilities.triggers_follow_renames;
        apply::column(&mut self.database, owner, &old, &new, follow);
        if self.numbered(owner).contains(&new) {
            self.sequence((owner, &old), (owner, &new));
        }
    }

    fn others(&mut self, targets: &[Target]) {
        for target in targets {
            match target {
                Target::Table(..) | Target::Column(..) => {}
                Target::Enum(from, to) => {
                    let operation = RenameEnum {
                        name: from.clone(),
                        new_name: to.name.clone(),
                    };
                    self.push(operation, Some(Object::Enum(from.clone())), &to.name);
                    apply::enum_type(&mut self.database, from, to);
                }
                Target::EnumValue(name, from, to) => {
                    let operation = RenameEnumValue {
                        name: name.clone(),
                        value: from.clone(),
                        new_value: to.clone(),
                    };
                    let object = Object::EnumValue {
                        name: name.clone(),
                        value: from.clone(),
                    };
                    self.push(operation, Some(object), &Identifier::new(to.as_str()));
                    apply::enum_value(&mut self.database, name, from, to);
                }
                Target::Sequence(from, to) => {
                    let operation = RenameSequence {
                        name: from.clone(),
                        new_name: to.name.clone(),
                    };
                    self.push(operation, Some(Object::Sequence(from.clone())), &to.name);
                    for sequence in &mut self.database.sequences {
                        if sequence.name == *from {
                            sequence.name = to.clone();
                        }
                    }
                    follow_sequence(&mut self.database, from, to);
                }
            }
        }
    }
}

/// Privileges on a sequence are on it under any name.
fn follow_sequence(database: &mut Database, from: &QualifiedName, to: &QualifiedName) {
    if let Some(grants) = &mut database.grants {
        let target = |name: &QualifiedName| GrantTarget::Sequence(name.clone());
        grants.follow(&target(from), &target(to));
    }
}
