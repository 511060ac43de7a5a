//! Random schemas over a few names, so that two of them have much in common; and a row for each table.

use limbeck::{
    dialect::{Dialect, DialectName},
    diff::{Decisions, Fill},
    schema::{
        Check, Column, ColumnDefault, Computed, Constraint, DataType, Database, EnumType,
        ForeignKey, Index, IndexElement, PrimaryKey, SortOrder, Table, Unique, View,
    },
};
use proptest::{collection::vec, option, prelude::*};

/// Columns whose type may become any other of them.
const CHANGING: [&str; 3] = ["a", "B c", "order"];
/// Columns whose type stays.
const FIXED: [&str; 3] = ["x\"y", "ünï", "z_9"];
/// Tables, each there or not.
const TABLES: [&str; 4] = ["one", "Two t", "select", "four"];

/// A column: the number of its type and of its default, whether it takes NULL, whether it has a comment.
type ColumnDraft = (u8, u8, bool, bool);

/// The parts of a table by number.
#[derive(Clone, Debug)]
pub(crate) struct TableDraft {
    columns: Vec<Option<ColumnDraft>>,
    key: u8,
    unique: u8,
    check: u8,
    index: u8,
    refers: u8,
    computed: u8,
    comment: bool,
    view: bool,
    mood: u8,
}

fn table_draft() -> impl Strategy<Value = TableDraft> {
    let column = (any::<u8>(), any::<u8>(), any::<bool>(), any::<bool>());
    let columns = vec(option::of(column), CHANGING.len() + FIXED.len());
    let numbers = (0..4u8, 0..3u8, 0..4u8, 0..5u8, 0..8u8, 0..3u8, 0..3u8);
    (columns, numbers, any::<bool>(), any::<bool>()).prop_map(
        |(columns, (key, unique, check, index, refers, computed, mood), comment, view)| {
            TableDraft {
                columns,
                key,
                unique,
                check,
                index,
                refers,
                computed,
                comment,
                view,
                mood,
            }
        },
    )
}

/// A schema: its tables, and which values its enum has.
pub(crate) type Draft = (Vec<Option<TableDraft>>, u8);

pub(crate) fn drafts() -> impl Strategy<Value = Draft> {
    let tables = vec(option::weighted(0.8, table_draft()), TABLES.len());
    (tables, 0..4u8)
}

fn changing_type(dialect: DialectName, number: u8) -> DataType {
    let types = [
        DataType::Integer,
        DataType::BigInteger,
        DataType::string(40),
        DataType::string(20),
        DataType::Numeric {
            precision: Some(10),
            scale: Some(2),
        },
        match dialect {
            DialectName::Mariadb => DataType::SmallInteger,
            _ => DataType::text(),
        },
    ];
    types[usize::from(number) % types.len()].clone()
}

fn fixed_type(place: usize) -> DataType {
    match place {
        0 => DataType::Date,
        1 => DataType::Json,
        _ => DataType::DateTime { time_zone: false },
    }
}

fn default(data_type: &DataType, number: u8) -> Option<ColumnDefault> {
    let text = match (data_type, number % 3) {
        (_, 0) => return None,
        (DataType::Integer | DataType::BigInteger | DataType::SmallInteger, 1) => "7",
        (DataType::Integer | DataType::BigInteger | DataType::SmallInteger, _) => "42",
        (DataType::String { .. }, 1) => "'it''s'",
        (DataType::String { .. }, _) => "'8'",
        (DataType::Numeric { .. }, _) => "0.50",
        (DataType::DateTime { .. }, _) => "CURRENT_TIMESTAMP",
        _ => return None,
    };
    Some(ColumnDefault::Expression(text.to_owned()))
}

const VALUES: [&[&str]; 4] = [
    &["sad", "ok"],
    &["sad", "it's", "ok"],
    &["ok", "sad"],
    &["ok"],
];

