//! Laws on random tables: what a change does not name stays, and a refused change leaves everything.

use proptest::prelude::*;

use super::Database;
use crate::dialect::sqlite::{ColumnPlace, TableChange, rebuild::RebuildError};

/// A column of a random table.
#[derive(Clone, Debug)]
struct RandomColumn {
    declared: &'static str,
    extra: &'static str,
}

#[derive(Clone, Debug)]
struct RandomTable {
    columns: Vec<RandomColumn>,
    key: &'static str,
    options: &'static str,
    rows: Vec<Vec<i64>>,
    added_later: bool,
}

/// A change of the column of that number.
#[derive(Clone, Debug)]
enum RandomChange {
    Move(usize, usize),
    Drop(usize),
    NotNull(usize),
    Nullable(usize),
    Default(usize),
    NoDefault(usize),
    Collation(usize),
    Type(usize, &'static str),
    Rename(usize),
    Add(&'static str),
    Check(usize),
    Unique(usize),
}

fn column() -> impl Strategy<Value = RandomColumn> {
    (
        prop::sample::select(vec![
            "",
            "INT",
            "TEXT",
            "REAL",
            "NUMERIC(10, 2)",
            "BLOB",
            "double precision",
        ]),
        prop::sample::select(vec![
            "",
            "NOT NULL",
            "DEFAULT 5",
            "DEFAULT 'x' NOT NULL",
            "COLLATE NOCASE",
            "CHECK (1) /* c, */",
            "CONSTRAINT \"n (\" NOT NULL -- to the end\n",
        ]),
    )
        .prop_map(|(declared, extra)| RandomColumn { declared, extra })
}

fn table() -> impl Strategy<Value = RandomTable> {
    (1usize..6)
        .prop_flat_map(|width| {
            (
                prop::collection::vec(column(), width),
                prop::sample::select(vec![
                    "",
                    "id INTEGER PRIMARY KEY, ",
                    "id INTEGER PRIMARY KEY AUTOINCREMENT,\n  ",
                    "[id] TEXT PRIMARY KEY, ",
                ]),
                any::<bool>(),
                prop::collection::vec(prop::collection::vec(-4i64..40, width), 0..6),
                any::<bool>(),
            )
        })
        .prop_map(|(columns, key, without, rows, added_later)| RandomTable {
            columns,
            key,
            options: if without && key.contains("TEXT") {
                " WITHOUT ROWID"
            } else {
                ""
            },
            rows,
            added_later,
        })
}

fn change() -> impl Strategy<Value = RandomChange> {
    let at = 0usize..6;
    prop_oneof![
        (at.clone(), 0usize..6).prop_map(|(from, to)| RandomChange::Move(from, to)),
        at.clone().prop_map(RandomChange::Drop),
        at.clone().prop_map(RandomChange::NotNull),
        at.clone().prop_map(RandomChange::Nullable),
        at.clone().prop_map(RandomChange::Default),
        at.clone().prop_map(RandomChange::NoDefault),
        at.clone().prop_map(RandomChange::Collation),
        (
            at.clone(),
            prop::sample::select(vec!["INTEGER", "TEXT", "VARCHAR(3)", ""])
        )
            .prop_map(|(at, declared)| RandomChange::Type(at, declared)),
        at.clone().prop_map(RandomChange::Rename),
        prop::sample::select(vec![
            "n1 INT",
            "n1 TEXT DEFAULT 'd' NOT NULL",
            "n1 UNIQUE",
            "n1 INT AS (1) STORED"
        ])
        .prop_map(RandomChange::Add),
        at.clone().prop_map(RandomChange::Check),
        at.prop_map(RandomChange::Unique),
    ]
}

impl RandomTable {
    /// The statements, with a row's values made of numbers: NULL, texts, numbers and blobs by turns.
    fn script(&self) -> String {
        let mut definitions: Vec<String> = self
            .columns
            .iter()
            .enumerate()
            .map(|(index, column)| format!("c{index} {} {}", column.declared, column.extra))
            .collect();
        definitions[0] = format!("{}{}", self.key, definitions[0]);
        let mut script = format!(
            "CREATE TABLE t (\n{}){};",
            definitions.join(",\n"),
            self.options
        );
        script.push_str("CREATE TABLE log (x); CREATE VIEW v AS SELECT count(*) FROM t;");
        script.push_str("CREATE INDEX i ON t (c0 DESC); CREATE TRIGGER tr AFTER DELETE ON t BEGIN INSERT INTO log VALUES (1); END;");
        for (number, row) in self.rows.iter().enumerate() {
            let mut names: Vec<String> = (0..row.len()).map(|index| format!("c{index}")).collect();
            let mut values: Vec<String> = row.iter().map(|seed| value(*seed)).collect();
            if !self.key.is_empty() {
                names.push("id".to_owned());
                values.push(if self.key.contains("TEXT") {
                    format!("'k{number}'")
                } else {
                    (number * 3).to_string()
                });
            }
            script.push_str(&format!(
                "INSERT OR IGNORE INTO t ({}) VALUES ({});",
                names.join(", "),
                values.join(", ")
            ));
        }
        if self.added_later {
            script.push_str("ALTER TABLE t ADD COLUMN later TEXT DEFAULT 'was';");
        }
        script
    }
}

fn value(seed: i64) -> String {
    match seed.rem_euclid(5) {
        0 if seed < 10 => "NULL".to_owned(),
        1 => format!("'t{seed}'"),
        2 => format!("{seed}.5"),
        3 if seed > 20 => format!("x'0{}'", seed % 10),
        _ => seed.to_string(),
    }
}

/// The columns by their names now and before; a change applied to that, and as it is asked for.
fn ask(change: &RandomChange, columns: &mut Vec<(String, Option<String>)>) -> Option<TableChange> {
    let at = |index: usize| {
        columns
            .get(index % columns.len())
            .map(|(name, _)| name.clone())
    };
    Some(match change {
        RandomChange::Move(from, to) => TableChange::MoveColumn {
            column: at(*from)?,
            place: if to % 3 == 0 {
                ColumnPlace::First
            } else {
                ColumnPlace::After(at(*to)?)
            },
        },
        RandomChange::Drop(index) => {
            let column = at(*index)?;
            columns.retain(|(name, _)| *name != column);
            TableChange::DropColumn {
                column,
                if_exists: false,
            }
        }
        RandomChange::NotNull(index) => TableChange::SetNotNull {
            column: at(*index)?,
        },
        RandomChange::Nullable(index) => TableChange::DropNotNull {
            column: at(*index)?,
        },
        RandomChange::Default(index) => TableChange::SetDefault {
            column: at(*index)?,
            expression: "'new'".into(),
        },
        RandomChange::NoDefault(index) => TableChange::DropDefault {
            column: at(*index)?,
        },
        RandomChange::Collation(index) => TableChange::SetCollation {
            column: at(*index)?,
            collation: Some("RTRIM".into()),
        },
        RandomChange::Type(index, declared) => {
            let column = at(*index)?;
            // Its values may take another form.
            for entry in columns.iter_mut().filter(|(name, _)| *name == column) {
                entry.1 = None;
            }
            TableChange::SetType {
                column,
                declared: (*declared).into(),
                using: None,
            }
        }
        RandomChange::Rename(index) => {
            let column = at(*index)?;
            let to = format!("{column}_r");
            for entry in columns.iter_mut().filter(|(name, _)| *name == column) {
                entry.0.clone_from(&to);
            }
            TableChange::RenameColumn { column, to }
        }
        RandomChange::Add(definition) => {
            columns.push(("n1".into(), None));
            TableChange::AddColumn {
                definition: (*definition).into(),
                place: Some(ColumnPlace::First),
                if_not_exists: false,
            }
        }
        RandomChange::Check(index) => TableChange::AddConstraint {
            definition: format!("CHECK (\"{}\" IS NOT 12345)", at(*index)?),
        },
        RandomChange::Unique(index) => TableChange::AddConstraint {
            definition: format!("UNIQUE (\"{}\")", at(*index)?),
        },
    })
}

async fn law(table: RandomTable, changes: Vec<RandomChange>) -> Result<(), TestCaseError> {
    let mut database = Database::memory(&table.script()).await;
    let mut columns: Vec<(String, Option<String>)> = (0..table.columns.len())
        .map(|index| format!("c{index}"))
        .chain(table.added_later.then(|| "later".to_owned()))
        .map(|name| (name.clone(), Some(name)))
        .collect();
    let before = database.dump().await;
    let mut asked = Vec::new();
    for change in &changes {
        if columns.is_empty() {
            break;
        }
        asked.extend(ask(change, &mut columns));
    }
    let kept: Vec<(String, String)> = columns
        .into_iter()
        .filter_map(|(name, old)| Some((name, old?)))
        .collect();
    let select = |names: Vec<String>| {
        let rowid = if table.options.is_empty() {
            "rowid"
        } else {
            "id"
        };
        format!("SELECT {rowid} {} FROM t ORDER BY 1", names.concat())
    };
    let old_rows = database
        .rows(&select(
            kept.iter().map(|(_, old)| format!(", \"{old}\"")).collect(),
        ))
        .await;
    match database.change(&asked).await {
        Ok(_) => {
            let names = kept
                .iter()
                .map(|(name, _)| format!(", \"{name}\""))
                .collect();
            prop_assert_eq!(database.rows(&select(names)).await, old_rows);
            prop_assert_eq!(
                database.sql("v").await,
                "CREATE VIEW v AS SELECT count(*) FROM t"
            );
            prop_assert!(database.sql("tr").await.starts_with("CREATE TRIGGER tr"));
            let column_lives = kept.iter().any(|(_, old)| old == "c0");
            if column_lives {
                prop_assert!(database.sql("i").await.starts_with("CREATE INDEX i ON t"));
            }
        }
        Err(error) => {
            prop_assert!(
                !matches!(
                    error,
                    RebuildError::Text { .. } | RebuildError::Unverified { .. }
                ),
                "{}",
                error
            );
            prop_assert_eq!(database.dump().await, before);
        }
    }
    prop_assert!(database.rows("SELECT * FROM log").await.is_empty());
    prop_assert_eq!(database.rows("PRAGMA integrity_check").await, ["'ok'"]);
    prop_assert_eq!(
        database
            .rows("SELECT count(*) FROM sqlite_master WHERE name LIKE '_limbeck%'")
            .await,
        ["0"]
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_not_changed_stays(table in table(), changes in prop::collection::vec(change(), 1..5)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(law(table, changes))?;
    }
}
