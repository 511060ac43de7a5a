"""Annotations that are values, not text."""
from typing import List, Optional

import sqlalchemy as sa
from sqlalchemy import ForeignKey, String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Parent(Base):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Optional[str]] = mapped_column(String(30))
    size: Mapped[int | None]
    children: Mapped[List["Child"]] = relationship(back_populates="parent")


class Child(Base):
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
    parent: Mapped["Parent"] = relationship(back_populates="children")


class Data(MappedAsDataclass, Base):
    __tablename__ = "data"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    value: Mapped[str] = mapped_column(default="v")


for table in (Parent.__table__, Child.__table__, Data.__table__):
    print(table.name, [(c.name, type(c.type).__name__, c.nullable) for c in table.columns])
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([Parent(name="p", children=[Child(), Child()]), Data(), Data(value="w")])
    session.commit()
    print(session.scalars(select(Child)).first().parent.name, len(session.get(Parent, 1).children))
    print(session.scalars(select(Data).order_by(Data.id)).all())