fn mood(dialect: DialectName, number: u8) -> DataType {
    let values = VALUES[usize::from(number)];
    match dialect {
        DialectName::Postgresql => DataType::Enum(EnumType {
            create_type: false,
            ..EnumType::new("mood", values)
        }),
        DialectName::Mariadb => DataType::Enum(EnumType {
            name: None,
            ..EnumType::new("", values)
        }),
        _ => DataType::string(9),
    }
}

fn columns(dialect: DialectName, draft: &TableDraft, values: u8) -> Vec<Column> {
    let mut number = Column::new("number", DataType::Integer).not_null();
    number.autoincrement = Some(false);
    let mut columns = vec![number, Column::new("refers", DataType::Integer)];
    let names = CHANGING.iter().chain(&FIXED).enumerate();
    for ((place, name), draft) in names.zip(&draft.columns) {
        let Some((kind, value, nullable, comment)) = draft else {
            continue;
        };
        let data_type = match place.checked_sub(CHANGING.len()) {
            None => changing_type(dialect, *kind),
            Some(place) => fixed_type(place),
        };
        let mut column = Column::new(*name, data_type.clone());
        column.default = default(&data_type, *value);
        column.nullable = *nullable;
        column.comment = comment.then(|| format!("the '{name}'"));
        columns.push(column);
    }
    if draft.mood > 0 {
        let mut column = Column::new("mood", mood(dialect, values));
        if draft.mood > 1 {
            let text = match dialect {
                DialectName::Postgresql => "'ok'::mood",
                _ => "'ok'",
            };
            column.default = Some(ColumnDefault::Expression(text.to_owned()));
        }
        columns.push(column);
    }
    if draft.computed > 0 {
        let mut column = Column::new("computed", DataType::Integer);
        column.default = Some(ColumnDefault::Computed(Computed {
            expression: format!("number * {}", draft.computed),
            persisted: Some(true),
        }));
        columns.push(column);
    }
    columns
}

/// The columns that a key may have.
fn keys(table: &Table) -> Vec<String> {
    let keyable = |column: &&Column| {
        let long = matches!(column.data_type, DataType::Json | DataType::Text { .. });
        let own = ["number", "refers", "computed", "mood"].contains(&column.name.as_str());
        !long && !own
    };
    let columns = table.columns.iter().filter(keyable);
    columns.map(|column| column.name.to_string()).collect()
}

fn table(dialect: DialectName, place: usize, draft: &TableDraft, all: &Draft) -> Table {
    let mut table = Table::new(TABLES[place], columns(dialect, draft, all.1));
    table.comment = draft.comment.then(|| format!("table {place}"));
    let keys = keys(&table);
    let first =
        |count: u8| -> Vec<String> { keys.iter().take(usize::from(count)).cloned().collect() };
    let unique = Unique::new(["number"]).named(format!("uq_number_{place}"));
    table.constraints.push(Constraint::Unique(unique));
    let key = match draft.key {
        3 => vec!["number".to_owned()],
        count => first(count),
    };
    if !key.is_empty() {
        for column in &mut table.columns {
            if key.contains(&column.name.to_string()) {
                column.nullable = false;
                // MariaDB refuses such a column in a generated one and in a CHECK.
                let read = draft.computed > 0 || draft.check > 0;
                let counts = draft.key == 3 && dialect == DialectName::Mariadb && !read;
                if counts {
                    column.autoincrement = Some(true);
                } else if column.data_type.is_number() {
                    column.autoincrement = Some(false);
                }
            }
        }
        let constraint = PrimaryKey::new(key).named(format!("pk_{place}"));
        table.constraints.push(Constraint::PrimaryKey(constraint));
    }
    let unique = first(draft.unique);
    if !unique.is_empty() {
        let constraint = Unique::new(unique).named(format!("uq_{place}"));
        table.constraints.push(Constraint::Unique(constraint));
    }
    let condition = match draft.check {
        0 => None,
        1 => Some(Check::new("number > 0").named(format!("ck_{place}"))),
        2 => Some(Check::new("number > 0 AND number <> 7").named(format!("ck_{place}"))),
        _ => Some(Check::new("number < 9").named(format!("other_ck_{place}"))),
    };
    table.constraints.extend(condition.map(Constraint::Check));
    let target = usize::from(draft.refers);
    if all.0.get(target).is_some_and(Option::is_some) {
        let constraint = ForeignKey::new(["refers"], TABLES[target], ["number"])
            .named(format!("fk_{place}"))
            .on_delete(if draft.check > 1 {
                "CASCADE"
            } else {
                "SET NULL"
            });
        table.constraints.push(Constraint::ForeignKey(constraint));
    }
    if let (true, Some(first)) = (draft.index > 0, keys.first()) {
        let mut index = Index::new(format!("ix_{place}"), ["number", first]);
        if let Some(IndexElement { order, .. }) = index.elements.first_mut() {
            *order = (draft.index == 2).then_some(SortOrder::Descending);
        }
        index.unique = draft.index == 3;
        if draft.index == 4 {
            index.name = Some(format!("ix_other_{place}").as_str().into());
        }
        table.indexes.push(index);
    }
    table
}

