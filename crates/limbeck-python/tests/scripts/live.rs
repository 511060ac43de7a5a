//! Operations of scripts on live databases, where what they do hangs on what is there. Without a server to test on, the tests
//! on it pass unseen.

use limbeck::config::DatabaseUrl;

use super::fixture::Fixture;

/// Upgrades and downgrades; what is asserted in the scripts holds.
async fn passes(url: &str, bodies: &[&str]) {
    let url = DatabaseUrl::parse(url).unwrap();
    let fixture = Fixture::on(tempfile::tempdir().unwrap(), url, bodies);
    for moved in [fixture.upgrade().await, fixture.downgrade().await] {
        if let Err(error) = moved {
            panic!("{error}\n{}", error.traceback().unwrap_or_default());
        }
    }
}

async fn passes_on_sqlite(bodies: &[&str]) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("live.sqlite");
    passes(&format!("sqlite:///{}", file.display()), bodies).await;
}

/// What every database does.
const TABLES: &str = r#"
import datetime, decimal
from alembic import op
import sqlalchemy as sa

def tables():
    return set(sa.inspect(op.get_bind()).get_table_names())

def columns(table):
    return [column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)]

metadata = sa.MetaData()
parent = sa.Table("parent", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20)))
child = sa.Table(
    "child", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("parent_id", sa.ForeignKey("parent.id"), index=True),
)

def upgrade():
    bind = op.get_bind()
    parent.create(bind)
    # What is there is left alone.
    parent.create(bind, checkfirst=True)
    metadata.create_all(bind)
    metadata.create_all(bind)
    assert {"parent", "child"} <= tables(), tables()
    assert [index["column_names"] for index in sa.inspect(bind).get_indexes("child")] == [["parent_id"]]
    try:
        with bind.begin_nested():
            parent.create(bind, checkfirst=False)
    except sa.exc.DBAPIError:
        pass
    else:
        raise AssertionError("created twice")
    metadata.drop_all(bind)
    metadata.drop_all(bind)
    assert not {"parent", "child"} & tables(), tables()
    metadata.create_all(bind, tables=[parent])
    assert "child" not in tables()

    made = op.create_table(
        "sample",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("text", sa.String(50)),
        sa.Column("day", sa.Date),
        sa.Column("at", sa.DateTime),
        sa.Column("price", sa.Numeric(10, 2)),
        sa.Column("yes", sa.Boolean),
        sa.Column("data", sa.JSON),
        sa.Column("raw", sa.LargeBinary),
    )
    row = {
        "id": 1, "text": "it's 50% :x ?", "day": datetime.date(2024, 2, 29), "at": datetime.datetime(2024, 1, 2, 3, 4, 5),
        "price": decimal.Decimal("1.10"), "yes": True, "data": {"a": [1, None]}, "raw": b"\x00\xff",
    }
    op.bulk_insert(made, [row, {**row, "id": 2, "text": None, "yes": False}])
    op.bulk_insert(made, [])
    op.bulk_insert(made, [{"id": 3, "text": op.inline_literal("inline")}], multiinsert=False)
    found = bind.execute(sa.select(made).order_by(made.c.id)).mappings().all()
    assert dict(found[0]) == row, found[0]
    assert (found[1]["text"], found[1]["yes"]) == (None, False), found[1]
    assert (found[2]["text"], found[2]["price"]) == ("inline", None), found[2]

def downgrade():
    op.drop_table("sample")
    metadata.drop_all(op.get_bind())
    assert not {"parent", "child", "sample"} & tables(), tables()
"#;

/// Constraints without names, of a table that was made without them.
const UNNAMED: &str = r#"
from alembic import op
import sqlalchemy as sa

