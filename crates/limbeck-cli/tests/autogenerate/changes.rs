//! What is written for a changed model, on SQLite.

use crate::project::Project;

const SHOP: &str = "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n\
    CREATE TABLE book (id INTEGER PRIMARY KEY, title VARCHAR(200) NOT NULL, author_id INTEGER REFERENCES author (id));\n";

#[test]
fn the_first_revision_of_a_project_creates_everything() {
    let project = Project::sqlite();
    project.model(&format!(
        "{SHOP}CREATE INDEX book_author ON book (author_id);\n\
         CREATE VIEW titles AS SELECT title FROM book;\n\
         CREATE TRIGGER no_empty BEFORE INSERT ON book WHEN new.title = '' BEGIN SELECT raise(ABORT, 'empty'); END;\n"
    ));
    insta::assert_snapshot!(project.autogenerate("a1", &[]), @"");
    insta::assert_snapshot!(project.script("a1"), @"");
    project.holds();
}

#[test]
fn a_changed_table_is_altered_and_not_rebuilt_by_hand() {
    let project = Project::sqlite();
    project.start(SHOP);
    project.execute(
        "INSERT INTO author VALUES (1, 'Ada');\n\
         INSERT INTO book VALUES (1, 'Notes', 1);\n",
    );
    project.model(
        "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, born INTEGER CHECK (born > 0));\n\
         CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL DEFAULT 'untitled',\n\
           author_id INTEGER NOT NULL REFERENCES author (id) ON DELETE CASCADE);\n\
         CREATE UNIQUE INDEX one_title ON book (author_id, title) WHERE title <> '';\n",
    );
    insta::assert_snapshot!(project.autogenerate("b1", &[]), @"");
    insta::assert_snapshot!(project.script("b1"), @"");
    project.holds();
    assert_eq!(project.database.texts("SELECT title FROM book"), ["Notes"]);
}

#[test]
fn nothing_to_do_is_no_file() {
    let project = Project::sqlite();
    project.start(SHOP);
    insta::assert_snapshot!(project.autogenerate("b1", &[]), @"");
    let ran = project.autogenerate("b1", &["--allow-empty"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(project.script("b1"), @"");
}

#[test]
fn rows_that_stand_in_the_way_are_told() {
    let project = Project::sqlite();
    project.start(
        "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT);\n\
         CREATE TABLE book (id INTEGER PRIMARY KEY, title VARCHAR(200) NOT NULL, author_id INTEGER);\n",
    );
    project.execute(
        "INSERT INTO author VALUES (1, 'Ada', ''), (2, 'Ada', NULL);\n\
         INSERT INTO book VALUES (1, 'A title of more than ten letters', 7);\n",
    );
    project.model(
        "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, email TEXT CHECK (email <> ''));\n\
         CREATE TABLE book (id INTEGER PRIMARY KEY, title VARCHAR(10) NOT NULL, author_id INTEGER REFERENCES author (id));\n",
    );
    insta::assert_snapshot!(project.autogenerate("b1", &[]), @"");
    insta::assert_snapshot!(project.script("b1"), @"");
    // Two of one name are in the way of the constraint, as was said.
    let ran = project.run("upgrade head");
    assert_eq!(ran.code, 1, "{ran}");
}

#[test]
fn a_database_that_lacks_a_revision_is_not_compared() {
    let project = Project::sqlite();
    project.model(SHOP);
    assert_eq!(project.autogenerate("a1", &[]).code, 0);
    insta::assert_snapshot!(project.autogenerate("b1", &[]), @"");
    insta::assert_snapshot!(project.run("check"), @"");
}

#[test]
fn what_is_excluded_is_neither_created_nor_dropped() {
    let project = Project::sqlite();
    project.start(SHOP);
    let settings = project.read("limbeck.toml");
    project.write(
        "limbeck.toml",
        &format!("{settings}exclude = {{ tables = [\"job_*\", \"search\"] }}\n"),
    );
    project.execute("CREATE TABLE job_queue (id INTEGER);\n");
    project.model(&format!("{SHOP}CREATE TABLE search (word TEXT);\n"));
    assert_eq!(project.run("check").code, 0);
    assert!(!project.run("inspect").stdout.contains("job_queue"));
    assert!(project.run("inspect --all").stdout.contains("job_queue"));
}

#[test]
fn one_script_for_two_databases() {
    let project = Project::sqlite();
    project.start("CREATE TABLE item (id INTEGER PRIMARY KEY, price INTEGER);\n");
    project.model(
        "CREATE TABLE item (id INTEGER PRIMARY KEY, price INTEGER NOT NULL, note VARCHAR(20));\n\
         CREATE TABLE tag (word VARCHAR(20) NOT NULL);\n",
    );
    let ran = project.autogenerate("b1", &["--dialect", "sqlite", "--dialect", "mysql"]);
    assert_eq!(ran.code, 0, "{ran}");
    insta::assert_snapshot!(project.script("b1"), @"");
    project.holds();
}

#[test]
fn a_mistake_in_the_model_is_shown_with_its_line() {
    let project = Project::sqlite();
    project.model("CREATE TABLE author (id INTEGER PRIMARY KEY);\n\nCREATE TABLE book (id INTEGR PRIMARY KEY, , x);\n");
    insta::assert_snapshot!(project.run("check"), @"");
    project.model("DROP TABLE author;\n");
    insta::assert_snapshot!(project.run("check"), @"");
    project.run("init other");
    project.write("limbeck.toml", "url = \"sqlite:///shop.db\"\n");
    insta::assert_snapshot!(project.run("check"), @"");
    project.write(
        "limbeck.toml",
        "url = \"sqlite:///shop.db\"\nmodel = \"schemas.sql\"\n",
    );
    insta::assert_snapshot!(project.run("check"), @"");
}
