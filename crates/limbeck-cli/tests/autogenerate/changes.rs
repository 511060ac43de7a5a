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
    insta::assert_snapshot!(project.autogenerate("a1", &[]), @r#"
    Generating [ROOT]/migrations/versions/a1_x.sql ...  done
    [stderr]
    INFO  [alembic.autogenerate.compare.tables] Detected added table 'author'
    INFO  [alembic.autogenerate.compare.tables] Detected added table 'book'
    INFO  [alembic.autogenerate.compare.tables] Detected added view 'titles'
    INFO  [alembic.autogenerate.compare.tables] Detected added trigger 'no_empty' on 'book'
    [exit 0]
    "#);
    insta::assert_snapshot!(project.script("a1"), @r#"
    -- limbeck: upgrade
    CREATE TABLE author (
        id INTEGER,
        name TEXT NOT NULL,
        PRIMARY KEY (id)
    );

    CREATE TABLE book (
        id INTEGER,
        title VARCHAR(200) NOT NULL,
        author_id INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(author_id) REFERENCES author (id)
    );
    CREATE INDEX book_author ON book (author_id);

    CREATE VIEW titles AS SELECT title FROM book;

    CREATE TRIGGER no_empty BEFORE INSERT ON book WHEN new.title = '' BEGIN SELECT raise(ABORT, 'empty'); END;

    -- limbeck: downgrade
    DROP VIEW titles;

    DROP TABLE book;

    DROP TABLE author;
    "#);
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
    insta::assert_snapshot!(project.autogenerate("b1", &[]), @r#"
    Generating [ROOT]/migrations/versions/b1_x.sql ...  done
    [stderr]
    INFO  [alembic.autogenerate.compare.constraints] Detected removed foreign key (author_id)(id) on table book
    INFO  [alembic.autogenerate.compare.tables] Detected added column 'author.born'
    INFO  [alembic.autogenerate.compare.types] Detected type change from VARCHAR(200) to TEXT on 'book.title'
    INFO  [alembic.autogenerate.compare.server_defaults] Detected server default on column 'book.title'
    INFO  [alembic.autogenerate.compare.constraints] Detected NOT NULL on column 'book.author_id'
    INFO  [alembic.autogenerate.compare.constraints] Detected added unique constraint None on '('name',)'
    INFO  [alembic.autogenerate.compare.constraints] Detected added check constraint None on table 'author'
    INFO  [alembic.autogenerate.compare.constraints] Detected added index 'one_title' on '('author_id', 'title')'
    INFO  [alembic.autogenerate.compare.constraints] Detected added foreign key (author_id)(id) on table book
    WARNI [limbeck.autogenerate] this fails where a row of 'author' does not meet born > 0
    [exit 0]
    "#);
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade
    ALTER TABLE book DROP FOREIGN KEY (author_id);

    ALTER TABLE author ADD COLUMN born INTEGER;

    ALTER TABLE book ALTER COLUMN title TYPE TEXT;
    ALTER TABLE book ALTER COLUMN title SET DEFAULT 'untitled';

    -- Careful: this fails where 'book.author_id' is NULL (here: none).
    ALTER TABLE book ALTER COLUMN author_id SET NOT NULL;

    -- Careful: this fails where rows of 'author' have the same (name) (here: none).
    ALTER TABLE author ADD UNIQUE (name);

    -- Careful: this fails where a row of 'author' does not meet born > 0.
    ALTER TABLE author ADD CHECK (born > 0);

    -- Careful: this fails where rows of 'book' have the same (author_id, title) (here: none).
    CREATE UNIQUE INDEX one_title ON book (author_id, title) WHERE title <> '';

    -- Careful: this fails where (author_id) of 'book' refers to no row of 'author' (here: none).
    ALTER TABLE book ADD FOREIGN KEY(author_id) REFERENCES author (id) ON DELETE CASCADE;

    -- limbeck: downgrade
    ALTER TABLE book DROP FOREIGN KEY (author_id);

    ALTER TABLE author DROP UNIQUE (name);

    ALTER TABLE author DROP CHECK (born > 0);

    DROP INDEX one_title;

    -- Careful: 'book.title' may hold values that do not fit from TEXT into VARCHAR(200).
    ALTER TABLE book ALTER COLUMN title TYPE VARCHAR(200);
    ALTER TABLE book ALTER COLUMN title DROP DEFAULT;

    ALTER TABLE book ALTER COLUMN author_id DROP NOT NULL;

    -- Careful: this fails where (author_id) of 'book' refers to no row of 'author'.
    ALTER TABLE book ADD FOREIGN KEY(author_id) REFERENCES author (id);

    ALTER TABLE author DROP COLUMN born;
    "#);
    project.holds();
    assert_eq!(project.database.texts("SELECT title FROM book"), ["Notes"]);
}

#[test]
fn nothing_to_do_is_no_file() {
    let project = Project::sqlite();
    project.start(SHOP);
    insta::assert_snapshot!(project.autogenerate("b1", &[]), @r#"
    No changes detected: the database is what the model wants, and no file was written.
    [exit 4]
    "#);
    let ran = project.autogenerate("b1", &["--allow-empty"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade


    -- limbeck: downgrade
    "#);
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
    insta::assert_snapshot!(project.autogenerate("b1", &[]), @r#"
    Generating [ROOT]/migrations/versions/b1_x.sql ...  done
    [stderr]
    INFO  [alembic.autogenerate.compare.types] Detected type change from VARCHAR(200) to VARCHAR(10) on 'book.title'
    INFO  [alembic.autogenerate.compare.constraints] Detected added unique constraint None on '('name',)'
    INFO  [alembic.autogenerate.compare.constraints] Detected added check constraint None on table 'author'
    INFO  [alembic.autogenerate.compare.constraints] Detected added foreign key (author_id)(id) on table book
    WARNI [limbeck.autogenerate] 'book.title' may hold values that do not fit from VARCHAR(200) into VARCHAR(10) (here: 1 row)
    WARNI [limbeck.autogenerate] this fails where rows of 'author' have the same (name) (here: 1 value that occurs more than once)
    WARNI [limbeck.autogenerate] this fails where a row of 'author' does not meet email <> '' (here: 1 row)
    WARNI [limbeck.autogenerate] this fails where (author_id) of 'book' refers to no row of 'author' (here: 1 row)
    [exit 0]
    "#);
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade
    -- Careful: 'book.title' may hold values that do not fit from VARCHAR(200) into VARCHAR(10) (here: 1 row).
    ALTER TABLE book ALTER COLUMN title TYPE VARCHAR(10);

    -- Careful: this fails where rows of 'author' have the same (name) (here: 1 value that occurs more than once).
    ALTER TABLE author ADD UNIQUE (name);

    -- Careful: this fails where a row of 'author' does not meet email <> '' (here: 1 row).
    ALTER TABLE author ADD CHECK (email <> '');

    -- Careful: this fails where (author_id) of 'book' refers to no row of 'author' (here: 1 row).
    ALTER TABLE book ADD FOREIGN KEY(author_id) REFERENCES author (id);

    -- limbeck: downgrade
    ALTER TABLE book DROP FOREIGN KEY (author_id);

    ALTER TABLE author DROP UNIQUE (name);

    ALTER TABLE author DROP CHECK (email <> '');

    ALTER TABLE book ALTER COLUMN title TYPE VARCHAR(200);
    "#);
    // Two of one name are in the way of the constraint, as was said.
    let ran = project.run("upgrade head");
    assert_eq!(ran.code, 1, "{ran}");
}

#[test]
fn a_database_that_lacks_a_revision_is_not_compared() {
    let project = Project::sqlite();
    project.model(SHOP);
    assert_eq!(project.autogenerate("a1", &[]).code, 0);
    insta::assert_snapshot!(project.autogenerate("b1", &[]), @r#"
    FAILED: Target database is not up to date.
    [stderr]
    error: Target database is not up to date.
     |
     = help: apply what is pending with 'upgrade heads' first; what it does would be generated again
    [exit 255]
    "#);
    insta::assert_snapshot!(project.run("check"), @r#"
    FAILED: Target database is not up to date.
    [stderr]
    error: Target database is not up to date.
     |
     = help: apply what is pending with 'upgrade heads' first; what it does would be generated again
    [exit 255]
    "#);
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
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade (sqlite)
    CREATE TABLE tag (
        word VARCHAR(20) NOT NULL
    );

    ALTER TABLE item ADD COLUMN note VARCHAR(20);

    -- Careful: this fails where 'item.price' is NULL (here: none).
    ALTER TABLE item ALTER COLUMN price SET NOT NULL;

    -- limbeck: upgrade (mysql)
    CREATE TABLE tag (
        word VARCHAR(20) NOT NULL
    );

    ALTER TABLE item ADD COLUMN note VARCHAR(20);

    -- Careful: this fails where 'item.price' is NULL (here: none).
    ALTER TABLE item MODIFY price INTEGER NOT NULL;

    -- limbeck: downgrade (sqlite)
    ALTER TABLE item ALTER COLUMN price DROP NOT NULL;

    ALTER TABLE item DROP COLUMN note;

    DROP TABLE tag;

    -- limbeck: downgrade (mysql)
    ALTER TABLE item MODIFY price INTEGER NULL;

    ALTER TABLE item DROP COLUMN note;

    DROP TABLE tag;
    "#);
    project.holds();
}

#[test]
fn a_mistake_in_the_model_is_shown_with_its_line() {
    let project = Project::sqlite();
    project.model("CREATE TABLE author (id INTEGER PRIMARY KEY);\n\nCREATE TABLE book (id INTEGR PRIMARY KEY, , x);\n");
    insta::assert_snapshot!(project.run("check"), @r#"
    FAILED: the model cannot be built: near ",": syntax error
    [stderr]
    error: the model cannot be built: near ",": syntax error
     --> [ROOT]/schema.sql:3:1
      |
    3 | CREATE TABLE book (id INTEGR PRIMARY KEY, , x);
      | ^^^^^^
    [exit 255]
    "#);
    project.model("DROP TABLE author;\n");
    insta::assert_snapshot!(project.run("check"), @r#"
    FAILED: the model cannot be built: no such table: author
    [stderr]
    error: the model cannot be built: no such table: author
     --> [ROOT]/schema.sql:1:1
      |
    1 | DROP TABLE author;
      | ^^^^
    [exit 255]
    "#);
    project.run("init other");
    project.write("limbeck.toml", "url = \"sqlite:///shop.db\"\n");
    insta::assert_snapshot!(project.run("check"), @r#"
    FAILED: nothing says what the database should look like: the configuration has no 'model'
    [stderr]
    error: nothing says what the database should look like: the configuration has no 'model'
     |
     = help: write the CREATE statements of the schema you want into a file, such as schema.sql, and name it in the configuration: model = "schema.sql"
    [exit 255]
    "#);
    project.write(
        "limbeck.toml",
        "url = \"sqlite:///shop.db\"\nmodel = \"schemas.sql\"\n",
    );
    insta::assert_snapshot!(project.run("check"), @r#"
    FAILED: cannot read the model [ROOT]/schemas.sql: No such file or directory (os error 2); check the path and its permissions
    [exit 255]
    "#);
}

#[test]
fn numbers_that_lose_digits_are_counted() {
    let project = Project::sqlite();
    let model = "CREATE TABLE item (id INTEGER PRIMARY KEY, price NUMERIC(12, 4));\n";
    project.start(model);
    project.execute(
        "INSERT INTO item VALUES (1, 1234567.5), (2, 1.2345), (3, 99999.5), (4, -999999.999), (5, NULL);\n",
    );
    project.model(&model.replace("12, 4", "8, 2"));
    insta::assert_snapshot!(project.autogenerate("b1", &[]).stderr, @r#"
    INFO  [alembic.autogenerate.compare.types] Detected type change from NUMERIC(12, 4) to NUMERIC(8, 2) on 'item.price'
    WARNI [limbeck.autogenerate] 'item.price' may hold values that do not fit from NUMERIC(12, 4) into NUMERIC(8, 2) (here: 3 rows)
    "#);
}
