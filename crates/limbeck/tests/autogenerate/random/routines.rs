//! Functions and procedures: those that tables need, and those that need tables.

use super::{
    Schema, Words,
    choices::{Part, Whole},
    script::{Script, Stage},
};

impl Schema<'_> {
    /// Whether there is a function of the enum.
    pub(super) fn has_is_fine(&self) -> bool {
        self.words == Words::Postgresql
            && self.draft.whole(Whole::IsFine, 3) > 0
            && !self.values().is_empty()
    }
}

pub(super) fn write(schema: &Schema<'_>, script: &mut Script) {
    match schema.words {
        Words::Sqlite => {}
        Words::Postgresql => postgresql(schema, script),
        Words::Mariadb => mariadb(schema, script),
    }
}

fn postgresql(schema: &Schema<'_>, script: &mut Script) {
    let draft = schema.draft;
    if schema.has_twice() {
        let function = "CREATE FUNCTION twice(n integer) RETURNS";
        script.push(
            Stage::Routine,
            match draft.whole(Whole::Twice, 5) {
                1 => format!("{function} integer LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2 $$"),
                2 => format!("{function} integer LANGUAGE sql IMMUTABLE RETURN n + n"),
                3 => format!(
                    "{function} integer LANGUAGE plpgsql IMMUTABLE STRICT AS $$ BEGIN RETURN 2 * n; END $$"
                ),
                _ => format!("{function} bigint LANGUAGE sql IMMUTABLE AS $$ SELECT n::bigint * 2 $$"),
            },
        );
    }
    let overload = draft.whole(Whole::Overload, 4);
    if overload > 0 {
        let arguments = [
            "",
            "n text",
            "n text, times integer DEFAULT 2",
            "VARIADIC n text[]",
        ];
        let arguments = arguments[usize::from(overload)];
        script.push(
            Stage::Routine,
            format!("CREATE FUNCTION twice({arguments}) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'it''s' $$"),
        );
    }
    if schema.has_is_fine() {
        let value = ["", "true", "m IS NOT DISTINCT FROM m"];
        let value = value[usize::from(draft.whole(Whole::IsFine, 3))];
        script.push(
            Stage::Routine,
            format!("CREATE FUNCTION is_fine(m mood) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT {value} $$"),
        );
    }
    let touch = if draft.whole(Whole::Touch, 2) == 0 {
        "-- as it is\n  "
    } else {
        ""
    };
    script.push(
        Stage::Routine,
        format!("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {touch}RETURN COALESCE(NEW, OLD); END $$"),
    );
    match draft.whole(Whole::Procedure, 4) {
        0 => {}
        1 => script.push(Stage::Routine, "CREATE PROCEDURE tidy() LANGUAGE sql AS $$ SELECT 1 $$"),
        2 => script.push(Stage::Routine, "CREATE PROCEDURE tidy() LANGUAGE plpgsql AS $$ BEGIN NULL; END $$"),
        _ => script.push(
            Stage::Routine,
            "CREATE PROCEDURE tidy(IN n integer, INOUT m text) LANGUAGE plpgsql AS $$ BEGIN m := n; END $$",
        ),
    }
    if let Some((table, way)) = counting(schema) {
        let body = match way {
            1 => {
                format!("RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT count(*) FROM {table} $$")
            }
            // The body is parsed when it is made, and depends on the table.
            2 => format!(
                "RETURNS bigint LANGUAGE sql STABLE RETURN (SELECT count(number) FROM {table})"
            ),
            _ => {
                format!("RETURNS SETOF {table} LANGUAGE sql STABLE AS $$ SELECT * FROM {table} $$")
            }
        };
        script.push(
            Stage::LateRoutine,
            format!("CREATE FUNCTION tally() {body}"),
        );
    }
}

/// The table whose rows a function reads, and how it does.
fn counting(schema: &Schema<'_>) -> Option<(String, u8)> {
    let way = schema.draft.whole(Whole::Count, 4);
    let table = schema.tables.first().filter(|_| way > 0)?;
    Some((schema.words.name(&table.name), way))
}

fn mariadb(schema: &Schema<'_>, script: &mut Script) {
    let draft = schema.draft;
    if schema.has_twice() {
        let function = "CREATE FUNCTION twice(n int(11)) RETURNS";
        script.push(
            Stage::Routine,
            match draft.whole(Whole::Twice, 5) {
                1 => format!("{function} int(11) DETERMINISTIC RETURN n * 2"),
                2 => format!("{function} int(11) DETERMINISTIC NO SQL RETURN n + n"),
                3 => format!(
                    "{function} int(11) DETERMINISTIC BEGIN DECLARE m INT; SET m = n; RETURN m + n; END"
                ),
                _ => format!("{function} bigint(20) DETERMINISTIC COMMENT 'it''s' RETURN n * 2"),
            },
        );
    }
    match draft.whole(Whole::Procedure, 4) {
        0 => {}
        1 => script.push(Stage::Routine, "CREATE PROCEDURE tidy() SELECT 1"),
        2 => script.push(
            Stage::Routine,
            "CREATE PROCEDURE tidy() BEGIN SELECT 1; SELECT 'it''s'; END",
        ),
        _ => script.push(
            Stage::Routine,
            "CREATE PROCEDURE tidy(IN n int(11), INOUT m text) SQL SECURITY INVOKER SET m = n",
        ),
    }
    if let Some((table, _)) = counting(schema) {
        script.push(
            Stage::LateRoutine,
            format!("CREATE FUNCTION tally() RETURNS BIGINT READS SQL DATA RETURN (SELECT count(*) FROM {table})"),
        );
    }
}

impl Schema<'_> {
    /// Whether a topic of a table is chosen at all.
    pub(super) fn chosen(&self, place: usize, topic: Part) -> bool {
        self.draft.of_table(place, topic, 2) > 0
    }
}
