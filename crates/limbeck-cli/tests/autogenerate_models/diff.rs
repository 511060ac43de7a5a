//! `diff database model` of a project whose env.py has the models.

use super::project::{Project, Sample};

fn sample() -> Sample<'static> {
    Sample {
        models: "\
import sqlalchemy as sa
metadata = sa.MetaData()
sa.Table('book', metadata, sa.Column('id', sa.Integer, primary_key=True), sa.Column('title', sa.String(50), nullable=False))
",
        database: "CREATE TABLE book (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(50));\n",
        ..Sample::default()
    }
}

#[test]
fn tells_what_leads_to_the_models_whatever_the_database_is_at() {
    for python in [None, limbeck_testing::python_with_alembic()] {
        let project = Project::new(&sample(), python.as_deref());
        project.write(
            "alembic/versions/0001_pending.py",
            "revision = '0001'\ndown_revision = None\n\n\ndef upgrade():\n    pass\n",
        );
        let said = project.limbeck(&["diff", "database", "model"]);
        assert_eq!(said.code, 3, "{said:?}");
        insta::allow_duplicates! {
            insta::assert_snapshot!(said.stdout, @r#"
            Detected NOT NULL on column 'book.title'
            Careful: this fails where 'book.title' is NULL
            "#);
        }
        let said = project.limbeck(&["--format", "sql", "diff", "database", "model"]);
        assert_eq!(said.code, 3, "{said:?}");
        insta::allow_duplicates! {
            insta::assert_snapshot!(said.stdout, @r#"
            -- Careful: this fails where 'book.title' is NULL.
            ALTER TABLE book ALTER COLUMN title SET NOT NULL;
            "#);
        }
        project.sqlite("DROP TABLE book;\nCREATE TABLE book (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(50) NOT NULL);\n");
        let said = project.limbeck(&["diff", "database", "model"]);
        assert_eq!((said.code, said.stdout.as_str()), (0, "No differences.\n"));
    }
}

#[test]
fn the_models_stand_against_their_own_database_only() {
    let project = Project::new(&sample(), None);
    let said = project.limbeck(&["diff", "model", "database"]);
    assert_eq!(said.code, 255);
    insta::assert_snapshot!(said.stderr, @r#"
    error: the models of env.py can only be compared with the database that it opens
     |
     = help: 'limbeck diff database model' does that
    "#);
}
