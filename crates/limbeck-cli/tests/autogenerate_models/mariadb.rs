//! What a model says of MySQL, on a MariaDB: it depends on what the URL calls the server, as with SQLAlchemy.

use super::{
    database::Database,
    project::{Project, Sample},
};

/// A text too long for a VARCHAR, but for the variant.
const MODELS: &str = "\
import sqlalchemy as sa
from sqlalchemy.dialects import mysql
metadata = sa.MetaData()
sa.Table('note', metadata,
    sa.Column('id', sa.Uuid(), primary_key=True),
    sa.Column('body', sa.String(1000).with_variant(mysql.MEDIUMTEXT(), 'mysql')),
    sa.Column('other', sa.String(1000).with_variant(mysql.MEDIUMTEXT(), 'mysql', 'mariadb')))
";

/// The types in the database that the revision made, once nothing differs any more.
fn types(scheme: &str) -> Option<Vec<Vec<String>>> {
    let pythons = [None, limbeck_testing::python_with_alembic()];
    let mut types = Vec::new();
    for python in pythons {
        let database = Database::mariadb()?;
        let sample = Sample {
            models: MODELS,
            ..Sample::default()
        };
        let project = Project::new(&sample, python.as_deref());
        let env = std::fs::read_to_string(project.path("alembic/env.py")).unwrap();
        let url = database.url();
        let (_, place) = url.split_once("://").unwrap();
        let place = place.split('?').next().unwrap();
        project.write(
            "alembic/env.py",
            &env.replace("sqlite:///app.db", &format!("{scheme}://{place}")),
        );
        let text = project.generate(&[]);
        assert!(text.contains("op.create_table('note'"), "{text}");
        let said = project.limbeck(&["upgrade", "head"]);
        assert_eq!(said.code, 0, "{said:?}");
        let said = project.limbeck(&["check"]);
        assert_eq!(said.code, 0, "{said:?}");
        types.push(database.texts(
            "SELECT CAST(column_type AS CHAR) FROM information_schema.columns \
             WHERE table_schema = database() AND table_name = 'note' ORDER BY ordinal_position",
        ));
    }
    Some(types)
}

#[test]
fn a_variant_for_mysql_counts_where_the_url_says_mysql() {
    for types in types("mysql+pymysql").unwrap_or_default() {
        assert_eq!(types, ["char(32)", "mediumtext", "mediumtext"]);
    }
}

#[test]
fn a_variant_for_mysql_does_not_count_where_the_url_says_mariadb() {
    for types in types("mariadb+pymysql").unwrap_or_default() {
        assert_eq!(types, ["char(32)", "varchar(1000)", "mediumtext"]);
    }
}
