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
    insta::assert_snapshot!(project.autogenerate("b1", &[]), @"");
    insta::assert_snapshot!(project.script("b1"), @"");
    insta::assert_snapshot!(project.run("upgrade head"), @"");
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
    insta::assert_snapshot!(ran, @"");
    insta::assert_snapshot!(project.script("b1"), @"");
    project.holds();
    assert_eq!(project.database.texts("SELECT title FROM book"), ["Notes"]);
}

#[test]
fn an_accepted_drop_still_needs_a_value_for_the_new_column() {
    let project = renamed();
    let ran = project.autogenerate("b1", &["--accept-drop", "--fill", "book.title='?'"]);
    insta::assert_snapshot!(ran, @"");
    insta::assert_snapshot!(project.script("b1"), @"");
    assert_eq!(project.run("upgrade head").code, 0);
    assert_eq!(project.run("check").code, 0);
    assert_eq!(project.database.texts("SELECT title FROM book"), ["?"]);
    // What the column held is gone, so the way back does not guess.
    insta::assert_snapshot!(project.run("downgrade -1"), @"");
}

#[test]
fn a_slip_in_a_decision_is_told() {
    let project = renamed();
    insta::assert_snapshot!(project.autogenerate("b1", &["--rename", "book.titl:title"]), @"");
    insta::assert_snapshot!(project.autogenerate("b1", &["--rename", "titel"]), @"");
    insta::assert_snapshot!(project.autogenerate("b1", &["--fill", "book.title"]), @"");
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
    insta::assert_snapshot!(project.script("b1"), @"");
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
    insta::assert_snapshot!(project.autogenerate("b1", &[]), @"");
    insta::assert_snapshot!(project.script("b1"), @"");
    assert_eq!(project.run("upgrade head").code, 1);
    std::fs::remove_file(project.path("migrations/versions/b1_x.sql")).unwrap();

    let fills = [
        "--fill",
        "book.pages=0",
        "--fill",
        "book.isbn='none ' || id",
    ];
    assert_eq!(project.autogenerate("b1", &fills).code, 0);
    insta::assert_snapshot!(project.script("b1"), @"");
    project.holds();
    assert_eq!(project.database.texts("SELECT isbn FROM book"), ["none 1"]);
}
