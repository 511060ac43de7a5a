//! Views of tables and of views, and materialized ones.

use super::{
    Schema, Words,
    choices::{Part, Whole},
    script::{Script, Stage},
    tables::Table,
};

/// The name of a table's view, where it has one.
pub(super) fn view_of(schema: &Schema<'_>, table: &Table) -> Option<String> {
    let way = schema.draft.of_table(table.place, Part::View, 7);
    (way > 0).then(|| format!("view_{}", table.place))
}

pub(super) fn write(schema: &Schema<'_>, script: &mut Script) {
    for table in &schema.tables {
        let Some(view) = view_of(schema, table) else {
            continue;
        };
        script.push(Stage::View, view_text(schema, table, &view));
        if schema.chosen(table.place, Part::ViewOfView) {
            // Its name comes first where things go by their names.
            let name = format!("a_view_of_{view}");
            script.push(
                Stage::ViewOfView,
                format!("CREATE VIEW {name} AS SELECT number FROM {view}"),
            );
        }
    }
    if schema.words == Words::Postgresql {
        materialized(schema, script);
    }
    join(schema, script);
}

fn view_text(schema: &Schema<'_>, table: &Table, view: &str) -> String {
    let words = schema.words;
    let from = words.name(&table.name);
    let a = table.column_or_number(words, "a");
    match schema.draft.of_table(table.place, Part::View, 7) {
        1 => format!("CREATE VIEW {view} AS SELECT number FROM {from}"),
        2 => format!("CREATE VIEW {view} AS SELECT number, {a} AS a FROM {from}"),
        3 => {
            let check = match words {
                Words::Sqlite => "",
                _ => " WITH CASCADED CHECK OPTION",
            };
            format!("CREATE VIEW {view} AS SELECT number, pair FROM {from} WHERE number > 0{check}")
        }
        4 if schema.has_twice() => {
            format!("CREATE VIEW {view} AS SELECT number, twice(number) AS more FROM {from}")
        }
        5 if words == Words::Postgresql => format!(
            "CREATE VIEW {view} WITH (security_barrier = true) AS SELECT number FROM {from} WHERE pair > 0"
        ),
        5 if words == Words::Mariadb => {
            format!("CREATE SQL SECURITY INVOKER VIEW {view} AS SELECT number FROM {from}")
        }
        6 => {
            let mood = table.column_or_number(words, "mood");
            format!(
                "CREATE VIEW {view} (number, b) AS SELECT max(number), {mood} FROM {from} GROUP BY {mood}"
            )
        }
        _ => {
            format!("CREATE VIEW {view} AS SELECT * FROM (SELECT number FROM {from}) AS inner_one")
        }
    }
}

fn materialized(schema: &Schema<'_>, script: &mut Script) {
    for table in &schema.tables {
        let way = schema.draft.of_table(table.place, Part::Materialized, 5);
        let from = match (way, view_of(schema, table)) {
            (0 | 4, _) => continue,
            (2, Some(view)) => view,
            _ => schema.words.name(&table.name),
        };
        let name = format!("kept_{}", table.place);
        let more = if way == 3 { "number + 1 AS more, " } else { "" };
        script.push(
            Stage::ViewOfView,
            format!("CREATE MATERIALIZED VIEW {name} AS SELECT {more}number FROM {from}"),
        );
        if way > 1 {
            script.push(
                Stage::Trigger,
                format!("CREATE UNIQUE INDEX {name}_key ON {name} (number)"),
            );
        }
    }
}

/// A view of the first two tables.
fn join(schema: &Schema<'_>, script: &mut Script) {
    let (way, words) = (schema.draft.whole(Whole::Join, 3), schema.words);
    if let ([one, two, ..], 1..) = (schema.tables.as_slice(), way) {
        let (first, second) = (words.name(&one.name), words.name(&two.name));
        let kind = if way == 1 { "" } else { "LEFT " };
        let a = table_column(words, one);
        script.push(
            Stage::View,
            format!("CREATE VIEW joined AS SELECT x.number, {a} AS a, y.pair FROM {first} AS x {kind}JOIN {second} AS y ON x.refers = y.number"),
        );
    }
}

fn table_column(words: Words, table: &Table) -> String {
    format!("x.{}", table.column_or_number(words, "a"))
}
