//! Imports from the application: loaded where they can be, else placeholders that fail when they are used.

use super::fixture::{Fixture, integer};

const MODELS: &str = r#"
import heavy.framework
from heavy.orm import Base, Column, registry

reg = registry()

class User(Base):
    __tablename__ = 'user'
    id = Column(heavy.framework.Integer(), primary_key=True)

@reg.mapped
class Team(Base[int]):
    name: heavy.framework.Mapped[str] = Column()

COLOURS = ['red', 'green']
"#;

#[tokio::test]
async fn modules_of_the_application_are_loaded() {
    let fixture = Fixture::new(&[r#"
import _limbeck
from app.constants import COLOURS, Kind
from app.models import COLOURS as same

def upgrade():
    _limbeck.execute(0, 'CREATE TABLE colour (name, kind)')
    for colour in COLOURS:
        _limbeck.execute(0, 'INSERT INTO colour VALUES (?, ?)', [colour, Kind.LIGHT.value])
    assert same == ['red', 'green']
"#])
    .file(
        "app/__init__.py",
        "from heavy import start\nstart().configure(a=1)\nX = 1 + start()\n",
    )
    .file(
        "app/constants.py",
        "import enum\nCOLOURS = ['blue', 'grey']\nclass Kind(enum.Enum):\n    LIGHT = 'light'\n",
    )
    .file("app/models.py", MODELS);
    fixture.upgrade().await.unwrap();
    assert_eq!(
        fixture
            .query("SELECT count(*) FROM colour WHERE kind = 'light'")
            .await,
        [vec![integer(2)]]
    );
}

#[tokio::test]
async fn what_is_not_used_is_not_missed() {
    let fixture = Fixture::new(&[r#"
import _limbeck
from app.models import User
from nowhere.at import all_of_it
from nowhere.at import *
import also.nowhere

def unused():
    return User.id, Unknown

def upgrade():
    _limbeck.execute(0, 'CREATE TABLE t (a)')
"#])
    .file("app/__init__.py", "")
    .file("app/models.py", MODELS);
    fixture.upgrade().await.unwrap();
}

#[tokio::test]
async fn what_is_used_is_named_before_anything_runs() {
    let scripts = [
        (
            "from nowhere.enums import Kind\ndef upgrade():\n    print(Kind.A)\n",
            "needs nowhere.enums.Kind",
        ),
        (
            "import nowhere.enums\ndef upgrade():\n    work()\ndef work():\n    return nowhere.enums.Kind\n",
            "needs nowhere.enums",
        ),
        (
            "def upgrade():\n    from nowhere.enums import Kind\n    Kind()\n",
            "needs nowhere.enums.Kind",
        ),
        (
            "from app.models import User\ndef upgrade():\n    User(name='x')\n",
            "needs",
        ),
        (
            "from nowhere.enums import *\ndef upgrade():\n    print(Kind.A)\n",
            "needs nowhere.enums.Kind",
        ),
        (
            "from nowhere.enums import *\nkind = Kind.A\ndef upgrade():\n    pass\n",
            "needs nowhere.enums.Kind",
        ),
        (
            "from sqlalchemy.orm import declarative_base\nfrom nowhere import AuditMixin\nBase = declarative_base()\n\
             class Model(Base, AuditMixin):\n    __tablename__ = 'model'\ndef upgrade():\n    print(Model)\n",
            "needs nowhere.AuditMixin",
        ),
        (
            "from app.helper import fill\ndef upgrade():\n    fill()\n",
            "needs heavy.Session",
        ),
    ];
    for (script, told) in scripts {
        let fixture = Fixture::new(&[
            "import _limbeck\ndef upgrade():\n    _limbeck.execute(0, 'CREATE TABLE t (a)')\n",
            script,
        ])
        .file("app/__init__.py", "")
        .file(
            "app/helper.py",
            "from heavy import Session\ndef fill():\n    Session().add(1)\n",
        )
        .file("app/models.py", MODELS);
        let error = fixture.refused().await;
        assert!(error.contains(told), "{script}: {error}");
        assert!(
            fixture
                .query("SELECT * FROM sqlite_master")
                .await
                .is_empty()
        );
    }
}

#[tokio::test]
async fn a_placeholder_that_only_running_finds_stops_the_run() {
    let fixture = Fixture::new(&[r#"
import _limbeck
import app.models

def upgrade():
    _limbeck.execute(0, 'CREATE TABLE t (a)')
    try:
        getattr(app.models, 'User').metadata.create_all()
    except Exception:
        pass
"#])
    .file("app/__init__.py", "")
    .file("app/models.py", MODELS);
    let error = fixture.refused().await;
    assert!(error.contains("needs"), "{error}");
    assert!(
        fixture
            .query("SELECT * FROM sqlite_master")
            .await
            .is_empty()
    );
}
