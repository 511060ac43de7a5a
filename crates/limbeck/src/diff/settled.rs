//! The names that unnamed constraints and indexes, and the sequences of numbered columns, will have in the end.
//!
//! A model that gives no name is content with any. What is there keeps the one it has, so the way back must look for that
//! one; and what is added must not take one that is there already.

use std::borrow::Cow;

use super::{
    Decisions, Language,
    canonical::{canonical, sort_parts},
    constraint, index, own_sequence,
    pairing::ByName,
    parts::{Matching, Part, side_by_side},
    rename,
};
use crate::schema::{Constraint, Database, Identifier, Index, Table};

/// The wanted schema with the names that its unnamed constraints and indexes and the sequences of its numbered columns will
/// have when it has been reached from the actual one. A comparison the other way round has to begin with it.
pub fn settled(
    actual: &Database,
    wanted: &Database,
    language: Language<'_>,
    decisions: &Decisions,
) -> Database {
    let renamed = match decisions.renames.is_empty() {
        true => Cow::Borrowed(actual),
        false => {
            let actual = rename::renamed(canonical(actual), wanted, decisions, language);
            Cow::Owned(actual.database)
        }
    };
    let tables = ByName::of(&renamed.tables, |table| &table.name, language.equivalence);
    let mut settled = wanted.clone();
    own_sequence::keep(&renamed, &tables, &mut settled, language.equivalence);
    for table in &mut settled.tables {
        if let Some(actual) = tables.find(&table.name)
            && actual != table
        {
            let mut sorted = actual.clone();
            sort_parts(&mut sorted);
            let actual = &sorted;
            let constraints = constraint_names(actual, table, language);
            let indexes = index_names(actual, table, language);
            for (constraint, name) in table.constraints.iter_mut().zip(constraints) {
                if let Some(name) = name {
                    constraint.set_name(Some(name));
                }
            }
            for (index, name) in table.indexes.iter_mut().zip(indexes) {
                if let Some(name) = name {
                    index.name = Some(name);
                }
            }
        }
    }
    settled
}

/// For each wanted constraint its new name, if it gets one.
fn constraint_names(
    actual: &Table,
    wanted: &Table,
    language: Language<'_>,
) -> Vec<Option<Identifier>> {
    let equivalence = language.equivalence;
    let name_of = |table: &Table, constraint: &Constraint| {
        let said = constraint.name().cloned();
        said.filter(|_| !equivalence.is_generated_name(table, constraint))
    };
    let parts = side_by_side(
        &actual.constraints,
        &wanted.constraints,
        &Matching {
            equivalence,
            actual_name: &|one| name_of(actual, one),
            wanted_name: &|one| name_of(wanted, one),
            same: &|a, b| constraint::same(equivalence, a, b),
            can_rename: language.capabilities.rename_constraint,
        },
    );
    let generated = |one: &Constraint, name: &Identifier| {
        let mut renamed = one.clone();
        renamed.set_name(Some(name.clone()));
        equivalence.is_generated_name(wanted, &renamed)
    };
    names(&parts, Constraint::name, &generated)
}

/// For each wanted index its new name, if it gets one.
fn index_names(actual: &Table, wanted: &Table, language: Language<'_>) -> Vec<Option<Identifier>> {
    let equivalence = language.equivalence;
    let name_of = |table: &Table, index: &Index| {
        let said = index.name.clone();
        said.filter(|_| !equivalence.is_generated_index_name(table, index))
    };
    let parts = side_by_side(
        &actual.indexes,
        &wanted.indexes,
        &Matching {
            equivalence,
            actual_name: &|one| name_of(actual, one),
            wanted_name: &|one| name_of(wanted, one),
            same: &|a, b| index::same(equivalence, a, b),
            can_rename: true,
        },
    );
    let generated = |one: &Index, name: &Identifier| {
        let renamed = Index {
            name: Some(name.clone()),
            ..one.clone()
        };
        equivalence.is_generated_index_name(wanted, &renamed)
    };
    names(&parts, |index| index.name.as_ref(), &generated)
}

