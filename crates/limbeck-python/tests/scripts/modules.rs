//! Modules of the standard library that wait until they are used are the modules themselves, however they are imported.

use super::fixture::Fixture;

#[tokio::test]
async fn paths_and_surroundings_are_found_by_every_kind_of_import() {
    for import in [
        "import os",
        "import os.path",
        "import os.path as path, os",
        "from os.path import join; import os",
        "from os import path, environ; import os",
        "import posixpath, os",
    ] {
        let body = format!(
            r#"
{import}

def upgrade():
    import os.path as paths, posixpath, sys
    assert os.path is paths is posixpath is sys.modules["os.path"]
    assert os.path.join("a", "b") == "a/b"
    assert os.environ["PATH"] and os.sep == "/" and "environ" in dir(os)
    assert sys.modules["os"] is os and os.__name__ == "os"
"#
        );
        Fixture::new(&[&body]).upgrade().await.unwrap();
    }
}

#[tokio::test]
async fn exceptions_of_sqlalchemy_are_the_same_classes_everywhere() {
    let body = r#"
import sqlalchemy as sa
import sqlalchemy.exc
from sqlalchemy import exc
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from alembic import op

def upgrade():
    assert sa.exc is exc and exc.OperationalError is OperationalError
    try:
        op.execute("SELECT * FROM nowhere")
    except SQLAlchemyError as error:
        assert type(error) is OperationalError, type(error)
    else:
        raise AssertionError("there is no such table")
"#;
    Fixture::new(&[body]).upgrade().await.unwrap();
}
