//! Types that a schema defines, sequences, extensions and namespaces; and the columns of such types.

use super::{
    Schema, Words,
    choices::{Part, Whole},
    columns::Column,
    script::{Script, Stage},
};

/// The schema besides the default one.
pub(super) const OTHER: &str = "other s";

/// The values of the enum; `unhappy` is `sad` under another name.
const VALUES: [&[&str]; 7] = [
    &[],
    &["sad", "ok"],
    &["sad", "it's", "ok"],
    &["ok", "sad"],
    &["ok"],
    &["unhappy", "ok"],
    &["sad", "ok", "high"],
];

impl Schema<'_> {
    /// The values of the enum, none where it is absent.
    pub(crate) fn values(&self) -> &'static [&'static str] {
        VALUES[usize::from(self.draft.whole(Whole::Mood, 7))]
    }

    pub(super) fn has_twice(&self) -> bool {
        self.words != Words::Sqlite && self.draft.whole(Whole::Twice, 5) > 0
    }

    pub(super) fn has_citext(&self) -> bool {
        self.draft.whole(Whole::Extensions, 4) & 1 == 1
    }

    pub(super) fn has_trigrams(&self) -> bool {
        self.draft.whole(Whole::Extensions, 4) & 2 == 2
    }
}

/// Whether the rows may hold the first value: it is there before and after, or the column is not there after.
fn kept(schema: &Schema<'_>, place: usize) -> &'static str {
    let first = schema.values().first().copied().unwrap_or_default();
    match first {
        "sad" | "unhappy" if schema.sad_stays || schema.mood_leaves[place] => first,
        _ => "ok",
    }
}

/// Whether a table is there and has a column of the enum.
pub(super) fn has_mood(schema: &Schema<'_>, place: usize) -> bool {
    let chosen = |part| schema.draft.of_table(place, part, 3) > 0;
    chosen(Part::There) && chosen(Part::Mood) && !schema.values().is_empty()
}

/// A column of the enum.
pub(super) fn mood(schema: &Schema<'_>, place: usize) -> Option<Column> {
    let way = schema.draft.of_table(place, Part::Mood, 3);
    let values = schema.values();
    if way == 0 || values.is_empty() {
        return None;
    }
    let listed: Vec<String> = values.iter().map(|value| Words::text(value)).collect();
    let data_type = match schema.words {
        Words::Postgresql => "mood".to_owned(),
        Words::Mariadb => format!("ENUM({})", listed.join(", ")),
        Words::Sqlite => "VARCHAR(9)".to_owned(),
    };
    let clauses = if way == 2 { "DEFAULT 'ok'" } else { "" };
    let first = kept(schema, place);
    // Only PostgreSQL renames values of an enum.
    let first = if schema.words == Words::Postgresql {
        first
    } else {
        "ok"
    };
    let value = |row| Words::text(if row == 1 { first } else { "ok" });
    Some(Column::of_type(
        "mood",
        data_type,
        clauses.to_owned(),
        value,
    ))
}

/// A column of many values of the enum.
pub(super) fn moods(schema: &Schema<'_>, place: usize) -> Option<Column> {
    let way = schema.draft.of_table(place, Part::Moods, 4);
    if schema.words != Words::Postgresql || way < 2 || schema.values().is_empty() {
        return None;
    }
    let clauses = if way == 2 { "" } else { "DEFAULT '{ok}'" };
    let value = |_| "'{ok,ok}'".to_owned();
    Some(Column::of_type(
        "moods",
        "mood[]".to_owned(),
        clauses.to_owned(),
        value,
    ))
}

/// A column of the domain.
pub(super) fn amount(schema: &Schema<'_>, place: usize) -> Option<Column> {
    let way = schema.draft.of_table(place, Part::Amount, 3);
    if schema.words != Words::Postgresql || way == 0 || schema.draft.whole(Whole::Domain, 8) == 0 {
        return None;
    }
    let clauses = if way == 1 { "" } else { "DEFAULT 3" };
    let value = |row: u8| row.to_string();
    Some(Column::of_type(
        "amount",
        "price".to_owned(),
        clauses.to_owned(),
        value,
    ))
}

/// What a sequence counts like.
fn ticket(words: Words, way: u8) -> &'static str {
    match (words, way) {
        (_, 1) => "",
        (_, 2) => "INCREMENT BY 5",
        (_, 3) => "START WITH 10 INCREMENT BY 2 MINVALUE 1 MAXVALUE 1000 CACHE 3 CYCLE",
        (Words::Mariadb, _) => "START WITH 100",
        _ => "AS integer START WITH 100",
    }
}

pub(super) fn write(schema: &Schema<'_>, script: &mut Script) {
    let (words, draft) = (schema.words, schema.draft);
    let way = draft.whole(Whole::Ticket, 5);
    if way > 0 && words != Words::Sqlite {
        let name = words.quote("ticket");
        let options = ticket(words, way);
        script.push(Stage::Type, format!("CREATE SEQUENCE {name} {options}"));
    }
    if words != Words::Postgresql {
        return;
    }
    if schema
        .tables
        .iter()
        .any(|table| table.name.schema.is_some())
    {
        script.push(
            Stage::Namespace,
            format!("CREATE SCHEMA {}", words.quote(OTHER)),
        );
    }
    for (there, name) in [
        (schema.has_citext(), "citext"),
        (schema.has_trigrams(), "pg_trgm"),
    ] {
        if there {
            script.push(Stage::Namespace, format!("CREATE EXTENSION {name}"));
        }
    }
    let values: Vec<String> = schema
        .values()
        .iter()
        .map(|value| Words::text(value))
        .collect();
    if !values.is_empty() {
        script.push(
            Stage::Type,
            format!("CREATE TYPE mood AS ENUM ({})", values.join(", ")),
        );
    }
    let domain = match draft.whole(Whole::Domain, 8) {
        0 => return,
        1 => "numeric(10,2) CONSTRAINT positive CHECK (VALUE >= 0)",
        2 => "numeric(10,2) DEFAULT 1 CONSTRAINT positive CHECK (VALUE >= 0)",
        3 => {
            "numeric(10,2) CONSTRAINT positive CHECK (VALUE > 0) CONSTRAINT small CHECK (VALUE < 99)"
        }
        4 => "numeric(10,2) DEFAULT 2 NOT NULL",
        5 => "integer CONSTRAINT positive CHECK (VALUE >= 0)",
        6 if schema.has_twice() => "integer CONSTRAINT positive CHECK (twice(VALUE) > 0)",
        _ => "numeric(10,2)",
    };
    script.push(Stage::Domain, format!("CREATE DOMAIN price AS {domain}"));
}