/// The parts of the wanted side come first and in its order.
fn names<T>(
    parts: &[Part<'_, T>],
    name_of: impl Fn(&T) -> Option<&Identifier>,
    generated: &dyn Fn(&T, &Identifier) -> bool,
) -> Vec<Option<Identifier>> {
    let unnamed = |one: &T| name_of(one).is_none_or(|name| generated(one, name));
    // What stays has its name; what is named gets its own.
    let mut taken: Vec<Identifier> = Vec::new();
    for part in parts {
        match part {
            Part::Same(actual, wanted) if unnamed(wanted) => taken.extend(name_of(actual).cloned()),
            Part::Same(_, wanted) | Part::Renamed(_, wanted) => {
                taken.extend(name_of(wanted).cloned());
            }
            Part::Added(wanted) | Part::Changed(_, wanted) | Part::SetAside(_, wanted)
                if !unnamed(wanted) =>
            {
                taken.extend(name_of(wanted).cloned());
            }
            _ => {}
        }
    }
    let mut names = Vec::new();
    for part in parts {
        match part {
            Part::Removed(_) => {}
            Part::Same(actual, wanted) if unnamed(wanted) => names.push(name_of(actual).cloned()),
            Part::Added(wanted) | Part::Changed(_, wanted) if unnamed(wanted) => {
                let free =
                    name_of(wanted).and_then(|name| free::<T>(wanted, name, &taken, generated));
                taken.extend(free.clone());
                names.push(free);
            }
            _ => names.push(None),
        }
    }
    names
}

/// The name, or the first with a number behind it, that the database might have made up and that nobody has.
fn free<T>(
    one: &T,
    name: &Identifier,
    taken: &[Identifier],
    generated: &dyn Fn(&T, &Identifier) -> bool,
) -> Option<Identifier> {
    if !taken.contains(name) {
        return Some(name.clone());
    }
    let base = name
        .as_str()
        .trim_end_matches(|letter: char| letter.is_ascii_digit());
    let numbered = (1..=taken.len() + 1).flat_map(|number| {
        let next = Identifier::new(format!("{base}{number}"));
        let apart = Identifier::new(format!("{base}_{number}"));
        [next, apart]
    });
    let mut free = numbered.filter(|name| !taken.contains(name) && generated(one, name));
    free.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dialect::{Dialect, Mysql, Postgres, Sqlite},
        schema::{Check, Column, DataType, ForeignKey, Unique},
    };

    fn settle(dialect: &dyn Dialect, actual: Table, wanted: Table) -> Table {
        let database = |table: Table| Database {
            tables: vec![table],
            ..Database::default()
        };
        let language = Language {
            capabilities: dialect.capabilities(),
            equivalence: dialect.equivalence(),
        };
        let (actual, wanted) = (database(actual), database(wanted));
        let settled = settled(&actual, &wanted, language, &Decisions::default());
        settled.tables[0].clone()
    }

    fn table() -> Table {
        let column = |name: &str| Column::new(name, DataType::Integer);
        Table::new("t", vec![column("x"), column("y")])
    }

    fn check(condition: &str, name: &str) -> Constraint {
        Constraint::Check(Check::new(condition).named(name))
    }

    #[test]
    fn what_stays_keeps_its_name_and_what_comes_takes_a_free_one() {
        let actual = table()
            .with_constraint(check("x > 0", "t_check"))
            .with_constraint(check("x > 1", "given"));
        let wanted = table()
            .with_constraint(check("y > 0", "t_check"))
            .with_constraint(check("x > 0", "t_check1"))
            .with_constraint(check("x > 1", "t_check2"))
            .with_constraint(check("x > 2", "mine"));
        let settled = settle(&Postgres::new(None), actual, wanted);
        let names: Vec<&str> = settled
            .constraints
            .iter()
            .filter_map(|one| one.name().map(Identifier::as_str))
            .collect();
        assert_eq!(names, ["t_check1", "t_check", "given", "mine"]);
    }

    #[test]
    fn a_name_that_the_model_does_not_say_stays() {
        let key = || ForeignKey::new(["author"], "author", ["id"]);
        let unique = || Unique::new(["isbn"]);
        let actual = table()
            .with_constraint(Constraint::ForeignKey(key().named("fk_author")))
            .with_constraint(Constraint::Unique(unique().named("one")))
            .with_constraint(Constraint::Unique(unique().named("two")));
        let wanted = table()
            .with_constraint(Constraint::ForeignKey(key()))
            .with_constraint(Constraint::Unique(unique().named("one")))
            .with_constraint(Constraint::Unique(unique()));
        let sqlite = Sqlite::new(None);
        assert_eq!(settle(&sqlite, actual.clone(), wanted), actual);
        let other = table().with_constraint(Constraint::Unique(unique().named("other")));
        assert_eq!(settle(&sqlite, actual, other.clone()), other);
    }

    #[test]
    fn indexes_that_have_their_names_from_columns_make_room() {
        let actual = table().with_index(Index::new("x", ["x", "y"]).unique());
        let wanted = table()
            .with_index(Index::new("x", ["x"]).unique())
            .with_index(Index::new("x_2", ["x", "y"]).unique());
        let settled = settle(&Mysql::mariadb(None), actual, wanted);
        let names: Vec<&str> = settled
            .indexes
            .iter()
            .filter_map(|one| one.name.as_ref().map(Identifier::as_str))
            .collect();
        assert_eq!(names, ["x_1", "x"]);
    }
}
