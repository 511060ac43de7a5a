//! Row security and policies.

use super::{
    Schema, Words,
    choices::Part,
    script::{Script, Stage},
    tables::Table,
};

pub(super) fn write(schema: &Schema<'_>, script: &mut Script) {
    if schema.words != Words::Postgresql {
        return;
    }
    for table in &schema.tables {
        let on = schema.words.name(&table.name);
        let way = schema.draft.of_table(table.place, Part::Policy, 8);
        let more: &[&str] = match way {
            0 | 4 | 5 => &[],
            3 => &["ENABLE", "FORCE"],
            _ => &["ENABLE"],
        };
        for word in more {
            script.push(
                Stage::Policy,
                format!("ALTER TABLE {on} {word} ROW LEVEL SECURITY"),
            );
        }
        for (topic, name) in [(Part::Policy, "po"), (Part::OtherPolicy, "pp")] {
            let way = schema.draft.of_table(table.place, topic, 8);
            if let Some(text) = policy(schema, table, way) {
                let name = format!("{name}_{}", table.place);
                script.push(
                    Stage::Policy,
                    format!("CREATE POLICY {name} ON {on} {text}"),
                );
            }
        }
    }
}

fn policy(schema: &Schema<'_>, table: &Table, way: u8) -> Option<String> {
    let a = table.column_or_number(schema.words, "a");
    Some(match way {
        0 | 7 => return None,
        1 => "USING (number > 0)".to_owned(),
        2 => "FOR SELECT USING (number > 1)".to_owned(),
        3 => format!(
            "AS RESTRICTIVE FOR ALL TO CURRENT_USER USING ({a} IS NOT NULL) WITH CHECK (pair > 0)"
        ),
        4 => "FOR INSERT WITH CHECK (number > 0)".to_owned(),
        5 if schema.has_twice() => "USING (twice(number) > 1)".to_owned(),
        _ => {
            let other = schema.words.name(&schema.tables.first()?.name);
            format!("FOR UPDATE USING (EXISTS (SELECT 1 FROM {other} AS o WHERE o.number = pair))")
        }
    })
}
