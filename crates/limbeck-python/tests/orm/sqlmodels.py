"""Models, fields and relationships of sqlmodel."""
import datetime, enum, uuid
from typing import List, Optional
import sqlmodel
from sqlmodel import Field, Relationship, Session, SQLModel, create_engine, select, col, Column, JSON, String
class K(enum.Enum):
    A="a"
class Base(SQLModel):
    name: str = Field(index=True, max_length=30)
    made: datetime.datetime = Field(default_factory=lambda: datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc))
class Team(Base, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    heroes: List["Hero"] = Relationship(back_populates="team")
class Hero(Base, table=True):
    __tablename__ = "heroes"
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    age: Optional[int] = None
    kind: K = K.A
    data: dict = Field(default_factory=dict, sa_column=Column(JSON))
    team_id: Optional[int] = Field(default=None, foreign_key="team.id", nullable=True, ondelete="CASCADE")
    team: Optional[Team] = Relationship(back_populates="heroes")
for t in (Team.__table__, Hero.__table__):
    for c in t.columns: print(t.name, c.name, type(c.type).__name__.replace("UTCDateTime", "DateTime"), c.nullable, c.primary_key, bool(c.index), [f.target_fullname for f in c.foreign_keys])
e = create_engine("sqlite://")
SQLModel.metadata.create_all(e)
with Session(e) as s:
    t = Team(name="t", heroes=[Hero(name="h", age=3)])
    s.add(t); s.commit()
    print(s.exec(select(Hero)).one().team.name, s.exec(select(Hero.name, Hero.age)).all(), s.exec(select(Hero).where(col(Hero.age) > 2)).first().data)
    print(Base(name="x").name, t.model_dump()["name"])
