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
async fn everything_can_be_taken_from_a_module_that_waits() {
    let bodies = [
        "from os import *\n\ndef upgrade():\n    assert getcwd()\n",
        "from os.path import *\n\ndef upgrade():\n    assert join('a', 'b') == 'a/b'\n",
        "from sqlalchemy.exc import *\n\ndef upgrade():\n    assert issubclass(IntegrityError, DBAPIError)\n",
    ];
    for body in bodies {
        Fixture::new(&[body]).upgrade().await.unwrap();
    }
}

#[tokio::test]
async fn names_of_the_expression_language_are_where_sqlalchemy_has_them() {
    let body = r#"
import pickle
import sqlalchemy as sa
from sqlalchemy import Exists, ScalarSelect, Select, Subquery, CTE, Label, BindParameter, Null
from sqlalchemy.sql import expression, selectable, elements
from sqlalchemy.sql.elements import (
    BindParameter, ColumnClause, ColumnElement, False_, Grouping, Label, Null, True_, conv, quoted_name)
from sqlalchemy.sql.expression import CompoundSelect, ForUpdateArg, SelectBase, TextualSelect
from sqlalchemy.sql.selectable import (
    Alias, ColumnClause, Executable, Exists, FromClause, GenerativeSelect, Join, Lateral, ScalarSelect, Select,
    TableClause, TableSample, TableValuedAlias, TextAsFrom, UnaryExpression, Values)

def upgrade():
    assert sa.Exists is selectable.Exists and sa.ScalarSelect is expression.ScalarSelect
    assert sa.Null is elements.Null and isinstance(sa.null(), Null)
    assert type(sa.select(sa.literal(1)).scalar_subquery()) is ScalarSelect
    assert b"sqlalchemy.sql.elements" in pickle.dumps(quoted_name("a", True))
    try:
        selectable.nothing
    except AttributeError as error:
        assert "selectable" in str(error)
"#;
    Fixture::new(&[body]).upgrade().await.unwrap();
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
