//! Indexes: over columns and expressions, partial, of every method and with every option.

use super::{
    Schema, Words,
    choices::Part,
    script::{Script, Stage},
    tables::Table,
};

pub(super) fn write(schema: &Schema<'_>, script: &mut Script) {
    for table in &schema.tables {
        for (topic, name) in [(Part::Index, "ix"), (Part::OtherIndex, "iy")] {
            let way = schema.draft.of_table(table.place, topic, 13);
            let Some((kind, what)) = index(schema, table, way) else {
                continue;
            };
            let other = if way == 4 { "_other" } else { "" };
            let name = schema
                .words
                .quote(&format!("{name}{other}_{}", table.place));
            let on = schema.words.name(&table.name);
            script.push(
                Stage::Index,
                format!("CREATE {kind}INDEX {name} ON {on} {what}"),
            );
        }
    }
}

/// The word before `INDEX`, and all that comes after the table's name.
fn index(schema: &Schema<'_>, table: &Table, way: u8) -> Option<(&'static str, String)> {
    let words = schema.words;
    let key = table
        .keys(1)
        .first()
        .map_or("pair".to_owned(), |key| words.quote(key));
    let a = table.column_or_number(words, "a");
    let word = table.column("word").is_some();
    let plain = |text: String| Some(("", text));
    match (words, way) {
        (_, 0) => None,
        (_, 1 | 4) => plain(format!("(number, {key})")),
        (_, 2) => plain(format!("(number DESC, {key})")),
        (_, 3) => Some(("UNIQUE ", format!("(number, {key})"))),
        (Words::Mariadb, 5) if word => plain("(word(5), number)".to_owned()),
        (Words::Mariadb, 6) if word => Some(("FULLTEXT ", "(word)".to_owned())),
        (Words::Mariadb, 7) => plain("(number) COMMENT 'it''s'".to_owned()),
        (Words::Mariadb, 8) => plain("(pair, refers, number)".to_owned()),
        (Words::Mariadb, _) => None,
        (_, 5) if word => plain("(lower(word))".to_owned()),
        (_, 5) => plain("((number + 1), pair)".to_owned()),
        (_, 6) => plain(format!("(number) WHERE {a} IS NOT NULL")),
        (Words::Sqlite, 7) if word => plain("(word COLLATE NOCASE)".to_owned()),
        (Words::Sqlite, 8) => plain("(number) WHERE pair > 0 AND number <> 7".to_owned()),
        (Words::Sqlite, _) => None,
        (_, 7) => plain(format!("(number) INCLUDE (pair, {a})")).filter(|_| a != "\"number\""),
        (_, 8) if table.column("ünï").is_some() => plain("USING gin (\"ünï\")".to_owned()),
        (_, 8) => plain("USING hash (number)".to_owned()),
        (_, 9) if word && schema.has_trigrams() => {
            plain("USING gin (word gin_trgm_ops)".to_owned())
        }
        (_, 9) if word => plain("(word text_pattern_ops)".to_owned()),
        (_, 10) => {
            plain("(number NULLS FIRST, pair DESC NULLS LAST) WITH (fillfactor = 70)".to_owned())
        }
        (_, 11) if schema.has_twice() => plain("(twice(number))".to_owned()),
        (_, 11) => Some(("UNIQUE ", "(number, refers) NULLS NOT DISTINCT".to_owned())),
        (_, _) if table.column("mood").is_some() => plain("(mood) WHERE mood = 'ok'".to_owned()),
        _ => plain("USING brin (number) WITH (pages_per_range = 32)".to_owned()),
    }
}
