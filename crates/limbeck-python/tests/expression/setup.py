"""The names that the snippets of cases.txt use. Runs under SQLAlchemy and under ours."""

import datetime
import decimal
import enum
import json
import uuid

import sqlalchemy as sa
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    Time,
    Uuid,
    all_,
    and_,
    any_,
    asc,
    between,
    bindparam,
    case,
    cast,
    collate,
    column,
    delete,
    desc,
    distinct,
    except_,
    exists,
    extract,
    false,
    func,
    insert,
    intersect,
    join,
    lateral,
    literal,
    literal_column,
    not_,
    null,
    nulls_first,
    nulls_last,
    or_,
    outerjoin,
    select,
    table,
    text,
    true,
    tuple_,
    type_coerce,
    union,
    union_all,
    update,
    values,
)
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.sql import operators, quoted_name

t = table("t", column("id", Integer), column("name", String), column("x", Integer), column("flag", Boolean))
u = table("u", column("id", Integer), column("t_id", Integer), column("note", Text), column("at", DateTime))
plain = table("plain", column("a"), column("b"))
mixed = table("Mixed Case", column("Some Col"), column("order"), column("pct%"))
other = table("t", column("id", Integer), column("y", Integer), schema="other")
doc = table("doc", column("id", Integer), column("data", JSON), column("amount", Numeric(10, 2)), column("f", Float))
pg = table(
    "pg",
    column("id", Integer),
    column("data", postgresql.JSONB),
    column("j", postgresql.JSON),
    column("tags", postgresql.ARRAY(String)),
    column("nums", postgresql.ARRAY(Integer)),
    column("h", postgresql.HSTORE),
    column("u", Uuid),
)
when = table("w", column("d", Date), column("ts", DateTime), column("tm", Time), column("iv", Interval), column("b", LargeBinary))

m = MetaData()
User = Table("users", m, Column("id", Integer, primary_key=True), Column("name", String(50)), Column("age", Integer, default=7))
Address = Table(
    "addresses",
    m,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("users.id")),
    Column("email", String(100), nullable=False),
    Column("kind", String(10), key="sort"),
)
Thing = Table(
    "things",
    m,
    Column("id", Integer, primary_key=True),
    Column("made", DateTime, server_default=func.now()),
    Column("touched", DateTime, onupdate=func.now()),
    Column("n", Integer, default=func.coalesce(1, 2)),
    schema="app",
)
Node = Table("node", m, Column("id", Integer, primary_key=True), Column("parent_id", Integer, ForeignKey("node.id")))


class Color(enum.Enum):
    red = 1
    blue = 2


paint = table("paint", column("color", Enum(Color)), column("word", Enum("a", "b", name="word")))
day = datetime.date(2024, 2, 29)
moment = datetime.datetime(2024, 2, 29, 12, 30, 15, 123456)
