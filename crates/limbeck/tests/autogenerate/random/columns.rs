//! The columns of a table, with what the rows hold in them.

use super::{
    Schema, Words,
    choices::{Part, SLOTS, Slot, Whole},
    types,
};

/// Names of the columns that may be absent: three whose type may change, then three whose type stays.
const NAMES: [&str; SLOTS] = ["a", "B c", "order", "x\"y", "ünï", "z_9"];

/// A column as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// What it is, whatever its name is now.
    pub(crate) slot: &'static str,
    pub(crate) name: String,
    pub(crate) data_type: String,
    /// What comes after the type.
    pub(crate) clauses: String,
    pub(crate) nullable: bool,
    pub(crate) comment: Option<String>,
    /// What SQLite does with a NULL that is refused.
    on_conflict: &'static str,
    /// Whether a key may have it.
    pub(crate) keyable: bool,
    /// What three rows hold, as SQL; nothing where the database says it.
    pub(crate) values: Option<[String; 3]>,
    /// Whether the last row lacks a value where it may.
    pub(crate) lacking: bool,
}

impl Column {
    fn new(slot: &'static str, data_type: impl Into<String>) -> Column {
        Column {
            slot,
            name: slot.to_owned(),
            data_type: data_type.into(),
            clauses: String::new(),
            nullable: true,
            comment: None,
            on_conflict: "",
            keyable: false,
            values: None,
            lacking: false,
        }
    }

    fn holding(mut self, value: impl Fn(u8) -> String) -> Column {
        self.values = Some([value(1), value(2), value(3)]);
        self
    }

    fn with(mut self, clauses: impl Into<String>) -> Column {
        self.clauses = clauses.into();
        self
    }

    /// What a row holds, counted from 0; nothing where the database says it.
    pub(super) fn value(&self, row: usize) -> Option<&str> {
        let value = self.values.as_ref()?.get(row)?;
        Some(if self.lacking && self.nullable && row == 2 {
            "NULL"
        } else {
            value
        })
    }

    /// Its definition in a table.
    pub(super) fn definition(&self, words: Words) -> String {
        let mut text = format!("{} {}", words.quote(&self.name), self.data_type);
        if !self.clauses.is_empty() {
            text.push(' ');
            text.push_str(&self.clauses);
        }
        if !self.nullable {
            text.push_str(" NOT NULL");
            text.push_str(self.on_conflict);
        }
        if let (Words::Mariadb, Some(comment)) = (words, &self.comment) {
            text.push_str(&format!(" COMMENT {}", Words::text(comment)));
        }
        text
    }
}

fn changing_type(words: Words, number: u8) -> &'static str {
    match number {
        1 => "INTEGER",
        2 => "BIGINT",
        3 => "VARCHAR(40)",
        4 => "VARCHAR(20)",
        5 => "NUMERIC(10,2)",
        _ if words == Words::Mariadb => "SMALLINT",
        _ => "TEXT",
    }
}

fn default(data_type: &str, number: u8) -> Option<&'static str> {
    Some(match (data_type, number) {
        (_, 0) => return None,
        ("INTEGER" | "BIGINT" | "SMALLINT", 1) => "7",
        ("INTEGER" | "BIGINT" | "SMALLINT", _) => "42",
        ("VARCHAR(40)" | "VARCHAR(20)", 1) => "'it''s'",
        ("VARCHAR(40)" | "VARCHAR(20)", _) => "'8'",
        ("NUMERIC(10,2)", _) => "0.50",
        ("TIMESTAMP" | "DATETIME", _) => "CURRENT_TIMESTAMP",
        _ => return None,
    })
}

