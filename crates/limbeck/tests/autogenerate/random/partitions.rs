//! A table in parts, and tables of kinds that only one database has.

use super::{
    Schema, Words,
    choices::Whole,
    script::{Script, Stage},
};

impl Schema<'_> {
    /// How the table of measures is divided; nothing where there is none.
    pub(crate) fn measure(&self) -> Option<u8> {
        let way = self.draft.whole(Whole::Measure, 9);
        (way > 0 && self.words != Words::Sqlite).then_some(way)
    }
}

pub(super) fn write(schema: &Schema<'_>, script: &mut Script) {
    match schema.words {
        Words::Sqlite => sqlite(schema, script),
        Words::Postgresql => postgresql(schema, script),
        Words::Mariadb => mariadb(schema, script),
    }
}

fn postgresql(schema: &Schema<'_>, script: &mut Script) {
    let Some(way) = schema.measure() else {
        return;
    };
    let parts = schema.draft.whole(Whole::MeasureParts, 7);
    let (by, key) = match way {
        1 => ("", "day"),
        2..=5 | 8 => (" PARTITION BY RANGE (day)", "day"),
        6 => (" PARTITION BY LIST (day)", "day"),
        _ => (" PARTITION BY HASH (day)", "day"),
    };
    let listed: &[&str] = match schema.draft.whole(Whole::MeasureColumns, 4) {
        0 => &["amount numeric(8,2)", "remark text DEFAULT 'it''s'"],
        1 => &["amount numeric(8,2)"],
        2 => &["note integer DEFAULT 1", "amount numeric(10,2) NOT NULL"],
        _ => &[
            "amount numeric(8,2)",
            "remark varchar(20)",
            "note integer NOT NULL DEFAULT 0",
        ],
    };
    let mut columns = vec!["day integer NOT NULL".to_owned()];
    columns.extend(listed.iter().map(|column| (*column).to_owned()));
    if parts & 1 == 1 {
        columns.push(format!("CONSTRAINT measure_key PRIMARY KEY ({key})"));
    }
    if parts & 2 == 2 {
        columns.push("CONSTRAINT measure_check CHECK (amount > 0)".to_owned());
    }
    script.push(
        Stage::Table,
        format!("CREATE TABLE measure ({}){by}", columns.join(", ")),
    );
    let ranges: &[(&str, &str)] = match way {
        1 => &[],
        2 => &[("measure_1", "FROM (0) TO (10)")],
        3 => &[
            ("measure_1", "FROM (0) TO (10)"),
            ("measure_2", "FROM (10) TO (20)"),
        ],
        4 => &[
            ("measure_1", "FROM (0) TO (10)"),
            ("measure_2", "FROM (20) TO (MAXVALUE)"),
        ],
        5 => &[
            ("measure_1", "FROM (0) TO (10)"),
            ("measure_rest", "DEFAULT"),
        ],
        8 => &[
            ("measure_1", "FROM (0) TO (5)"),
            ("measure_2", "FROM (5) TO (15)"),
        ],
        6 => &[("measure_1", "IN (1, 2, 3)"), ("measure_high", "IN (4)")],
        _ => &[
            ("measure_even", "WITH (MODULUS 2, REMAINDER 0)"),
            ("measure_odd", "WITH (MODULUS 2, REMAINDER 1)"),
        ],
    };
    for (name, bound) in ranges {
        let bound = match *bound {
            "DEFAULT" => "DEFAULT".to_owned(),
            bound => format!("FOR VALUES {bound}"),
        };
        script.push(
            Stage::Child,
            format!("CREATE TABLE {name} PARTITION OF measure {bound}"),
        );
    }
    if parts & 4 == 4 {
        script.push(
            Stage::Index,
            "CREATE INDEX measure_amount ON measure (amount)",
        );
        script.push(
            Stage::Trigger,
            "CREATE TRIGGER measured AFTER INSERT ON measure FOR EACH ROW EXECUTE FUNCTION touch()",
        );
    }
}

fn mariadb(schema: &Schema<'_>, script: &mut Script) {
    let Some(way) = schema.measure() else {
        return;
    };
    let parts = schema.draft.whole(Whole::MeasureParts, 7);
    let by = match way {
        1 => "",
        2 => "PARTITION BY RANGE (day) (PARTITION p1 VALUES LESS THAN (10))",
        3 => {
            "PARTITION BY RANGE (day) (PARTITION p1 VALUES LESS THAN (10), PARTITION p2 VALUES LESS THAN (20))"
        }
        4 => {
            "PARTITION BY RANGE (day) (PARTITION p1 VALUES LESS THAN (10), PARTITION rest VALUES LESS THAN MAXVALUE)"
        }
        5 => "PARTITION BY LIST (day) (PARTITION p1 VALUES IN (1, 2), PARTITION p2 VALUES IN (3))",
        6 => "PARTITION BY HASH (day) PARTITIONS 3",
        _ => "PARTITION BY KEY (day) PARTITIONS 2",
    };
    let mut columns = vec![
        "day INTEGER NOT NULL".to_owned(),
        "amount NUMERIC(8,2)".to_owned(),
    ];
    if parts & 1 == 1 {
        columns.push("remark VARCHAR(20) DEFAULT 'it''s'".to_owned());
        columns.push("PRIMARY KEY (day)".to_owned());
    }
    if parts & 2 == 2 {
        columns.push("CONSTRAINT measure_check CHECK (amount > 0)".to_owned());
    }
    if parts & 4 == 4 {
        columns.push("KEY measure_amount (amount)".to_owned());
    }
    let engine = match parts {
        5 => "ENGINE = Aria",
        6 => "ENGINE = MyISAM",
        _ => "",
    };
    script.push(
        Stage::Table,
        format!(
            "CREATE TABLE measure ({}) {engine} {by}",
            columns.join(", ")
        ),
    );
}

fn sqlite(schema: &Schema<'_>, script: &mut Script) {
    let draft = schema.draft;
    let plain = draft.whole(Whole::Plain, 8);
    if plain > 0 {
        let key = match plain {
            3 => "PRIMARY KEY AUTOINCREMENT",
            // Implied there, but said when it is inspected.
            2 | 6 => "NOT NULL PRIMARY KEY",
            _ => "PRIMARY KEY",
        };
        let word = match plain {
            4 => "word TEXT DEFAULT 'x' NOT NULL",
            5 => "word TEXT COLLATE NOCASE",
            _ => "word TEXT",
        };
        let options = match plain {
            1 => "STRICT",
            2 => "WITHOUT ROWID",
            6 => "STRICT, WITHOUT ROWID",
            _ => "",
        };
        let more = match plain {
            5 => ", CONSTRAINT short CHECK (length(word) < 99)",
            7 => ", UNIQUE (word) ON CONFLICT REPLACE",
            _ => "",
        };
        let half = "half ANY GENERATED ALWAYS AS (number / 2) VIRTUAL";
        script.push(
            Stage::Table,
            format!("CREATE TABLE plain (number INTEGER {key}, {word}, {half}{more}) {options}"),
        );
    }
    let columns = [
        "",
        "title",
        "title, body",
        "body UNINDEXED, title, tokenize = 'porter'",
    ];
    let columns = columns[usize::from(draft.whole(Whole::Virtual, 4))];
    if !columns.is_empty() {
        script.push(
            Stage::Table,
            format!("CREATE VIRTUAL TABLE found USING fts5({columns})"),
        );
    }
}
