//! Tables, their keys and the other constraints on them.

use limbeck::schema::QualifiedName;

use super::{
    Schema, Words,
    choices::{Part, TABLES, Whole},
    columns::{Column, columns},
    script::{Script, Stage},
    types,
};

const NAMES: [&str; TABLES] = ["one", "Two t", "select", "four"];
const OTHER_NAMES: [&str; TABLES] = ["uno", "Due's", "tre \"3\"", "quattro"];

/// A table of the schema.
pub(crate) struct Table {
    /// What it is, whatever its name is now.
    pub(crate) place: usize,
    pub(crate) name: QualifiedName,
    pub(crate) columns: Vec<Column>,
}

impl Table {
    pub(crate) fn column(&self, slot: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.slot == slot)
    }

    /// The name of a column that may be absent, in quotes, or of the one that never is.
    pub(super) fn column_or_number(&self, words: Words, slot: &str) -> String {
        let name = self.column(slot).map_or("number", |one| one.name.as_str());
        words.quote(name)
    }

    /// The columns that a key may have.
    pub(super) fn keys(&self, count: u8) -> Vec<String> {
        let keyable = self.columns.iter().filter(|column| column.keyable);
        let names = keyable.map(|column| column.name.clone());
        names.take(usize::from(count)).collect()
    }
}

/// The table at a place, if it is there.
pub(super) fn table(schema: &Schema<'_>, place: usize) -> Option<Table> {
    let choose = |topic, count| schema.draft.of_table(place, topic, count);
    if choose(Part::There, 2) == 0 {
        return None;
    }
    let name = match choose(Part::Name, 5) {
        1 | 2 => QualifiedName::new(OTHER_NAMES[place]),
        3 if schema.words == Words::Postgresql => {
            QualifiedName::new(NAMES[place]).in_schema(types::OTHER)
        }
        _ => QualifiedName::new(NAMES[place]),
    };
    let columns = columns(schema, place);
    let mut table = Table {
        place,
        name,
        columns,
    };
    let key = key(schema, &table);
    let counts = key == ["number"]
        && schema.words == Words::Mariadb
        // MariaDB refuses such a column in a generated one and in a CHECK.
        && choose(Part::Computed, 6) + choose(Part::Check, 5) == 0;
    // What is new in a column that takes NULL is NULL in every row.
    let whole = match choose(Part::Unique, 5) {
        3 if schema.words == Words::Postgresql => table.keys(1),
        _ => Vec::new(),
    };
    for column in &mut table.columns {
        column.nullable &= !whole.contains(&column.name);
        if key.contains(&column.name) {
            column.nullable = false;
            if counts {
                column.clauses = "AUTO_INCREMENT".to_owned();
            }
        }
    }
    Some(table)
}

/// The columns of the primary key.
fn key(schema: &Schema<'_>, table: &Table) -> Vec<String> {
    match schema.draft.of_table(table.place, Part::Key, 5) {
        0 => Vec::new(),
        1 | 4 => vec!["number".to_owned()],
        count => table.keys(count - 1),
    }
}

