//! A populated SQLite table changed: by a rebuild, in place, and by the raw engine's own copy.

use std::{fs, path::Path, process::Command};

use super::{
    BenchError, Options,
    report::Report,
    scenario::Programs,
    series::{Contender, growth, run},
};

const TABLE: &str = "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price INTEGER NOT NULL, note VARCHAR(20));
CREATE INDEX ix_item_name ON item (name);
";

/// What the raw engine is given: SQLite's own documented steps, with nothing looked at or verified.
const RAW: &str = "PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE item_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price TEXT NOT NULL, note VARCHAR(20));
INSERT INTO item_new (id, name, price, note) SELECT id, name, CAST(price AS TEXT), note FROM item;
DROP TABLE item;
ALTER TABLE item_new RENAME TO item;
CREATE INDEX ix_item_name ON item (name);
COMMIT;
";

/// Measures the changes at every number of rows that `options` name.
///
/// # Errors
/// [`BenchError`] when the databases cannot be made.
pub(crate) fn rebuild(
    programs: &Programs,
    options: &Options,
    report: &mut Report,
) -> Result<(), BenchError> {
    report.heading("SQLite: a populated table changed");
    let mut points = Vec::new();
    for &rows in &options.rows {
        let root = tempfile::tempdir()?;
        let root = root.path();
        fill(programs, root, rows)?;
        write_script(
            &root.join("rebuild"),
            "ALTER TABLE item ALTER COLUMN price TYPE TEXT",
        )?;
        write_script(
            &root.join("in_place"),
            "ALTER TABLE item ALTER COLUMN price DROP NOT NULL",
        )?;
        fs::write(root.join("raw.sql"), RAW)?;
        let fresh = || fs::copy(root.join("filled.db"), root.join("bench.db")).map(|_| ());
        let limbeck = |project: &'static str| {
            move || {
                let mut command = Command::new(&programs.limbeck);
                command
                    .current_dir(root.join(project))
                    .args(["upgrade", "head"]);
                command
            }
        };
        let figures = run(
            &[
                Contender::new("limbeck, type change (rebuild)", limbeck("rebuild"))
                    .prepared(fresh),
                Contender::new("raw engine, the same copy", || {
                    let mut command = Command::new(&programs.raw_sqlite);
                    command.current_dir(root).args(["bench.db", "raw.sql"]);
                    command
                })
                .prepared(fresh),
                Contender::new("limbeck, DROP NOT NULL (in place)", limbeck("in_place"))
                    .prepared(fresh),
            ],
            options.runs,
        );
        report.table(&format!("{rows} rows:"), &figures);
        if let Some(wall) = figures
            .first()
            .and_then(|figure| figure.median(|cost| cost.wall))
        {
            points.push((rows as f64, wall));
        }
    }
    if let Some(exponent) = growth(&points) {
        report.line(&format!("Growth of limbeck's rebuild: rows^{exponent:.2}."));
    }
    Ok(())
}

fn fill(programs: &Programs, root: &Path, rows: usize) -> Result<(), BenchError> {
    let script = format!(
        "{TABLE}WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {rows})
INSERT INTO item SELECT n, 'item number ' || (n * 7919 % {rows}), n % 1000, NULL FROM number;"
    );
    fs::write(root.join("fill.sql"), script)?;
    let status = Command::new(&programs.raw_sqlite)
        .current_dir(root)
        .args(["filled.db", "fill.sql"])
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(BenchError::Script("fill.sql failed".to_owned()))
    }
}

fn write_script(project: &Path, statement: &str) -> Result<(), BenchError> {
    fs::create_dir_all(project.join("versions"))?;
    fs::write(
        project.join("limbeck.toml"),
        "script_location = \".\"\nurl = \"sqlite:///../bench.db\"\n",
    )?;
    fs::write(
        project.join("versions/0001_change.sql"),
        format!(
            "-- change\n--\n-- revision: 0001\n-- revises: base\n\n-- limbeck: upgrade\n{statement};\n\n-- limbeck: downgrade\n"
        ),
    )?;
    Ok(())
}
