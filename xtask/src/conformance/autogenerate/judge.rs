//! Whether two schemas are the same, seen without the comparison that is on trial: as lines of text.
//!
//! Order does not count, since a database adds new columns at the end. Names that the database made up do not count
//! either, and neither does how SQLite's texts are laid out.

use limbeck::{
    dialect::{Dialect, DialectName},
    schema::{Database, Table},
};
use serde_json::Value;

/// A schema as sorted lines.
pub(super) fn lines(database: &Database, language: &dyn Dialect) -> String {
    let mut database = database.clone();
    for table in &mut database.tables {
        forget_generated_names(table, language);
    }
    let Ok(mut value) = serde_json::to_value(&database) else {
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
    let generated: Vec<bool> = table
        .constraints
        .iter()
        .map(|constraint| language.equivalence().is_generated_name(table, constraint))
        .collect();
    for (constraint, generated) in table.constraints.iter_mut().zip(generated) {
        if generated {
            constraint.set_name(None);
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
