//! What constraints are called after the way up: one that the model gives no name keeps the one it has.

use crate::{
    diff::Equivalence,
    schema::{Constraint, Database, Table},
};

/// The wanted schema with the names that a database has after the way up, for the way back from there.
pub(super) fn with_names_of(
    wanted: &Database,
    actual: &Database,
    equivalence: &dyn Equivalence,
) -> Database {
    let mut left = wanted.clone();
    for table in &mut left.tables {
        if let Some(there) = actual.tables.iter().find(|one| one.name == table.name) {
            keep_names(table, there, equivalence);
        }
    }
    left
}

fn keep_names(table: &mut Table, there: &Table, equivalence: &dyn Equivalence) {
    let model = table.clone();
    let mut taken: Vec<&Constraint> = there
        .constraints
        .iter()
        .filter(|one| one.name().is_some() && model.constraints.contains(one))
        .collect();
    for (constraint, stated) in table.constraints.iter_mut().zip(&model.constraints) {
        let has_name = stated.name().is_some() && !equivalence.is_generated_name(&model, stated);
        if has_name || there.constraints.contains(stated) {
            continue;
        }
        let mut candidates = there.constraints.iter();
        let found =
            candidates.find(|one| nameless(one) == nameless(stated) && !taken.contains(one));
        if let Some(found) = found {
            taken.push(found);
            constraint.set_name(found.name().cloned());
        }
    }
}

fn nameless(constraint: &Constraint) -> Constraint {
    let mut copy = constraint.clone();
    copy.set_name(None);
    copy
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diff::TextEquality,
        schema::{ForeignKey, Unique},
    };

    fn database(constraints: Vec<Constraint>) -> Database {
        let mut table = Table::new("book", Vec::new());
        table.constraints = constraints;
        Database {
            tables: vec![table],
            ..Database::default()
        }
    }

    #[test]
    fn a_name_that_the_model_does_not_say_stays() {
        let key = || ForeignKey::new(["author"], "author", ["id"]);
        let unique = || Unique::new(["isbn"]);
        let actual = database(vec![
            Constraint::ForeignKey(key().named("fk_author")),
            Constraint::Unique(unique().named("one")),
            Constraint::Unique(unique().named("two")),
        ]);
        let wanted = database(vec![
            Constraint::ForeignKey(key()),
            Constraint::Unique(unique().named("one")),
            Constraint::Unique(unique()),
        ]);
        let left = with_names_of(&wanted, &actual, &TextEquality);
        assert_eq!(left, actual);
        let other = database(vec![Constraint::Unique(unique().named("other"))]);
        assert_eq!(with_names_of(&other, &actual, &TextEquality), other);
    }
}
