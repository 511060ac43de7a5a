//! What the rows held, and whether they hold it still.

use std::collections::BTreeMap;

use limbeck::{dialect::Query, migrate::Session, schema::Value};

use crate::random::{Table, Words};

/// The columns that both tables have, and what the rows hold in them.
pub(crate) type Held = BTreeMap<(usize, &'static str, i64), Option<String>>;

/// Reads what the rows of a table hold in the columns that the other one has, too. Texts of numbers are equal when the
/// numbers are.
pub(crate) async fn held(
    session: &mut Session<'_>,
    words: Words,
    table: &Table,
    other: &Table,
) -> Held {
    let mut held = Held::new();
    let shared = table.columns.iter().filter(|column| {
        column.values.is_some()
            && other
                .column(column.slot)
                .is_some_and(|one| one.values.is_some())
    });
    for column in shared {
        let text = match words {
            Words::Mariadb => "CHAR",
            _ => "TEXT",
        };
        let name = words.quote(&column.name);
        let only = if words == Words::Postgresql {
            "ONLY "
        } else {
            ""
        };
        let sql = format!(
            "SELECT number, CAST({name} AS {text}) FROM {only}{}",
            words.name(&table.name)
        );
        let rows = session.query(&sql, &[]).await;
        for row in rows.unwrap_or_else(|error| panic!("{error}\nin {sql}")) {
            let number = row[0].as_integer().unwrap();
            let text = match &row[1] {
                Value::Null => None,
                Value::Bytes(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
                other => Some(other.as_text().unwrap_or_default().to_owned()),
            };
            let text = text.map(|text| match text.parse::<f64>() {
                Ok(number) => number.to_string(),
                Err(_) => text,
            });
            held.insert((table.place, column.slot, number), text);
        }
    }
    held
}

/// What is not there any more. NULL may have got a value, where it is refused now.
pub(crate) fn lost(before: &Held, after: &Held, renamed: impl Fn(&str) -> String) -> Vec<String> {
    let lost = before
        .iter()
        .filter(|(place, value)| match (value, after.get(place)) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(was), Some(is)) => is.as_ref() != Some(&renamed(was)),
        });
    lost.map(|(place, value)| format!("{place:?} was {value:?} and is {:?}", after.get(place)))
        .collect()
}
