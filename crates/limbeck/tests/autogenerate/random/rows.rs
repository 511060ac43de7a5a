//! Rows of the tables, and what is decided about them before a comparison.

use limbeck::{
    diff::{Decisions, Fill, RenameDecision},
    schema::{Identifier, QualifiedName},
};

use super::{Schema, Words, columns::Column, tables::Table};

/// The statements that fill a schema, when `other` comes after it: what would not be allowed there is not in the rows.
pub(crate) fn rows(schema: &Schema<'_>, other: &Schema<'_>) -> Vec<String> {
    let words = schema.words;
    let mut statements = Vec::new();
    for table in &schema.tables {
        for row in 0..3 {
            let held = |column: &Column| {
                let value = column.value(row)?;
                Some((column.name.clone(), value.to_owned()))
            };
            let (names, values): (Vec<String>, Vec<String>) =
                table.columns.iter().filter_map(held).unzip();
            let (name, names) = (words.name(&table.name), words.names(&names));
            let values = values.join(", ");
            statements.push(format!("INSERT INTO {name} ({names}) VALUES ({values})"));
        }
    }
    for table in &schema.tables {
        let stays = |place: usize| {
            let found = |one: &Schema<'_>| {
                one.tables
                    .iter()
                    .find(|table| table.place == place)
                    .map(|one| one.name.schema.clone())
            };
            let (here, there) = (found(schema), found(other));
            here.is_some() && here == there
        };
        let targets = [schema.target(table.place), other.target(table.place)];
        if targets
            .into_iter()
            .flatten()
            .all(|(target, _)| stays(target))
            && stays(table.place)
        {
            let name = words.name(&table.name);
            statements.push(format!("UPDATE {name} SET refers = 1 WHERE number = 2"));
        }
    }
    if schema.measure().is_some() {
        statements.extend(
            [1, 2, 3].map(|day| format!("INSERT INTO measure (day, amount) VALUES ({day}, 5)")),
        );
    }
    statements
}

fn path(name: &QualifiedName) -> Vec<Identifier> {
    let schema = name.schema.iter().cloned();
    schema.chain([name.name.clone()]).collect()
}

/// Tables that are in both, though perhaps under another name. Nothing moves from one namespace to another.
pub(crate) fn in_both<'s>(from: &'s Schema<'_>, to: &'s Schema<'_>) -> Vec<(&'s Table, &'s Table)> {
    let pair = |table: &'s Table| {
        let other = to.tables.iter().find(|other| other.place == table.place)?;
        (other.name.schema == table.name.schema).then_some((table, other))
    };
    from.tables.iter().filter_map(pair).collect()
}

/// What somebody who knows both schemas decides: renames are renames, all else that is gone is dropped, and whatever
/// wants a value gets one, another for each row.
pub(crate) fn decisions(from: &Schema<'_>, to: &Schema<'_>) -> Decisions {
    let mut renames = Vec::new();
    for (table, other) in in_both(from, to) {
        if table.name != other.name {
            renames.push(RenameDecision {
                from: path(&table.name),
                to: path(&other.name),
            });
        }
        for column in &table.columns {
            let Some(wanted) = other.column(column.slot) else {
                continue;
            };
            if column.name != wanted.name {
                let whole = |table: &Table, column: &Column| {
                    let mut path = path(&table.name);
                    path.push(Identifier::new(column.name.as_str()));
                    path
                };
                renames.push(RenameDecision {
                    from: whole(table, column),
                    to: whole(other, wanted),
                });
            }
        }
    }
    if from.words == Words::Postgresql {
        let named = |one: &'static str| vec![Identifier::new("mood"), Identifier::new(one)];
        let sad = |one: &Schema<'_>| {
            one.values()
                .iter()
                .copied()
                .find(|value| value.contains("sad") || *value == "unhappy")
        };
        if let (Some(one), Some(two)) = (sad(from), sad(to))
            && one != two
        {
            renames.push(RenameDecision {
                from: named(one),
                to: named(two),
            });
        }
    }
    let tables = from.tables.iter().chain(&to.tables);
    let fills = tables.flat_map(|table| {
        table.columns.iter().filter_map(|column| {
            Some(Fill {
                table: table.name.clone(),
                column: Identifier::new(column.name.as_str()),
                expression: fill(from.words, column)?,
                batch_rows: None,
            })
        })
    });
    Decisions {
        renames,
        accept_drops: true,
        fills: fills.collect(),
    }
}

/// Another value for each row.
fn fill(words: Words, column: &Column) -> Option<String> {
    column.values.as_ref()?;
    let number = "number".to_owned();
    let text = |text: &str| match words {
        Words::Mariadb => format!("concat({}, number)", Words::text(text)),
        _ => format!("{} || number", Words::text(text)),
    };
    let cast = |text: String| match words {
        Words::Postgresql => format!("CAST({text} AS {})", column.data_type),
        _ => text,
    };
    Some(match column.slot {
        "x\"y" => cast(text("2026-01-0")),
        "z_9" => cast(text("2026-01-02 03:04:0")),
        "ünï" => "'{}'".to_owned(),
        _ if column.keyable
            || column.slot == "order"
            || column.slot == "a"
            || column.slot == "B c" =>
        {
            number
        }
        _ => return None,
    })
}
