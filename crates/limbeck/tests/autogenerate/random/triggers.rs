//! Triggers on tables and on views. None does anything to rows that are kept; some would not let them go.

use super::{
    Schema, Words,
    choices::Part,
    script::{Script, Stage},
    tables::Table,
    views::view_of,
};

pub(super) fn write(schema: &Schema<'_>, script: &mut Script) {
    for table in &schema.tables {
        for (topic, name) in [(Part::Trigger, "tr"), (Part::OtherTrigger, "ts")] {
            let way = schema.draft.of_table(table.place, topic, 7);
            let name = format!("{name}_{}", table.place);
            let text = match (way, schema.words) {
                (0, _) => None,
                (_, Words::Sqlite) => sqlite(schema, table, way),
                (_, Words::Postgresql) => postgresql(schema, table, way),
                (_, Words::Mariadb) => mariadb(schema, table, way),
            };
            if let Some((kind, text)) = text {
                script.push(
                    Stage::Trigger,
                    format!("CREATE {kind}TRIGGER {name} {text}"),
                );
            }
        }
    }
}

type Text = Option<(&'static str, String)>;

fn sqlite(schema: &Schema<'_>, table: &Table, way: u8) -> Text {
    let on = schema.words.name(&table.name);
    let a = table.column_or_number(schema.words, "a");
    Some((
        "",
        match way {
            1 => format!(
                "AFTER INSERT ON {on} WHEN NEW.number < 0 BEGIN SELECT RAISE(ABORT, 'it''s; no'); END"
            ),
            2 => format!(
                "AFTER UPDATE OF {a} ON {on} BEGIN UPDATE {on} SET refers = NULL WHERE number = -NEW.number; END"
            ),
            3 => format!("BEFORE DELETE ON {on} BEGIN SELECT RAISE(ABORT, 'kept'); END"),
            4 => {
                let view = view_of(schema, table)?;
                format!(
                    "INSTEAD OF INSERT ON {view} BEGIN INSERT INTO {on} (number) VALUES (NEW.number); END"
                )
            }
            5 => {
                let other = schema.tables.first()?;
                let other = schema.words.name(&other.name);
                format!("AFTER DELETE ON {on} BEGIN DELETE FROM {other} WHERE number = -1; END")
            }
            _ => format!(
                "BEFORE UPDATE ON {on} FOR EACH ROW WHEN NEW.{a} = 'no' BEGIN SELECT RAISE(IGNORE); END"
            ),
        },
    ))
}

fn postgresql(schema: &Schema<'_>, table: &Table, way: u8) -> Text {
    let on = schema.words.name(&table.name);
    let a = table.column_or_number(schema.words, "a");
    let touch = "EXECUTE FUNCTION touch()";
    let plain = |text: String| Some(("", format!("{text} {touch}")));
    match way {
        1 => plain(format!("BEFORE INSERT ON {on} FOR EACH ROW")),
        2 => plain(format!(
            "AFTER UPDATE OF {a} ON {on} FOR EACH ROW WHEN (NEW.number > 0)"
        )),
        3 => plain(format!("AFTER DELETE ON {on} FOR EACH STATEMENT")),
        4 => {
            let when = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW";
            Some((
                "CONSTRAINT ",
                format!("AFTER INSERT ON {on} {when} {touch}"),
            ))
        }
        5 => {
            let view = view_of(schema, table)?;
            plain(format!("INSTEAD OF UPDATE ON {view} FOR EACH ROW"))
        }
        _ => plain(format!(
            "BEFORE INSERT OR UPDATE ON {on} FOR EACH ROW WHEN (NEW.{a} IS NULL)"
        )),
    }
}

fn mariadb(schema: &Schema<'_>, table: &Table, way: u8) -> Text {
    let on = schema.words.name(&table.name);
    let a = table.column_or_number(schema.words, "a");
    Some((
        "",
        match way {
            1 => format!("BEFORE INSERT ON {on} FOR EACH ROW SET NEW.refers = NEW.refers"),
            2 => format!("AFTER UPDATE ON {on} FOR EACH ROW SET @seen = NEW.{a}"),
            3 => format!(
                "BEFORE DELETE ON {on} FOR EACH ROW BEGIN IF OLD.number > 0 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'it''s kept'; END IF; END"
            ),
            4 if schema.has_twice() => {
                format!("AFTER INSERT ON {on} FOR EACH ROW SET @seen = twice(NEW.number)")
            }
            5 => {
                let other = schema.words.name(&schema.tables.first()?.name);
                format!("AFTER DELETE ON {on} FOR EACH ROW DELETE FROM {other} WHERE number = -1")
            }
            _ => format!(
                "BEFORE UPDATE ON {on} FOR EACH ROW SET NEW.pair = COALESCE(NEW.pair, OLD.pair)"
            ),
        },
    ))
}
