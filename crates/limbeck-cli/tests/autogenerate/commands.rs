//! `inspect`, `diff` and `check`, with and without a project.

use crate::{project::Project, support::Sandbox};

const SHOP: &str = "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n";

#[test]
fn a_database_is_printed_as_what_builds_it() {
    let project = Project::sqlite();
    project.start(SHOP);
    insta::assert_snapshot!(project.run("inspect"), @"");
    // What is printed is a model of the same.
    let printed = project.run("inspect --format sql").stdout;
    project.model(&printed);
    insta::assert_snapshot!(project.run("check"), @"");
    // So is a snapshot.
    project.write("snapshot.json", &project.snapshot());
    insta::assert_snapshot!(project.run("diff database snapshot.json"), @"");
}

#[test]
fn any_two_schemas_can_be_compared() {
    let sandbox = Sandbox::empty();
    sandbox.write("old.sql", SHOP);
    sandbox.write(
        "new/1_author.sql",
        "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);\n",
    );
    sandbox.write("new/2_book.sql", "CREATE TABLE book (title TEXT);\n");
    insta::assert_snapshot!(sandbox.run("diff old.sql new"), @"");
    let line = "diff old.sql new --scratch-url sqlite://";
    insta::assert_snapshot!(sandbox.run(line), @"");
    insta::assert_snapshot!(sandbox.run(&format!("{line} --format sql")), @"");
    insta::assert_snapshot!(sandbox.run(&format!("{line} --format json")), @"");
    insta::assert_snapshot!(sandbox.run("diff old.sql old.sql --scratch-url sqlite://"), @"");
    insta::assert_snapshot!(sandbox.run("diff old.sql newer.sql"), @"");
}

#[test]
fn inspecting_makes_no_file() {
    let sandbox = Sandbox::empty();
    let ran = sandbox.run("inspect --url sqlite:///nothing.db");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(!sandbox.exists("nothing.db"));
}

#[test]
fn only_schemas_are_printed_as_sql() {
    let project = Project::sqlite();
    insta::assert_snapshot!(project.run("heads --format sql"), @"");
}

#[test]
fn a_program_is_told_what_was_found() {
    let project = Project::sqlite();
    project.model(SHOP);
    insta::assert_snapshot!(project.run("check --format json"), @"");
    let ran = project.autogenerate("a1", &["--format", "json"]);
    insta::assert_snapshot!(ran, @"");
    assert_eq!(project.run("upgrade head").code, 0);
    insta::assert_snapshot!(project.run("check --format json"), @"");
    insta::assert_snapshot!(project.autogenerate("b1", &["--format", "json"]), @"");
}