naming = {
    "uq": "uq_%(table_name)s_%(column_0_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

def inspector():
    return sa.inspect(op.get_bind())

def upgrade():
    op.create_table("owner", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table(
        "thing",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(10), nullable=False),
        sa.Column("owner_id", sa.Integer),
        sa.UniqueConstraint("code"),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"]),
    )
    op.execute("INSERT INTO owner (id) VALUES (1)")
    op.execute("INSERT INTO thing (id, code, owner_id) VALUES (1, 'a', 1)")
    assert [one["name"] for one in inspector().get_unique_constraints("thing")] == [None]
    with op.batch_alter_table("thing", naming_convention=naming) as batch:
        batch.drop_constraint("uq_thing_code", type_="unique")
        batch.drop_constraint("fk_thing_owner_id_owner", type_="foreignkey")
    assert inspector().get_unique_constraints("thing") == []
    assert inspector().get_foreign_keys("thing") == []
    assert op.get_bind().execute(sa.text("SELECT id, code, owner_id FROM thing")).all() == [(1, "a", 1)]
    with op.batch_alter_table("thing", naming_convention=naming) as batch:
        batch.create_unique_constraint("uq_thing_owner_id", ["owner_id"])
    assert [one["name"] for one in inspector().get_unique_constraints("thing")] == ["uq_thing_owner_id"]

def downgrade():
    op.drop_table("thing")
    op.drop_table("owner")
"#;

/// Where a column comes, in a table that is rebuilt.
const POSITIONS: &str = r#"
from alembic import op
import sqlalchemy as sa

def columns():
    return [column["name"] for column in sa.inspect(op.get_bind()).get_columns("t")]

def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.Integer), sa.Column("b", sa.Integer))
    op.execute("INSERT INTO t VALUES (1, 2, 3)")
    with op.batch_alter_table("t", recreate="always") as batch:
        batch.add_column(sa.Column("first", sa.Integer), insert_before="id")
        batch.add_column(sa.Column("middle", sa.Integer), insert_after="a")
    assert columns() == ["first", "id", "a", "middle", "b"], columns()
    assert op.get_bind().execute(sa.text("SELECT * FROM t")).one() == (None, 1, 2, None, 3)
    with op.batch_alter_table("t", recreate="always", partial_reordering=[("b", "a"), ("id", "first")]) as batch:
        pass
    found = columns()
    assert found.index("b") < found.index("a") and found.index("id") < found.index("first"), found
    assert op.get_bind().execute(sa.text("SELECT id, a, b FROM t")).one() == (1, 2, 3)

def downgrade():
    op.drop_table("t")
"#;

/// What Alembic's copy of a table makes of what a batch says about it: checked with Alembic 1.20.1.
const COPIES: &str = r#"
from alembic import op
import sqlalchemy as sa

def text(table):
    return op.get_bind().execute(sa.text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table}).scalar()

def lines(table):
    return [line.strip(" \t,") for line in text(table).splitlines()[1:-1]]

def upgrade():
    op.create_table("copied_parent", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table(
        "copied",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.Integer),
        sa.Column("weight", sa.Integer),
        sa.Column("old", sa.Integer),
        sa.Column("p_id", sa.Integer),
        sa.ForeignKeyConstraint(["p_id"], ["copied_parent.id"], name="fk_p", ondelete="cascade"),
        sa.PrimaryKeyConstraint("id", name="t_key"),
    )
    # The column that new ones would follow goes, so that they follow the first.
    with op.batch_alter_table("copied") as batch:
        batch.add_column(sa.Column("kind", sa.Boolean, server_default=sa.text("false"), nullable=False))
        batch.add_column(sa.Column("data", sa.Integer))
        batch.drop_column("id")
        batch.add_column(sa.Column("id", sa.Integer, nullable=False))
        batch.create_primary_key("key", ["id"])
        batch.drop_column("old")
        batch.drop_column("p_id")
        # It went with its column.
        batch.drop_constraint("fk_p", type_="foreignkey")
    found = lines("copied")
    assert found[:5] == [
        "at INTEGER",
        "kind BOOLEAN DEFAULT false NOT NULL",
        "data INTEGER",
        "id INTEGER NOT NULL",
        "weight INTEGER",
    ], found
    # A key over a column that is renamed is the one there is.
    with op.batch_alter_table("copied") as batch:
        batch.alter_column("id", new_column_name="number")
        batch.alter_column("data", type_=sa.Text, postgresql_using="data::text")
        batch.create_primary_key("other", ["number"])
    assert lines("copied")[-1] == "CONSTRAINT \"key\" PRIMARY KEY (number)", lines("copied")