/// The constraints of a table but foreign keys, as they are written in it.
fn constraints(schema: &Schema<'_>, table: &Table) -> Vec<String> {
    let (words, place) = (schema.words, table.place);
    let postgresql = words == Words::Postgresql;
    let choose = |topic, count| schema.draft.of_table(place, topic, count);
    let named = |name: &str| words.quote(&format!("{name}_{place}"));
    let deferrable = |yes| {
        if yes {
            " DEFERRABLE INITIALLY DEFERRED"
        } else {
            ""
        }
    };
    let mut texts = vec![format!("CONSTRAINT {} UNIQUE (number)", named("uq_number"))];
    if schema.is_target_of_pairs(place) {
        texts.push(format!(
            "CONSTRAINT {} UNIQUE (number, pair)",
            named("uq_pair")
        ));
    }
    let key = key(schema, table);
    if !key.is_empty() {
        let (name, columns) = (named("pk"), words.names(&key));
        let more = deferrable(postgresql && choose(Part::Key, 5) == 4);
        texts.push(format!("CONSTRAINT {name} PRIMARY KEY ({columns}){more}"));
    }
    let way = choose(Part::Unique, 5);
    let unique = table.keys(if way > 2 { 1 } else { way });
    if !unique.is_empty() {
        let nulls = if postgresql && way == 3 {
            " NULLS NOT DISTINCT"
        } else {
            ""
        };
        let more = deferrable(postgresql && way == 4);
        let (name, columns) = (named("uq"), words.names(&unique));
        texts.push(format!("CONSTRAINT {name} UNIQUE{nulls} ({columns}){more}"));
    }
    let has_mood = table.column("mood").is_some();
    let check = match choose(Part::Check, 5) {
        0 => None,
        1 => Some("number > 0".to_owned()),
        2 => Some("number > 0 AND number <> 7".to_owned()),
        3 if postgresql && schema.has_is_fine() && has_mood => Some("is_fine(mood)".to_owned()),
        3 => Some(format!(
            "number < 9 OR {} IS NULL",
            table.column_or_number(words, "a")
        )),
        _ if postgresql && schema.has_twice() => Some("twice(number) > 0".to_owned()),
        _ => Some("number BETWEEN 1 AND 1000".to_owned()),
    };
    if let Some(condition) = check {
        let name = if choose(Part::Check, 5) == 2 {
            "other_ck"
        } else {
            "ck"
        };
        texts.push(format!("CONSTRAINT {} CHECK ({condition})", named(name)));
    }
    if postgresql {
        let range = "int4range(number, number + 1) WITH &&";
        let exclusion = match choose(Part::Exclusion, 5) {
            0 | 4 => None,
            1 => Some(format!("EXCLUDE USING gist ({range})")),
            2 => Some(format!("EXCLUDE USING gist ({range}) WHERE (number > 0)")),
            _ => Some("EXCLUDE (number WITH =) DEFERRABLE".to_owned()),
        };
        texts.extend(exclusion.map(|text| format!("CONSTRAINT {} {text}", named("ex"))));
    }
    texts
}

impl Schema<'_> {
    /// The table that has an heir: the first, if it does not move from one namespace to another.
    pub(crate) fn parent(&self) -> Option<&Table> {
        let there =
            self.words == Words::Postgresql && matches!(self.draft.whole(Whole::Heir, 5), 1 | 2);
        let first = self.tables.first().filter(|_| there);
        first.filter(|table| table.name.schema.is_none())
    }

    /// The table that another refers to, and whether by two columns.
    pub(crate) fn target(&self, place: usize) -> Option<(usize, bool)> {
        let target = self.draft.of_table(place, Part::Refers, 6);
        let target = usize::from(target.checked_sub(1)?);
        let there = target < TABLES && self.draft.of_table(target, Part::There, 2) == 1;
        let by_two = self.draft.of_table(place, Part::Reference, 7) == 6;
        there.then_some((target, by_two))
    }

    fn is_target_of_pairs(&self, place: usize) -> bool {
        let there = |source| self.draft.of_table(source, Part::There, 2) == 1;
        (0..TABLES).any(|source| there(source) && self.target(source) == Some((place, true)))
    }
}

fn foreign_key(schema: &Schema<'_>, table: &Table) -> Option<String> {
    let words = schema.words;
    let (target, by_two) = schema.target(table.place)?;
    let target = schema.tables.iter().find(|other| other.place == target)?;
    let columns = if by_two {
        ("refers, pair", "number, pair")
    } else {
        ("refers", "number")
    };
    let way = schema.draft.of_table(table.place, Part::Reference, 7);
    let more = match way {
        0 => "",
        1 => "ON DELETE CASCADE",
        2 => "ON DELETE SET NULL ON UPDATE CASCADE",
        3 if words == Words::Mariadb => "ON DELETE RESTRICT",
        3 => "ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED",
        4 if words == Words::Postgresql => "MATCH FULL ON DELETE SET DEFAULT",
        4 => "ON DELETE CASCADE ON UPDATE SET NULL",
        _ => "ON UPDATE CASCADE",
    };
    let name = words.quote(&format!("fk_{}", table.place));
    let there = words.name(&target.name);
    let (from, to) = columns;
    Some(format!(
        "CONSTRAINT {name} FOREIGN KEY ({from}) REFERENCES {there} ({to}) {more}"
    ))
}

