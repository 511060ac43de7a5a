"""Runs statements on SQLite and prints what comes back.

    python execute.py record    under SQLAlchemy: writes executed.txt
    python execute.py           under ours: compares with it
"""

import difflib
import io
import os
import sys
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))


def script(say):
    import datetime
    import decimal
    import enum
    import uuid

    import sqlalchemy as sa
    from sqlalchemy import bindparam, case, cast, delete, exists, func, insert, literal, select
    from sqlalchemy import text, update

    class Color(enum.Enum):
        red = 1
        blue = 2

    def show(name, action):
        try:
            say(name, repr(action()))
        except Exception as problem:
            say(name, type(problem).__name__, str(problem).split("\n[SQL")[0].split("\n(Back")[0])

    engine = sa.create_engine("sqlite://")
    meta = sa.MetaData()
    person = sa.Table(
        "person",
        meta,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(20)),
        sa.Column("born", sa.Date),
        sa.Column("seen", sa.DateTime),
        sa.Column("rate", sa.Numeric(10, 2)),
        sa.Column("flag", sa.Boolean),
        sa.Column("data", sa.JSON),
        sa.Column("key", sa.Uuid),
        sa.Column("blob", sa.LargeBinary),
        sa.Column("color", sa.Enum(Color)),
        sa.Column("span", sa.Interval),
        sa.Column("level", sa.Integer, default=3),
        sa.Column("made", sa.String, default=lambda: "made"),
    )
    bare = sa.table("person", sa.column("id", sa.Integer), sa.column("name"), sa.column("seen"))
    with engine.connect() as conn:
        conn.execute(
            text(
                "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT UNIQUE, born DATE, seen DATETIME, "
                "rate NUMERIC, flag BOOLEAN, data JSON, key CHAR(32), blob BLOB, color TEXT, "
                "span DATETIME, level INTEGER, made TEXT)"
            )
        )
        row = dict(
            name="ann",
            born=datetime.date(2000, 1, 2),
            seen=datetime.datetime(2024, 5, 6, 7, 8, 9, 10),
            rate=decimal.Decimal("12.50"),
            flag=True,
            data={"a": [1, 2, {"b": None}]},
            key=uuid.UUID("12345678123456781234567812345678"),
            blob=b"\x00\xff",
            color=Color.blue,
            span=datetime.timedelta(hours=5, seconds=3),
        )
        result = conn.execute(insert(person), row)
        show("inserted key", lambda: result.inserted_primary_key)
        show("rowcount", lambda: (result.rowcount, result.returns_rows))
        show("as stored", lambda: conn.execute(text("SELECT * FROM person")).first())
        show("typed", lambda: conn.execute(select(person)).first())
        show("keys", lambda: list(conn.execute(select(person)).keys()))
        many = conn.execute(insert(person), [{"name": "bob", "level": 5}, {"name": "cyd", "level": None}])
        show("many", lambda: many.rowcount)
        show("names", lambda: conn.execute(select(person.c.name).order_by(person.c.id)).scalars().all())
        show("level", lambda: conn.execute(select(person.c.id, person.c.level, person.c.made)).all())
        show("where date", lambda: conn.scalar(select(func.count()).where(person.c.born == datetime.date(2000, 1, 2))))
        show("where json", lambda: conn.execute(select(person.c.data["a"][2]["b"])).first())
        show("json text", lambda: conn.execute(select(person.c.data[("a", 0)].as_integer())).first())
        show("where uuid", lambda: conn.scalar(select(person.c.name).where(person.c.key == row["key"])))
        show("where enum", lambda: conn.scalar(select(person.c.name).where(person.c.color == Color.blue)))
        show("in", lambda: conn.scalars(select(person.c.id).where(person.c.name.in_(["ann", "cyd"]))).all())
        show("empty in", lambda: conn.scalars(select(person.c.id).where(person.c.name.in_([]))).all())
        show("empty not in", lambda: conn.scalars(select(person.c.id).where(person.c.name.not_in([]))).all())
        ids = text("SELECT name FROM person WHERE id IN :ids ORDER BY id").bindparams(bindparam("ids", expanding=True))
        show("expanding", lambda: conn.execute(ids, {"ids": [1, 3]}).fetchall())
        show("expanding empty", lambda: conn.execute(ids, {"ids": []}).fetchall())
        done = conn.execute(update(person).where(person.c.id > 1).values(flag=False))
        show("updated", lambda: done.rowcount)
        show("flags", lambda: conn.execute(select(person.c.flag).order_by(person.c.id)).all())
        by_id = update(person).where(person.c.id == bindparam("b_id")).values(name=bindparam("b_name"))
        done = conn.execute(by_id, [{"b_id": 2, "b_name": "B"}, {"b_id": 3, "b_name": "C"}])
        show("updated many", lambda: done.rowcount)
        show("after", lambda: conn.execute(select(bare.c.id, bare.c.name)).all())
        show("untyped", lambda: conn.execute(select(bare)).first())
        show("mappings", lambda: conn.execute(select(bare.c.id, bare.c.name)).mappings().all())
        show("mapping", lambda: dict(conn.execute(select(bare.c.id)).mappings().first()))
        first = conn.execute(select(person.c.id, person.c.name.label("n"), func.count().over())).first()
        show("row", lambda: (first.id, first.n, first[2], first[-1], first[0:2], len(first)))
        show("row fields", lambda: first._fields)
        show("row dict", lambda: first._asdict())
        show("row column", lambda: first._mapping[person.c.name])
        show("row label", lambda: first._mapping["n"])
        show("row tuple", lambda: (tuple(first), first == (1, "ann", 3), list(first)))
        show("row unknown", lambda: first.nope)
        ident, name, total = first
        show("unpacked", lambda: (ident, name, total))
        twice = conn.execute(select(person.c.id, bare.alias("q").c.id).where(text("q.id = person.id"))).first()
        show("same names", lambda: (twice._fields, twice))
        show("dict of rows", lambda: dict(conn.execute(select(person.c.id, person.c.name)).fetchall()))
        show("loop", lambda: [(a, b) for a, b in conn.execute(select(person.c.id, person.c.name))])
        show("fetchmany", lambda: (lambda r: (r.fetchmany(2), r.fetchmany(2), r.fetchmany(2)))(conn.execute(select(person.c.id))))
        show("partitions", lambda: [p for p in conn.execute(select(person.c.id)).partitions(2)])
        show("fetchone", lambda: (lambda r: (r.fetchone(), r.fetchone(), r.fetchone(), r.fetchone()))(conn.execute(select(person.c.id))))
        show("unique", lambda: conn.execute(select(person.c.flag)).unique().all())
        show("columns", lambda: conn.execute(select(person.c.id, person.c.name)).columns("name", "id").all())
        show("frozen", lambda: (lambda f: (f().all(), f().scalars().all()))(conn.execute(select(person.c.id)).freeze()))
        show("one", lambda: conn.execute(select(person.c.id).where(person.c.id == 1)).one())
        show("one of many", lambda: conn.execute(select(person.c.id)).one())
        show("one of none", lambda: conn.execute(select(person.c.id).where(person.c.id == 9)).one())
        show("none", lambda: conn.execute(select(person.c.id).where(person.c.id == 9)).one_or_none())
        show("scalar_one", lambda: conn.execute(select(func.count())).scalar_one())
        show("scalar of none", lambda: conn.execute(select(person.c.id).where(person.c.id == 9)).scalar())
        show("scalars second", lambda: conn.execute(select(person.c.id, person.c.name)).scalars(1).all())
        show("exists", lambda: conn.scalar(select(exists().where(person.c.id == 1))))
        show("literal", lambda: conn.execute(select(literal(1), literal("x"), literal(None), literal(True))).first())
        show("date function", lambda: conn.scalar(select(func.max(person.c.seen))))
        show("cast", lambda: conn.scalar(select(cast(person.c.rate, sa.String)).where(person.c.id == 1)))
        show("sum", lambda: conn.scalar(select(func.sum(person.c.rate))))
        show("case", lambda: conn.execute(select(case((person.c.id == 1, "a"), else_="b"))).scalars().all())
        show("returning", lambda: conn.execute(insert(person).values(name="dot").returning(person.c.id, person.c.level)).first())
        show("update returning", lambda: conn.execute(update(person).where(person.c.id == 1).values(level=9).returning(person.c.level)).scalar())
        show("default values", lambda: conn.execute(insert(bare).values(seen=datetime.datetime(2020, 1, 1))).rowcount)
        show("deleted", lambda: conn.execute(delete(person).where(person.c.id >= 4)).rowcount)
        typed = text("SELECT id, seen, data FROM person WHERE id = 1").columns(id=sa.Integer, seen=sa.DateTime, data=sa.JSON)
        show("text columns", lambda: conn.execute(typed).first())
        positional = text("SELECT seen, id FROM person WHERE id = 1").columns(sa.column("a", sa.DateTime), sa.column("b"))
        show("text positions", lambda: conn.execute(positional).first()._asdict())
        show("subquery", lambda: conn.execute(select(select(person.c.seen).subquery("s"))).scalars().all())
        show("union", lambda: conn.execute(select(person.c.seen).union_all(select(person.c.seen))).all())
        show("driver", lambda: conn.exec_driver_sql("SELECT ? + 1, ?", (1, "x")).first())
        show("driver named", lambda: conn.exec_driver_sql("SELECT :a", {"a": 5}).scalar())
        show("driver many", lambda: conn.exec_driver_sql("INSERT INTO person (name) VALUES (?)", [("x1",), ("x2",)]).rowcount)
        show("unique violation", lambda: conn.execute(insert(person).values(name="x1")))
        show("no table", lambda: conn.execute(text("SELECT * FROM nowhere")))
        show("bad value", lambda: conn.execute(insert(person).values(color="green")).rowcount)
        show("bad json", lambda: conn.execute(insert(person).values(data=object)))
        show("missing", lambda: conn.execute(text("SELECT :a")))
        show("plain string", lambda: conn.execute("SELECT 1"))
        show("unconsumed", lambda: conn.execute(insert(person), {"nope": 1}).rowcount)
        conn.commit()
        try:
            with conn.begin_nested():
                conn.execute(delete(person))
                raise KeyError("stop")
        except KeyError:
            pass
        show("after savepoint", lambda: conn.scalar(select(func.count()).select_from(person)))
        inner = conn.begin_nested()
        conn.execute(delete(person))
        inner.rollback()
        show("rolled back", lambda: conn.scalar(select(func.count()).select_from(person)))
        conn.execute(delete(person))
        conn.rollback()
        show("all back", lambda: conn.scalar(select(func.count()).select_from(person)))
        show("states", lambda: (conn.in_transaction(), conn.in_nested_transaction(), conn.closed))
        show("dialect", lambda: (conn.dialect.name, conn.engine.name, conn.engine.url.get_backend_name()))
        conn.commit()
        with conn.begin():
            conn.execute(update(person).values(level=1))
        show("committed", lambda: conn.scalar(select(func.sum(person.c.level)).where(person.c.id < 4)))
    show("closed", lambda: conn.execute(select(1)))
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE other (a INTEGER)"))
    with engine.connect() as conn:
        show("kept", lambda: conn.execute(text("SELECT count(*) FROM other")).scalar())
        upsert = sa.dialects.sqlite.insert(person).values(id=1, name="new")
        upsert = upsert.on_conflict_do_update(index_elements=["id"], set_={"name": upsert.excluded.name})
        show("upsert", lambda: conn.execute(upsert).rowcount)
        show("upserted", lambda: conn.scalar(select(person.c.name).where(person.c.id == 1)))

    class Shout(sa.types.TypeDecorator):
        impl = sa.String
        cache_ok = True

        def process_bind_param(self, value, dialect):
            return value and value.lower()

        def process_result_value(self, value, dialect):
            return value and value.upper() + "!"

    loud = sa.table("person", sa.column("id", sa.Integer), sa.column("name", Shout))
    with engine.connect() as conn:
        show("decorated", lambda: conn.scalars(select(loud.c.name).where(loud.c.name == "NEW")).all())
        show("decorated insert", lambda: conn.execute(insert(loud).values(name="LOW")).rowcount)
        show("stored", lambda: conn.execute(text("SELECT name FROM person WHERE name = 'low'")).all())


def run():
    out = io.StringIO()
    warnings.simplefilter("ignore")
    script(lambda *parts: print(*parts, sep=": ", file=out))
    return out.getvalue()


def main():
    path = os.path.join(HERE, "executed.txt")
    got = run()
    if sys.argv[1:] == ["record"]:
        with open(path, "w", encoding="utf-8") as out:
            out.write(got)
        return 0
    with open(path, encoding="utf-8") as lines:
        expected = lines.read()
    for line in difflib.unified_diff(expected.splitlines(), got.splitlines(), "expected", "got", lineterm="", n=0):
        print(line)
    print("%d lines" % len(expected.splitlines()))
    return got != expected


if __name__ == "__main__":
    sys.exit(main())
