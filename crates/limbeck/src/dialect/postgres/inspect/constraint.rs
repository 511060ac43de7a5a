//! Checks and foreign keys. Keys and exclusions are read with their indexes.

use super::{Names, Relations, about};
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, InspectionRequest},
    },
    schema::{Check, Constraint, Deferral, ForeignKey, Identifier},
};

/// Reads the checks and foreign keys of all relations.
pub(super) async fn read_all(
    query: &mut dyn Query,
    request: &InspectionRequest,
    relations: &mut Relations,
    names: &Names,
) -> Result<(), InspectError> {
    let inherited = if request.implied {
        ""
    } else {
        " AND c.conparentid = 0"
    };
    // The text of a foreign key is needed only for the columns of SET NULL (a, b).
    let sql = format!(
        "SELECT c.conrelid, c.contype, c.conname, c.convalidated, c.connoinherit, c.condeferrable, c.condeferred, \
         CASE WHEN c.contype = 'c' OR c.confdeltype IN ('n', 'd') THEN pg_get_constraintdef(c.oid, true) END, \
         (SELECT json_agg(a.attname ORDER BY k.ord) FROM unnest(c.conkey) WITH ORDINALITY AS k (num, ord) \
          JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.num), fn.nspname, f.relname, \
         (SELECT json_agg(a.attname ORDER BY k.ord) FROM unnest(c.confkey) WITH ORDINALITY AS k (num, ord) \
          JOIN pg_attribute AS a ON a.attrelid = c.confrelid AND a.attnum = k.num), c.confmatchtype, c.confdeltype, c.confupdtype \
         FROM pg_constraint AS c LEFT JOIN pg_class AS f ON f.oid = c.confrelid \
         LEFT JOIN pg_namespace AS fn ON fn.oid = f.relnamespace \
         WHERE c.conrelid = ANY($1::oid[]) AND c.contype IN ('c', 'f'){inherited} ORDER BY c.contype, c.conname"
    );
    for mut cells in about(query, relations, "the constraints", &sql).await? {
        let relation = cells.number().unwrap_or_default();
        let constraint = match cells.text().as_str() {
            "f" => Constraint::ForeignKey(foreign_key(&mut cells, names)),
            _ => Constraint::Check(check(&mut cells)),
        };
        if let Some(table) = relations.table(relation) {
            table.constraints.push(constraint);
        }
    }
    Ok(())
}

fn check(cells: &mut Cells) -> Check {
    let name = Identifier::new(cells.text());
    let valid = cells.flag();
    let no_inherit = cells.flag();
    cells.flag();
    cells.flag();
    Check {
        name: Some(name),
        not_valid: !valid,
        no_inherit,
        ..Check::new(condition(&cells.text()))
    }
}

/// What `CHECK (…)` holds.
pub(super) fn condition(definition: &str) -> &str {
    let text = definition.strip_suffix(" NOT VALID").unwrap_or(definition);
    let text = text.strip_suffix(" NO INHERIT").unwrap_or(text);
    text.strip_prefix("CHECK (")
        .and_then(|rest| rest.strip_suffix(')'))
        .unwrap_or(text)
}

fn foreign_key(cells: &mut Cells, names: &Names) -> ForeignKey {
    let name = Identifier::new(cells.text());
    let valid = cells.flag();
    cells.flag();
    let deferral = deferral(cells.flag(), cells.flag());
    let definition = cells.maybe();
    let columns: Vec<String> = cells.json();
    let schema = cells.text();
    let target = names.qualified(&schema, &cells.text());
    let target_columns: Vec<String> = cells.json();
    let mut key = ForeignKey::new(columns, target, target_columns).named(name);
    key.not_valid = !valid;
    key.deferral = deferral;
    key.matching = match cells.text().as_str() {
        "f" => Some("FULL".to_owned()),
        "p" => Some("PARTIAL".to_owned()),
        _ => None,
    };
    let some = definition.as_deref().and_then(columns_of_action);
    key.on_delete = action(&cells.text()).map(|words| match some {
        Some(columns) => format!("{words} {columns}"),
        None => words.to_owned(),
    });
    key.on_update = action(&cells.text()).map(str::to_owned);
    key
}

/// The columns, in parentheses, that `ON DELETE SET …` happens to.
fn columns_of_action(definition: &str) -> Option<&str> {
    let (_, action) = definition.split_once(" ON DELETE SET ")?;
    let rest = action
        .strip_prefix("NULL ")
        .or_else(|| action.strip_prefix("DEFAULT "))?;
    let end = rest.find(')')?;
    rest.get(..=end).filter(|text| text.starts_with('('))
}

fn action(letter: &str) -> Option<&'static str> {
    Some(match letter {
        "r" => "RESTRICT",
        "c" => "CASCADE",
        "n" => "SET NULL",
        "d" => "SET DEFAULT",
        _ => return None,
    })
}

/// When a constraint is tested.
pub(super) fn deferral(deferrable: bool, deferred: bool) -> Deferral {
    Deferral {
        deferrable: deferrable.then_some(true),
        initially: deferred.then(|| "DEFERRED".to_owned()),
    }
}