pub(super) fn write(schema: &Schema<'_>, script: &mut Script) {
    let words = schema.words;
    for table in &schema.tables {
        let name = words.name(&table.name);
        let columns = table.columns.iter().map(|column| column.definition(words));
        let mut parts: Vec<String> = columns.chain(constraints(schema, table)).collect();
        if let Some(key) = foreign_key(schema, table) {
            match words {
                // The only way there.
                Words::Sqlite => parts.push(key),
                _ => script.push(Stage::ForeignKey, format!("ALTER TABLE {name} ADD {key}")),
            }
        }
        let comment = schema.draft.of_table(table.place, Part::Comment, 3);
        let comment = (comment > 0).then(|| format!("it's {comment}"));
        let options = options(schema, table);
        let inside = match (words, &comment) {
            (Words::Mariadb, Some(text)) => format!(" COMMENT = {}", Words::text(text)),
            _ => String::new(),
        };
        let body = parts.join(",\n    ");
        let unlogged = match words {
            Words::Postgresql if options == "UNLOGGED" => "UNLOGGED ",
            _ => "",
        };
        let after = if unlogged.is_empty() { options } else { "" };
        script.push(
            Stage::Table,
            format!("CREATE {unlogged}TABLE {name} (\n    {body}\n) {after}{inside}"),
        );
        if words == Words::Postgresql {
            let comments = table.columns.iter().filter_map(|column| {
                let text = Words::text(column.comment.as_ref()?);
                let column = words.quote(&column.name);
                Some(format!("COMMENT ON COLUMN {name}.{column} IS {text}"))
            });
            for comment in comments {
                script.push(Stage::Comment, comment);
            }
            if let Some(comment) = comment {
                let text = Words::text(&comment);
                script.push(Stage::Comment, format!("COMMENT ON TABLE {name} IS {text}"));
            }
        }
    }
    heir(schema, script);
}

/// What stands after a table.
fn options(schema: &Schema<'_>, table: &Table) -> &'static str {
    if schema.words == Words::Mariadb {
        return match schema.draft.of_table(table.place, Part::Options, 9) {
            1 => "ROW_FORMAT = COMPRESSED",
            2 => "ROW_FORMAT = DYNAMIC",
            3 => "DEFAULT CHARSET = latin1",
            4 => "COLLATE = utf8mb4_bin",
            // No KEY_BLOCK_SIZE: indexes keep the one that their table had when they were made.
            5 => "ROW_FORMAT = REDUNDANT MAX_ROWS = 99",
            6 => "STATS_PERSISTENT = 1 MIN_ROWS = 7",
            7 => "PAGE_COMPRESSED = 1",
            8 => "COLLATE = latin1_bin STATS_PERSISTENT = 0",
            _ => "",
        };
    }
    match (
        schema.words,
        schema.draft.of_table(table.place, Part::Options, 4),
    ) {
        (_, 0) => "",
        (Words::Postgresql, 1) => "WITH (fillfactor = 70)",
        (Words::Postgresql, 2) => "WITH (fillfactor = 80, autovacuum_enabled = false)",
        // SQLite itself cannot rename a column of such a table that is in its key and in a unique constraint.
        (Words::Sqlite, 1)
            if !key(schema, table).is_empty() && !schema.chosen(table.place, Part::Unique) =>
        {
            "WITHOUT ROWID"
        }
        _ => "",
    }
}

/// A table that has the columns of the first, and more.
fn heir(schema: &Schema<'_>, script: &mut Script) {
    let Some(parent) = schema.parent() else {
        return;
    };
    let of = schema.words.name(&parent.name);
    let column = match schema.draft.whole(Whole::Heir, 5) {
        1 => "own integer",
        _ => "own text, more integer DEFAULT 1",
    };
    script.push(
        Stage::Child,
        format!("CREATE TABLE heir ({column}) INHERITS ({of})"),
    );
}