fn of_slot(schema: &Schema<'_>, place: usize, slot: usize) -> Option<Column> {
    let (words, draft) = (schema.words, schema.draft);
    let choose = |topic, count| draft.of_column(place, slot, topic, count);
    let number = choose(Slot::Type, 7);
    if number == 0 {
        return None;
    }
    let column = match slot {
        3 => Column::new(NAMES[slot], "DATE").holding(|row| format!("'2026-01-0{row}'")),
        4 => {
            let json = ["JSON", "JSONB"][usize::from(words == Words::Postgresql)];
            Column::new(NAMES[slot], json).holding(|_| "'{}'".to_owned())
        }
        5 => {
            let time = ["TIMESTAMP", "DATETIME"][usize::from(words != Words::Postgresql)];
            Column::new(NAMES[slot], time).holding(|row| format!("'2026-01-0{row} 03:04:05'"))
        }
        // Texts that are numbers fit every type that changes.
        _ => {
            Column::new(NAMES[slot], changing_type(words, number)).holding(|row| format!("'{row}'"))
        }
    };
    let default = match (column.data_type.as_str(), choose(Slot::Default, 3)) {
        // Of a type that may change.
        ("INTEGER", 2) if words == Words::Postgresql && schema.has_twice() => Some("twice(21)"),
        (data_type, number) => default(data_type, number),
    };
    let mut column = column.with(
        default
            .map(|text| format!("DEFAULT {text}"))
            .unwrap_or_default(),
    );
    // Rows that are new get the default, which is the same for all.
    column.keyable = default.is_none() && slot != 4 && column.data_type != "TEXT";
    column.nullable = choose(Slot::NotNull, 2) == 0;
    column.comment = (choose(Slot::Comment, 2) == 1).then(|| format!("the '{}'", column.name));
    if words == Words::Sqlite {
        let actions = ["", " ON CONFLICT REPLACE", " ON CONFLICT IGNORE"];
        column.on_conflict = actions[usize::from(choose(Slot::Comment, 3))];
    }
    column.lacking = true;
    if slot == 0 && draft.of_table(place, Part::RenamedColumn, 2) == 1 {
        column.name = "was a".to_owned();
    }
    Some(column)
}

