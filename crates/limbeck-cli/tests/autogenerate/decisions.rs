//! What no schema tells: renames, and the values of rows.

use crate::project::Project;

const BEFORE: &str =
    "CREATE TABLE book (id INTEGER PRIMARY KEY, titel VARCHAR(200) NOT NULL, pages INTEGER);\n";
const AFTER: &str =
    "CREATE TABLE book (id INTEGER PRIMARY KEY, title VARCHAR(200) NOT NULL, pages INTEGER);\n";

fn renamed() -> Project {
    let project = Project::sqlite();
    project.start(BEFORE);
    project.execute("INSERT INTO book VALUES (1, 'Notes', 12);\n");
    project.model(AFTER);
    project
}

#[test]
fn a_possible_rename_is_written_both_ways_and_not_run() {
    let project = renamed();
    insta::assert_snapshot!(project.autogenerate("b1", &[]), @r#"
    Generating [ROOT]/migrations/versions/b1_x.sql ...  done
    [stderr]
    INFO  [alembic.autogenerate.compare.tables] Detected added column 'book.title'
    INFO  [alembic.autogenerate.compare.tables] Detected removed column 'book.titel'
    WARNI [limbeck.autogenerate] column 'book.titel' may have been renamed to 'title'
    [exit 0]
    "#);
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade
    -- limbeck: undecided because column 'book.titel' may have been renamed to 'title'
    -- Keep one of the two parts and delete the other, the line above and these. Or delete this file and write it
    -- again with --rename book.titel:book.title, or with --accept-drop.

    -- EITHER it was renamed, and what is stored stays:
    ALTER TABLE book RENAME COLUMN titel TO title;

    -- OR it was dropped with all that is stored, and something new has taken its place:
    -- limbeck: undecided because the rows there are have no value for 'book.title'
    -- Write one below instead of each /* a value for the rows there are */ and delete the line above.

    ALTER TABLE book ADD COLUMN title VARCHAR(200);
    UPDATE book SET title = /* a value for the rows there are */ WHERE title IS NULL;
    ALTER TABLE book ALTER COLUMN title SET NOT NULL;

    -- Careful: the values of 'book.titel' are lost (here: 1 value).
    ALTER TABLE book DROP COLUMN titel;

    -- The end of the two parts.

    -- limbeck: downgrade
    -- limbeck: undecided because column 'book.titel' may have been renamed to 'title'
    -- Keep one of the two parts and delete the other, the line above and these. Or delete this file and write it
    -- again with --rename book.titel:book.title, or with --accept-drop.

    -- EITHER it was renamed, and what is stored stays:
    ALTER TABLE book RENAME COLUMN title TO titel;

    -- OR it was dropped with all that is stored, and something new has taken its place:
    -- limbeck: undecided because the rows there are have no value for 'book.titel'
    -- Write one below instead of each /* a value for the rows there are */ and delete the line above.

    ALTER TABLE book ADD COLUMN titel VARCHAR(200);
    UPDATE book SET titel = /* a value for the rows there are */ WHERE titel IS NULL;
    ALTER TABLE book ALTER COLUMN titel SET NOT NULL;

    ALTER TABLE book DROP COLUMN title;

    -- The end of the two parts.
    "#);
    insta::assert_snapshot!(project.run("upgrade head"), @r#"
    [stderr]
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    error: revision b1 could not be run: something is left to decide: column 'book.titel' may have been renamed to 'title'; edit the script until it says what you mean, and delete this line
     --> [ROOT]/migrations/versions/b1_x.sql:8:1
      |
    8 | -- limbeck: undecided because column 'book.titel' may have been renamed to 'title'
      | ^^
      |
      = note: Nothing of this run was kept.
    [exit 1]
    "#);
    assert_eq!(project.database.texts("SELECT titel FROM book"), ["Notes"]);
}

#[test]
fn the_script_runs_when_one_of_the_two_was_chosen() {
    let project = renamed();
    assert_eq!(project.autogenerate("b1", &[]).code, 0);
    let file = "migrations/versions/b1_x.sql";
    let mut kept = Vec::new();
    let mut skips = false;
    for line in project.read(file).lines() {
        if line.starts_with("-- OR ") {
            skips = true;
        }
        if !skips && !line.contains("undecided because") {
            kept.push(line.to_owned());
        }
        if line.starts_with("-- The end of the two parts") {
            skips = false;
        }
    }
    project.write(file, &(kept.join("\n") + "\n"));
    project.holds();
    assert_eq!(project.database.texts("SELECT title FROM book"), ["Notes"]);
}

#[test]
fn a_rename_that_is_told_is_a_rename() {
    let project = renamed();
    let ran = project.autogenerate("b1", &["--rename", "book.titel:title"]);
    insta::assert_snapshot!(ran, @r#"
    Generating [ROOT]/migrations/versions/b1_x.sql ...  done
    [stderr]
    INFO  [alembic.autogenerate.compare.tables] Detected renamed column 'book.titel' to 'title'
    [exit 0]
    "#);
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade
    ALTER TABLE book RENAME COLUMN titel TO title;

    -- limbeck: downgrade
    ALTER TABLE book RENAME COLUMN title TO titel;
    "#);
    project.holds();
    assert_eq!(project.database.texts("SELECT title FROM book"), ["Notes"]);
}

#[test]
fn an_accepted_drop_still_needs_a_value_for_the_new_column() {
    let project = renamed();
    let ran = project.autogenerate("b1", &["--accept-drop", "--fill", "book.title='?'"]);
    insta::assert_snapshot!(ran, @r#"
    Generating [ROOT]/migrations/versions/b1_x.sql ...  done
    [stderr]
    INFO  [alembic.autogenerate.compare.tables] Detected added column 'book.title'
    INFO  [alembic.autogenerate.compare.tables] Detected removed column 'book.titel'
    WARNI [limbeck.autogenerate] the values of 'book.titel' are lost (here: 1 value)
    [exit 0]
    "#);
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade
    ALTER TABLE book ADD COLUMN title VARCHAR(200);
    UPDATE book SET title = '?' WHERE title IS NULL;
    ALTER TABLE book ALTER COLUMN title SET NOT NULL;

    -- Careful: the values of 'book.titel' are lost (here: 1 value).
    ALTER TABLE book DROP COLUMN titel;

    -- limbeck: downgrade
    -- limbeck: undecided because the rows there are have no value for 'book.titel'
    -- Write one below instead of each /* a value for the rows there are */ and delete the line above.

    ALTER TABLE book ADD COLUMN titel VARCHAR(200);
    UPDATE book SET titel = /* a value for the rows there are */ WHERE titel IS NULL;
    ALTER TABLE book ALTER COLUMN titel SET NOT NULL;

    ALTER TABLE book DROP COLUMN title;
    "#);
    assert_eq!(project.run("upgrade head").code, 0);
    assert_eq!(project.run("check").code, 0);
    assert_eq!(project.database.texts("SELECT title FROM book"), ["?"]);
    // What the column held is gone, so the way back does not guess.
    insta::assert_snapshot!(project.run("downgrade -1"), @r#"
    [stderr]
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    error: revision b1 could not be run: something is left to decide: the rows there are have no value for 'book.titel'; edit the script until it says what you mean, and delete this line
      --> [ROOT]/migrations/versions/b1_x.sql:16:1
       |
    16 | -- limbeck: undecided because the rows there are have no value for 'book.titel'
       | ^^
       |
       = note: Nothing of this run was kept.
    [exit 1]
    "#);
}

#[test]
fn a_slip_in_a_decision_is_told() {
    let project = renamed();
    insta::assert_snapshot!(project.autogenerate("b1", &["--rename", "book.titl:title"]), @r#"
    FAILED: nothing here is called book.titl:title
    [stderr]
    error: nothing here is called book.titl:title
     |
     = help: a rename is written old:new or table.old:new, a value table.column=expression, with the names of the database and of the model
    [exit 255]
    "#);
    insta::assert_snapshot!(project.autogenerate("b1", &["--rename", "titel"]), @r#"
    FAILED: 'titel' is not of the form old:new, such as author:writer or book.titel:title
    [exit 255]
    "#);
    insta::assert_snapshot!(project.autogenerate("b1", &["--fill", "book.title"]), @r#"
    FAILED: 'book.title' is not of the form table.column=expression, such as book.pages=0
    [exit 255]
    "#);
}

#[test]
fn a_renamed_table_keeps_its_rows() {
    let project = Project::sqlite();
    project.start(BEFORE);
    project.execute("INSERT INTO book VALUES (1, 'Notes', 12);\n");
    project.model("CREATE TABLE volume (id INTEGER PRIMARY KEY, titel VARCHAR(200) NOT NULL, pages INTEGER);\n");
    let ran = project.autogenerate("b1", &[]);
    assert!(ran.stderr.contains("may have been renamed"), "{ran}");
    project.run_arguments(&["downgrade", "base"]);
    let ran = project.run("upgrade a1");
    assert_eq!(ran.code, 0, "{ran}");
    std::fs::remove_file(project.path("migrations/versions/b1_x.sql")).unwrap();
    project.execute("INSERT INTO book VALUES (1, 'Notes', 12);\n");
    assert_eq!(
        project
            .autogenerate("b1", &["--rename", "book:volume"])
            .code,
        0
    );
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade
    ALTER TABLE book RENAME TO volume;

    -- limbeck: downgrade
    ALTER TABLE volume RENAME TO book;
    "#);
    project.holds();
    assert_eq!(
        project.database.texts("SELECT titel FROM volume"),
        ["Notes"]
    );
}

#[test]
fn a_new_required_column_waits_for_its_value() {
    let project = Project::sqlite();
    project.start(BEFORE);
    project.model(&BEFORE.replace(
        "pages INTEGER",
        "pages INTEGER NOT NULL, isbn TEXT NOT NULL",
    ));
    // Without rows there is nothing to fill.
    assert_eq!(project.autogenerate("b1", &[]).code, 0);
    assert!(
        !project.script("b1").contains("undecided"),
        "{}",
        project.script("b1")
    );
    std::fs::remove_file(project.path("migrations/versions/b1_x.sql")).unwrap();

    project.execute("INSERT INTO book VALUES (1, 'Notes', NULL);\n");
    insta::assert_snapshot!(project.autogenerate("b1", &[]), @r#"
    Generating [ROOT]/migrations/versions/b1_x.sql ...  done
    [stderr]
    INFO  [alembic.autogenerate.compare.tables] Detected added column 'book.isbn'
    INFO  [alembic.autogenerate.compare.constraints] Detected NOT NULL on column 'book.pages'
    WARNI [limbeck.autogenerate] 'book.isbn' refuses NULL and has no default: this fails where 'book' has rows (here: 1 row)
    WARNI [limbeck.autogenerate] this fails where 'book.pages' is NULL (here: 1 row)
    [exit 0]
    "#);
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade
    -- limbeck: undecided because the rows there are have no value for 'book.isbn', 'book.pages'
    -- Write one below instead of each /* a value for the rows there are */ and delete the line above.

    ALTER TABLE book ADD COLUMN isbn TEXT;
    UPDATE book SET isbn = /* a value for the rows there are */ WHERE isbn IS NULL;
    ALTER TABLE book ALTER COLUMN isbn SET NOT NULL;

    UPDATE book SET pages = /* a value for the rows there are */ WHERE pages IS NULL;
    ALTER TABLE book ALTER COLUMN pages SET NOT NULL;

    -- limbeck: downgrade
    ALTER TABLE book ALTER COLUMN pages DROP NOT NULL;

    ALTER TABLE book DROP COLUMN isbn;
    "#);
    assert_eq!(project.run("upgrade head").code, 1);
    std::fs::remove_file(project.path("migrations/versions/b1_x.sql")).unwrap();

    let fills = [
        "--fill",
        "book.pages=0",
        "--fill",
        "book.isbn='none ' || id",
    ];
    assert_eq!(project.autogenerate("b1", &fills).code, 0);
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade
    ALTER TABLE book ADD COLUMN isbn TEXT;
    UPDATE book SET isbn = 'none ' || id WHERE isbn IS NULL;
    ALTER TABLE book ALTER COLUMN isbn SET NOT NULL;

    UPDATE book SET pages = 0 WHERE pages IS NULL;
    ALTER TABLE book ALTER COLUMN pages SET NOT NULL;

    -- limbeck: downgrade
    ALTER TABLE book ALTER COLUMN pages DROP NOT NULL;

    ALTER TABLE book DROP COLUMN isbn;
    "#);
    project.holds();
    assert_eq!(project.database.texts("SELECT isbn FROM book"), ["none 1"]);
}

#[test]
fn a_model_may_tell_its_renames() {
    let project = Project::sqlite();
    project.start(BEFORE);
    project.execute("INSERT INTO book VALUES (1, 'Notes', 3);\n");
    let renamed = BEFORE.replace("book", "volume").replace("titel", "title");
    let told = "-- limbeck: renamed book:volume\n-- limbeck: renamed book.titel:title\n\
                -- limbeck: renamed book.price:cost\n";
    project.model(&format!("{told}{renamed}"));
    assert_eq!(project.autogenerate("b1", &[]).code, 0);
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade
    ALTER TABLE book RENAME TO volume;

    ALTER TABLE volume RENAME COLUMN titel TO title;

    -- limbeck: downgrade
    ALTER TABLE volume RENAME TO book;

    ALTER TABLE book RENAME COLUMN title TO titel;
    "#);
    project.holds();
    // Done, they stay where they are; and what a database really has under the new name is not replaced.
    assert_eq!(project.run("check").code, 0);
    project.execute("ALTER TABLE volume ADD COLUMN titel TEXT;\n");
    insta::assert_snapshot!(project.run("diff database model"), @r#"
    Detected removed column 'volume.titel'
    Careful: the values of 'volume.titel' are lost
    [exit 3]
    "#);
}

#[test]
fn a_large_table_is_filled_in_batches() {
    let project = Project::sqlite();
    project.start(BEFORE);
    project.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100001)\n\
         INSERT INTO book SELECT i, 'Notes', i FROM n;\n",
    );
    project.model(&BEFORE.replace("pages INTEGER", "pages INTEGER, isbn TEXT NOT NULL"));
    let fill = ["--fill", "book.isbn='none ' || id"];
    assert_eq!(project.autogenerate("b1", &fill).code, 0);
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade
    ALTER TABLE book ADD COLUMN isbn TEXT;
    -- limbeck: in batches of 10000 by id
    UPDATE book SET isbn = 'none ' || id WHERE isbn IS NULL;
    ALTER TABLE book ALTER COLUMN isbn SET NOT NULL;

    -- limbeck: downgrade
    ALTER TABLE book DROP COLUMN isbn;
    "#);
    assert_eq!(project.run("upgrade head").code, 0);
    let unlike = "SELECT CAST(count(*) AS TEXT) FROM book WHERE isbn IS NOT 'none ' || id";
    assert_eq!(project.database.texts(unlike), ["0"]);
    assert_eq!(project.run("check").code, 0);
}

#[test]
fn a_script_in_python_is_kept_from_running_the_same_way() {
    let sandbox = crate::support::Sandbox::empty();
    assert_eq!(sandbox.run("init -t generic alembic").code, 0);
    let settings = sandbox.read("alembic.ini");
    let settings = settings.replace("driver://user:pass@localhost/dbname", "sqlite:///app.db");
    sandbox.write(
        "alembic.ini",
        &format!("{settings}\n[limbeck]\nmodel = schema.sql\n"),
    );
    sandbox.write("schema.sql", BEFORE);
    let revision = |id| format!("revision --autogenerate -m x --rev-id {id}");
    assert_eq!(sandbox.run(&revision("a1")).code, 0);
    let ran = sandbox.run("upgrade head");
    assert_eq!(ran.code, 0, "{ran}");
    sandbox.write("schema.sql", AFTER);
    assert_eq!(sandbox.run(&revision("b1")).code, 0);
    let script = sandbox.read("alembic/versions/b1_x.py");
    // Alembic, which does not know the mark, is kept from running it, too.
    let (_, upgrade) = script.split_once("# limbeck: undecided because ").unwrap();
    assert!(upgrade.contains("raise RuntimeError("), "{script}");
    assert!(upgrade.contains("new_column_name='title'"), "{script}");
    let ran = sandbox.run("upgrade head");
    assert_eq!(ran.code, 1, "{ran}");
    assert!(ran.stderr.contains("something is left to decide"), "{ran}");

    assert_eq!(
        sandbox
            .run(&format!("{} --rename book.titel:title", revision("c1")))
            .code,
        255
    );
    std::fs::remove_file(sandbox.path().join("alembic/versions/b1_x.py")).unwrap();
    let line = format!("{} --rename book.titel:title", revision("c1"));
    assert_eq!(sandbox.run(&line).code, 0);
    for line in ["upgrade head", "check"] {
        let ran = sandbox.run(line);
        assert_eq!(ran.code, 0, "{line}: {ran}");
    }
}

/// Answers are typed into a terminal, which the program `script` makes; without it nothing is tested.
#[cfg(target_os = "linux")]
#[test]
fn somebody_at_a_terminal_is_asked() {
    use std::{io::Write as _, process::Stdio};

    let project = renamed();
    project.model(&AFTER.replace("pages INTEGER", "pages INTEGER, isbn TEXT NOT NULL"));
    let line = format!(
        "{} revision --autogenerate -m x --rev-id b1",
        env!("CARGO_BIN_EXE_limbeck")
    );
    let terminal = std::process::Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(project.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut terminal) = terminal else {
        return;
    };
    let mut keyboard = terminal.stdin.take().unwrap();
    keyboard.write_all(b"y\n'none'\n").unwrap();
    let screen = terminal.wait_with_output().unwrap();
    drop(keyboard);
    let screen = String::from_utf8(screen.stdout).unwrap();
    for question in [
        "Column 'book.titel' may have been renamed to 'title'. Was it?",
        "What do the rows there are get in 'book.isbn'?",
    ] {
        assert!(screen.contains(question), "{screen}");
    }
    project.holds();
    assert_eq!(
        project.database.texts("SELECT title || isbn FROM book"),
        ["Notesnone"]
    );
}