/// The schema of a draft.
pub(crate) fn schema(dialect: &dyn Dialect, draft: &Draft) -> Database {
    let name = dialect.name();
    let drafts = draft.0.iter().enumerate();
    let there = drafts.filter_map(|(place, table)| Some((place, table.as_ref()?)));
    let mut database = Database::default();
    for (place, one) in there {
        let table = table(name, place, one, draft);
        if one.view {
            let mut columns = vec![dialect.quote(&"number".into())];
            let more = table
                .columns
                .iter()
                .filter(|column| column.name.as_str() == "a");
            columns.extend(more.map(|column| dialect.quote(&column.name)));
            let query = format!(
                "SELECT {} FROM {}",
                columns.join(", "),
                dialect.qualified(&table.name)
            );
            let view = format!("view_{place}");
            database.views.push(View::new(view.as_str(), query));
            let again = format!("SELECT number FROM {view}");
            let view = format!("a_view_of_{view}");
            database.views.push(View::new(view.as_str(), again));
        }
        database.tables.push(table);
    }
    if name == DialectName::Postgresql {
        let values = VALUES[usize::from(draft.1)];
        database.enums = vec![EnumType::new("mood", values)];
    }
    database
}

/// A value that fits the column whatever it is on a database; texts that are numbers fit every type that changes.
fn value(column: &Column) -> &'static str {
    match column.name.as_str() {
        "number" => "1",
        "refers" => "NULL",
        "mood" => "'ok'",
        "x\"y" => "'2026-01-02'",
        "ünï" => "'{}'",
        "z_9" => "'2026-01-02 03:04:05'",
        _ => "'1'",
    }
}

/// A statement that gives a table its row.
pub(crate) fn row(dialect: &dyn Dialect, table: &Table) -> String {
    let plain = table
        .columns
        .iter()
        .filter(|column| column.computed().is_none());
    let (names, values): (Vec<String>, Vec<&str>) = plain
        .map(|column| (dialect.quote(&column.name), value(column)))
        .unzip();
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        dialect.qualified(&table.name),
        names.join(", "),
        values.join(", ")
    )
}

/// Nothing is asked: what is gone is dropped, and whatever wants a value gets one.
pub(crate) fn decided(databases: &[&Database]) -> Decisions {
    let tables = databases.iter().flat_map(|database| &database.tables);
    let columns = tables.flat_map(|table| table.columns.iter().map(move |one| (table, one)));
    Decisions {
        accept_drops: true,
        fills: columns
            .map(|(table, column)| Fill {
                table: table.name.clone(),
                column: column.name.clone(),
                expression: value(column).to_owned(),
                batch_rows: None,
            })
            .collect(),
        ..Decisions::default()
    }
}
