"""Annotated declarative classes, in all their forms."""
from __future__ import annotations

import datetime
import decimal
import enum
import uuid
from typing import Annotated, List, Literal, Optional, Set

import sqlalchemy as sa
from sqlalchemy import ForeignKey, String, create_engine, select
from sqlalchemy.orm import (
    DeclarativeBase, Mapped, MappedAsDataclass, Session, as_declarative, declared_attr, mapped_column, registry, relationship,
)

str50 = Annotated[str, 50]
intpk = Annotated[int, mapped_column(primary_key=True)]
required = Annotated[str, mapped_column(String(30), nullable=False, index=True)]


class Color(enum.Enum):
    RED = "r"
    BLUE = "b"


class Base(DeclarativeBase):
    type_annotation_map = {str50: String(50), dict: sa.JSON}
    metadata = sa.MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s"})


class Stamped:
    created: Mapped[datetime.datetime] = mapped_column(default=lambda: datetime.datetime(2020, 1, 1))

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return cls.__name__.lower()

    @declared_attr
    def owner_id(cls) -> Mapped[Optional[int]]:
        return mapped_column(ForeignKey("owner.id"))


class Owner(Base):
    __tablename__ = "owner"
    id: Mapped[intpk]
    name: Mapped[str50]
    nick: Mapped[Optional[str]]
    code: Mapped[required]
    age: Mapped[int | None]
    color: Mapped[Color] = mapped_column(default=Color.RED)
    mode: Mapped[Literal["on", "off"]] = mapped_column(default="on")
    price: Mapped[decimal.Decimal] = mapped_column(sa.Numeric(10, 2), default=decimal.Decimal("1.50"))
    key: Mapped[uuid.UUID] = mapped_column(default=lambda: uuid.UUID(int=7))
    data: Mapped[Optional[dict]]
    active: Mapped[bool] = mapped_column(default=True)
    day: Mapped[Optional[datetime.date]]
    items: Mapped[List["Item"]] = relationship(back_populates="owner", cascade="all, delete-orphan")
    labels: Mapped[Set["Label"]] = relationship()


class Item(Stamped, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column("item_title", String(20))
    owner: Mapped[Optional["Owner"]] = relationship(back_populates="items")


class Label(Base):
    __tablename__ = "label"
    id: Mapped[intpk]
    text: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))


reg = registry()


@reg.mapped
class Plain:
    __tablename__ = "plain"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int]

    def __init__(self, x):
        self.x = x


class Imperative:
    pass


table = sa.Table("imperative", reg.metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("v", sa.String))
reg.map_imperatively(Imperative, table)


@as_declarative()
class OldBase:
    id = sa.Column(sa.Integer, primary_key=True)

    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower()


class Older(OldBase):
    v = sa.Column(sa.String(5))


class WithTable(Base):
    __table__ = sa.Table("with_table", Base.metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.Integer))


class DC(MappedAsDataclass, DeclarativeBase):
    pass


class Point(DC):
    __tablename__ = "point"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    x: Mapped[int]
    y: Mapped[int] = mapped_column(default=5)


def show(table):
    for c in table.columns:
        kind = repr(c.type).split("(")[0]
        length = getattr(c.type, "length", None)
        print(table.name, c.name, kind, length, c.nullable, c.primary_key, bool(c.index), [str(f.target_fullname) for f in c.foreign_keys])


for cls in (Owner, Item, Label, Plain, Older, WithTable, Point):
    show(cls.__table__)
print(sorted(i.name for i in Owner.__table__.indexes), Base.metadata is Owner.metadata, sorted(Base.metadata.tables))
engine = create_engine("sqlite://")
for metadata in (Base.metadata, reg.metadata, OldBase.metadata, DC.metadata):
    metadata.create_all(engine)
with Session(engine) as session:
    owner = Owner(name="n", code="c", items=[Item(title="t"), Item(title="u")], data={"k": [1]})
    owner.labels.add(Label(text="l"))
    session.add(owner)
    session.commit()
    print(owner.id, owner.color, owner.mode, owner.price, owner.key, owner.data, owner.active, owner.nick, type(owner.labels).__name__)
    print([(i.title, i.owner_id, i.created) for i in session.scalars(select(Item).order_by(Item.id))])
    print(session.execute(select(Owner.name, Item.title).join(Owner.items).where(Item.title == "u")).all())
    print(session.execute(select(Owner).join(Item).where(Item.title == "u")).scalars().one() is owner)
    print(session.scalars(select(Item).where(Item.owner == owner).order_by(Item.title.desc())).first().title)
    print(session.execute(select(Owner.color, Owner.key)).one())
    session.add_all([Plain(4), Older(v="o"), WithTable(n=2)])
    thing = Imperative()
    thing.v = "imp"
    session.add(thing)
    session.commit()
    print(session.scalars(select(Plain)).one().x, session.query(Older.v).scalar(), session.get(WithTable, 1).n, session.query(Imperative).one().v)
    point = Point(x=1)
    session.add(point)
    session.commit()
    print(point, point == Point(x=1))
    print(session.execute(sa.update(Plain).where(Plain.x == 4).values(x=9)).rowcount, session.scalars(select(Plain.x)).all())
    session.execute(sa.insert(Plain), [{"x": 1}, {"x": 2}])
    print(session.scalar(select(sa.func.count()).select_from(Plain)))
    print(session.execute(sa.delete(Plain).where(Plain.x < 3)).rowcount, session.query(Plain).count())