def downgrade():
    op.drop_table("copied")
    op.drop_table("copied_parent")
"#;

/// A type that is something else on one database is what it was on the others.
const COMPILED: &str = r#"
from alembic import op
import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

@compiles(sa.REAL, "mysql")
def with_precision(element, compiler, **kw):
    return "FLOAT(32)"

def upgrade():
    op.create_table("compiled", sa.Column("id", sa.Integer, primary_key=True), sa.Column("x", sa.REAL))
    found = {one["name"]: one["type"] for one in sa.inspect(op.get_bind()).get_columns("compiled")}
    is_mysql = op.get_bind().dialect.name in ("mysql", "mariadb")
    assert str(found["x"]).upper().startswith("DOUBLE" if is_mysql else "REAL"), found["x"]

def downgrade():
    op.drop_table("compiled")
"#;

/// A type of PostgreSQL is made and dropped with its tables, or by itself.
const ENUMS: &str = r#"
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

def types():
    found = op.get_bind().execute(sa.text("SELECT typname FROM pg_type WHERE typtype = 'e' ORDER BY 1"))
    return list(found.scalars())

own = postgresql.ENUM("x", "y", name="own", create_type=False)

def upgrade():
    bind = op.get_bind()
    op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("c", sa.Enum("red", "green", name="colour")))
    assert types() == ["colour"], types()
    op.execute("INSERT INTO t VALUES (1, 'red')")
    own.create(bind, checkfirst=True)
    own.create(bind, checkfirst=True)
    assert types() == ["colour", "own"], types()
    op.add_column("t", sa.Column("o", own, server_default="x"))
    assert bind.execute(sa.text("SELECT o FROM t")).scalar() == "x"
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE own ADD VALUE 'z'")
    op.execute("UPDATE t SET o = 'z'")

def downgrade():
    bind = op.get_bind()
    op.drop_column("t", "o")
    op.drop_table("t")
    # The type is left, as Alembic leaves it.
    assert "own" in types(), types()
    own.drop(bind, checkfirst=True)
    own.drop(bind, checkfirst=True)
    sa.Enum(name="colour").drop(bind, checkfirst=True)
    assert types() == [], types()
"#;

/// The keywords of one server.
const MYSQL: &str = r#"
from alembic import op
import sqlalchemy as sa

def described():
    return {column["name"]: column for column in sa.inspect(op.get_bind()).get_columns("t")}

def upgrade():
    op.create_table(
        "t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("c", sa.Enum("red", "green")),
        mysql_engine="InnoDB", mysql_charset="utf8mb4",
    )
    assert list(described()["c"]["type"].enums) == ["red", "green"]
    op.alter_column("t", "c", existing_type=sa.Enum("red", "green"), type_=sa.Enum("red", "green", "blue"), nullable=False)
    assert list(described()["c"]["type"].enums) == ["red", "green", "blue"] and not described()["c"]["nullable"]
    op.execute("INSERT INTO t (id, c) VALUES (1, 'blue')")
    op.alter_column("t", "c", new_column_name="colour", existing_type=sa.Enum("red", "green", "blue"), existing_nullable=False)
    assert list(described()) == ["id", "colour"]

def downgrade():
    op.drop_table("t")
"#;

#[tokio::test]
async fn on_sqlite() {
    passes_on_sqlite(&[TABLES, UNNAMED, POSITIONS, COPIES, COMPILED]).await;
}

#[tokio::test]
async fn on_postgresql() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    passes(&database.url, &[TABLES, ENUMS, COMPILED]).await;
}

#[tokio::test]
async fn on_mariadb() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    passes(&database.url, &[TABLES, MYSQL, COMPILED]).await;
}