/// All columns of a table.
pub(super) fn columns(schema: &Schema<'_>, place: usize) -> Vec<Column> {
    let (words, draft) = (schema.words, schema.draft);
    let choose = |topic, count| draft.of_table(place, topic, count);
    let mut number = Column::new("number", "INTEGER").holding(|row| row.to_string());
    number.nullable = false;
    let mut columns = vec![
        number,
        Column::new("refers", "INTEGER").holding(|_| "NULL".to_owned()),
        Column::new("pair", "INTEGER").holding(|_| "1".to_owned()),
    ];
    columns.extend((0..SLOTS).filter_map(|slot| of_slot(schema, place, slot)));
    columns.extend(types::mood(schema, place));
    columns.extend(types::moods(schema, place));
    columns.extend(types::amount(schema, place));
    if let Some((expression, kept)) = match choose(Part::Computed, 6) {
        0 => None,
        1 => Some(("number * 1", "STORED")),
        2 => Some(("number * 2", "STORED")),
        3 if schema.has_twice() && words == Words::Postgresql => Some(("twice(number)", "STORED")),
        _ if words == Words::Postgresql => Some(("number * 3", "STORED")),
        _ => Some(("number * 2", "VIRTUAL")),
    } {
        let clauses = format!("GENERATED ALWAYS AS ({expression}) {kept}");
        columns.push(Column::new("computed", "INTEGER").with(clauses));
    }
    // PostgreSQL gives no identity to a table that has heirs.
    let way = choose(Part::Counted, 5);
    let is_first = (0..place).all(|before| draft.of_table(before, Part::There, 2) == 0);
    columns.extend(counted(schema, way).filter(|_| !is_first || way > 2));
    let word = match (words, choose(Part::Word, 4)) {
        (_, 0) => None,
        (Words::Mariadb, 1) => Some(("VARCHAR(30)", "")),
        (Words::Mariadb, 2) => Some(("VARCHAR(30)", "COLLATE utf8mb4_bin")),
        (Words::Mariadb, _) => Some((
            "VARCHAR(30)",
            "CHARACTER SET latin1 COLLATE latin1_swedish_ci",
        )),
        (_, 1) => Some(("TEXT", "")),
        (Words::Sqlite, 2) => Some(("TEXT", "COLLATE NOCASE")),
        (Words::Sqlite, _) => Some(("TEXT", "COLLATE RTRIM")),
        (Words::Postgresql, 2) => Some(("TEXT", "COLLATE \"C\"")),
        (Words::Postgresql, _) => Some(("TEXT", "COLLATE \"POSIX\"")),
    };
    columns.extend(word.map(|(data_type, collation)| {
        let column = Column::new("word", data_type).with(collation);
        column.holding(|row| format!("'Word {row}'"))
    }));
    let tags = match (words, choose(Part::Tags, 4)) {
        (_, 0) | (Words::Sqlite, _) => None,
        (Words::Postgresql, 1) => Some(("TEXT[]", "", "'{1,2}'")),
        (Words::Postgresql, 2) => Some(("VARCHAR(9)[]", "", "'{1,2}'")),
        (Words::Postgresql, _) => Some(("INTEGER[]", "DEFAULT '{}'", "'{1,2}'")),
        (Words::Mariadb, 1) => Some(("SET('a','it''s')", "", "'a'")),
        (Words::Mariadb, 2) => Some(("SET('a','it''s','c')", "DEFAULT 'a'", "'a'")),
        (Words::Mariadb, _) => Some(("TINYTEXT", "", "'a'")),
    };
    columns.extend(tags.map(|(data_type, clauses, value)| {
        let column = Column::new("tags", data_type).with(clauses);
        column.holding(|_| value.to_owned())
    }));
    let ways = if words == Words::Mariadb { 6 } else { 3 };
    let email = match (words, choose(Part::Email, ways)) {
        (Words::Postgresql, 1) if schema.has_citext() => Some(("citext", "")),
        (Words::Postgresql, 1..) => Some(("TIMESTAMP WITH TIME ZONE", "DEFAULT now()")),
        (Words::Mariadb, 1) => Some(("INTEGER UNSIGNED", "")),
        (Words::Mariadb, 2) => Some((
            "TIMESTAMP NULL",
            "DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP",
        )),
        (Words::Mariadb, 3) => Some(("TIMESTAMP NULL", "DEFAULT CURRENT_TIMESTAMP")),
        (Words::Mariadb, 4) => Some(("TIMESTAMP NULL", "ON UPDATE CURRENT_TIMESTAMP")),
        (Words::Mariadb, 5) => Some(("TIMESTAMP NULL", "DEFAULT NULL")),
        _ => None,
    };
    columns.extend(email.map(|(data_type, clauses)| {
        // A column of another type is another column.
        let slot = if clauses.is_empty() { "email" } else { "stamp" };
        Column::new(slot, data_type).with(clauses)
    }));
    columns
}

/// A column that the database counts by itself.
fn counted(schema: &Schema<'_>, way: u8) -> Option<Column> {
    let ticket = schema.draft.whole(Whole::Ticket, 5) > 0;
    let clauses = match (schema.words, way) {
        (Words::Postgresql, 1) => "GENERATED ALWAYS AS IDENTITY",
        (Words::Postgresql, 2) => "GENERATED BY DEFAULT AS IDENTITY (START WITH 10 INCREMENT BY 5)",
        (Words::Postgresql, 3) => return Some(required(Column::new("counted", "BIGSERIAL"))),
        (Words::Postgresql, 4) if ticket => "DEFAULT nextval('ticket')",
        (Words::Mariadb, 1..) if ticket => "DEFAULT nextval(`ticket`)",
        _ => return None,
    };
    let column = Column::new("counted", "BIGINT").with(clauses);
    Some(if way < 3 && schema.words == Words::Postgresql {
        required(column)
    } else {
        column
    })
}

fn required(mut column: Column) -> Column {
    column.nullable = false;
    column
}

impl Column {
    /// A column of a type that the schema defines.
    pub(super) fn of_type(
        slot: &'static str,
        data_type: String,
        clauses: String,
        value: impl Fn(u8) -> String,
    ) -> Column {
        Column::new(slot, data_type).with(clauses).holding(value)
    }
}
