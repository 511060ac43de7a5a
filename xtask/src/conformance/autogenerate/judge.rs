//! Whether two schemas are the same, seen without the comparison that is on trial: as lines of text.
//!
//! Order does not count, since a database adds new columns at the end. Names that the database made up do not count
//! either, and neither does how SQLite's texts are laid out.

use limbeck::{
    dialect::{Dialect, DialectName},
    schema::{Constraint, Database, Index, Table},
};
use serde_json::Value;

/// Whether a schema is what was expected.
pub(super) fn same(found: &Database, expected: &Database, language: &dyn Dialect) -> bool {
    let (found, expected) = described(found, expected, language);
    found == expected
}

/// What was found and what was expected, as sorted lines.
pub(super) fn described(
    found: &Database,
    expected: &Database,
    language: &dyn Dialect,
) -> (String, String) {
    let (mut found, mut expected) = (found.clone(), expected.clone());
    for one in [&mut found, &mut expected] {
        for table in &mut one.tables {
            forget_generated_names(table, language);
        }
    }
    // Where nobody expects a name, any will do.
    for table in &mut found.tables {
        let mut tables = expected.tables.iter();
        if let Some(other) = tables.find(|other| other.name == table.name) {
            forget_names_of_unnamed(other, table);
        }
    }
    (lines(&found, language), lines(&expected, language))
}

fn lines(database: &Database, language: &dyn Dialect) -> String {
    let Ok(mut value) = serde_json::to_value(database) else {
        return String::new();
    };
    let loose = language.name() == DialectName::Sqlite;
    plain(&mut value, loose);
    let mut lines = Vec::new();
    if let Value::Object(parts) = &value {
        for (part, objects) in parts {
            for object in objects.as_array().into_iter().flatten() {
                describe(part, object, &mut lines);
            }
        }
    }
    lines.sort();
    lines.into_iter().map(|line| line + "\n").collect()
}

fn forget_generated_names(table: &mut Table, language: &dyn Dialect) {
    let equivalence = language.equivalence();
    let mut plain = table.clone();
    for (at, constraint) in table.constraints.iter().enumerate() {
        if equivalence.is_generated_name(table, constraint) {
            plain.constraints[at].set_name(None);
        }
    }
    for (at, index) in table.indexes.iter().enumerate() {
        if equivalence.is_generated_index_name(table, index) {
            plain.indexes[at].name = None;
        }
    }
    *table = plain;
}

/// Takes the name of each constraint and index of `table` whose twin in `other` has none.
fn forget_names_of_unnamed(other: &Table, table: &mut Table) {
    for unnamed in other.constraints.iter().filter(|one| one.name().is_none()) {
        let twin = |one: &&mut Constraint| {
            let mut plain = (**one).clone();
            plain.set_name(None);
            plain == *unnamed
        };
        if !table.constraints.contains(unnamed)
            && let Some(twin) = table.constraints.iter_mut().find(twin)
        {
            twin.set_name(None);
        }
    }
    for unnamed in other.indexes.iter().filter(|one| one.name.is_none()) {
        let twin = |one: &&mut Index| {
            let mut plain = (**one).clone();
            plain.name = None;
            plain == *unnamed
        };
        if !table.indexes.contains(unnamed)
            && let Some(twin) = table.indexes.iter_mut().find(twin)
        {
            twin.name = None;
        }
    }
}

/// A line for the object, and one for each of its columns, constraints and indexes.
fn describe(part: &str, object: &Value, lines: &mut Vec<String>) {
    let mut object = object.clone();
    let name = object
        .get("name")
        .map(ToString::to_string)
        .unwrap_or_default();
    if let Value::Object(fields) = &mut object {
        for inner in ["columns", "constraints", "indexes"] {
            let Some(Value::Array(items)) = fields.get(inner) else {
                continue;
            };
            if items.iter().any(Value::is_object) {
                lines.extend(
                    items
                        .iter()
                        .map(|item| format!("{part} {name} {inner} {item}")),
                );
                fields.remove(inner);
            }
        }
    }
    lines.push(format!("{part} {object}"));
}

/// Texts without white space, quotes and parentheses where the database keeps them as they were written.
fn plain(value: &mut Value, loose: bool) {
    match value {
        Value::String(text) if loose => {
            let counts = |letter: &char| !letter.is_whitespace() && !"\"`[]()".contains(*letter);
            *text = text.chars().filter(counts).collect();
        }
        Value::Array(items) => items.iter_mut().for_each(|item| plain(item, loose)),
        Value::Object(fields) => fields.values_mut().for_each(|field| plain(field, loose)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use limbeck::{
        dialect::{DialectName, dialect},
        schema::{Check, Column, ColumnDefault, DataType},
    };

    use super::*;

    fn database(columns: Vec<Column>, check: Option<&str>) -> Database {
        let mut table = Table::new("t", columns);
        let check = check.map(|name| Constraint::Check(Check::new("a > 0").named(name)));
        table.constraints.extend(check);
        Database {
            tables: vec![table],
            ..Database::default()
        }
    }

    #[test]
    fn order_and_names_that_nobody_gave_do_not_count_and_all_else_does() {
        let postgres = dialect(DialectName::Postgresql, None);
        let column = |name: &str| Column::new(name, DataType::Integer);
        let expected = database(vec![column("a"), column("b")], Some("t_a_check"));
        let same = |found: &Database| same(found, &expected, postgres.as_ref());
        assert!(same(&database(
            vec![column("b"), column("a")],
            Some("given")
        )));
        assert!(!same(&database(vec![column("a"), column("b")], None)));
        assert!(!same(&database(vec![column("a")], Some("t_a_check"))));
        let default = ColumnDefault::Expression("1".to_owned());
        let other = vec![column("a").with_default(default), column("b")];
        assert!(!same(&database(other, Some("t_a_check"))));
        // Who gives a name gets that name.
        let named = database(vec![column("a")], Some("given"));
        let found = database(vec![column("a")], Some("t_a_check"));
        assert!(!super::same(&found, &named, postgres.as_ref()));
    }
}
