"""Single and joined table inheritance, mixins, declared attributes, abstract bases."""
import uuid

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, create_engine
from sqlalchemy.ext.declarative import declared_attr
from sqlalchemy.orm import Session, aliased, declarative_base, relationship, synonym, column_property, deferred
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property

Base = declarative_base()


class WithId:
    id = Column(Integer, primary_key=True)


class Audit:
    created_on = Column(String, default="now")

    @declared_attr
    def created_by_fk(cls):
        return Column(Integer, ForeignKey("people.id"), nullable=True)

    @declared_attr
    def created_by(cls):
        return relationship("Person", primaryjoin=f"{cls.__name__}.created_by_fk == Person.id", foreign_keys=[cls.created_by_fk])


class Person(WithId, Base):
    __tablename__ = "people"
    name = Column(String)
    kind = Column(String(20))
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "person"}


class Engineer(Person):
    __tablename__ = "engineers"
    id = Column(Integer, ForeignKey("people.id"), primary_key=True)
    language = Column(String)
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Manager(Person):
    __tablename__ = "managers"
    id = Column(Integer, ForeignKey("people.id"), primary_key=True)
    level = Column(Integer, default=3)
    __mapper_args__ = {"polymorphic_identity": "manager"}


class Thing(Audit, WithId, Base):
    __tablename__ = "things"
    __table_args__ = (sa.UniqueConstraint("label"), {"sqlite_autoincrement": True})
    label = Column("thing_label", String, key="label")
    other = synonym("label")
    size = Column(Integer)
    big = deferred(Column(String, default="large"))
    kind = Column(String)
    double = column_property(size * 2)
    uuid = Column(String, default=lambda: str(uuid.UUID(int=5)))
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "thing"}

    @hybrid_property
    def half(self):
        return self.size / 2

    @half.setter
    def half(self, value):
        self.size = value * 2

    @hybrid_property
    def upper(self):
        return self.label.upper()

    @upper.expression
    def upper(cls):
        return sa.func.upper(cls.label)

    @hybrid_method
    def larger(self, than):
        return self.size > than


class SubThing(Thing):
    extra = Column(String)
    __mapper_args__ = {"polymorphic_identity": "sub"}


class SubSubThing(SubThing):
    __mapper_args__ = {"polymorphic_identity": "subsub"}


class Abstract(Base):
    __abstract__ = True
    id = Column(Integer, primary_key=True)

    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower() + "s"

    def hello(self):
        return "hello " + self.__tablename__


class Real(Abstract):
    value = Column(Integer)


print(Person.__table__.c.keys(), Engineer.__table__.c.keys(), sorted(Thing.__table__.c.keys()), Real.__table__.name)
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
session.add_all([Person(name="p"), Engineer(name="e", language="py"), Manager(name="m")])
session.commit()
print([(type(p).__name__, p.name, p.kind) for p in session.query(Person).order_by(Person.id)])
print([(e.name, e.language, e.id) for e in session.query(Engineer)])
print(session.query(Manager).filter(Manager.name == "m", Manager.level == 3).one().level)
print(session.query(Manager.name, Manager.level).all())
print(session.query(Person.name).filter(Person.kind == "engineer").all())
engineer = session.query(Person).filter_by(name="e").one()
print(type(engineer).__name__, engineer.language)
engineer.language = "rust"
engineer.name = "ee"
session.commit()
print(session.execute(sa.text("select p.name, e.language from people p join engineers e on e.id = p.id")).all())
other = aliased(Engineer)
print(session.query(other.name, other.language).filter(other.language == "rust").all())
session.delete(engineer)
session.commit()
print(session.query(Person).count(), session.execute(sa.text("select count(*) from engineers")).scalar())
boss = session.query(Manager).one()
thing = Thing(label="a", size=4, created_by=boss)
session.add_all([thing, SubThing(label="b", size=6, extra="x"), SubSubThing(label="c", size=8)])
session.commit()
print(thing.other, thing.half, thing.upper, thing.double, thing.created_by.name, thing.big, thing.created_on, thing.larger(3))
print(session.query(Thing.label).filter(Thing.half > 2).order_by(Thing.half).all())
print(session.query(Thing).filter(Thing.upper == "A").one() is thing)
print([t.label for t in session.query(Thing).filter(Thing.larger(5)).order_by(Thing.id)])
print(session.query(Thing.other, Thing.double).order_by(Thing.other).all())
thing.half = 10
thing.other = "z"
session.commit()
print(thing.size, thing.label, thing.double)
print([(type(t).__name__, t.label, t.kind) for t in session.query(Thing).order_by(Thing.id)])
print([(type(t).__name__, t.extra) for t in session.query(SubThing).order_by(Thing.id)])
print(session.query(SubSubThing).count(), session.query(SubThing).count(), session.query(SubThing.label).order_by(SubThing.label).all())
print(session.query(SubThing).filter(SubThing.extra == "x").delete(), session.query(Thing).count())
session.add(Real(value=1))
session.flush()
print(session.query(Real).one().hello(), Real.__mapper__.local_table.name)
print(Thing.__mapper__.polymorphic_identity, sorted(m.class_.__name__ for m in Thing.__mapper__.self_and_descendants))
print(session.query(Thing.upper).order_by(Thing.id).all()[0]._fields)
