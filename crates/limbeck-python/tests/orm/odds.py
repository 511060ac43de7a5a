"""Odds."""
import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, create_engine, select, func
from sqlalchemy.orm import (Session, declarative_base, relationship, aliased, column_property, foreign, remote, composite, object_session,
    declared_attr, with_parent, contains_eager, selectinload, joinedload, raiseload, noload, undefer, immediateload, configure_mappers, class_mapper, registry, DeclarativeBase, mapped_column, Mapped, backref, synonym)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ClauseElement
Base = declarative_base()
class Country(Base):
    __tablename__ = "country"
    id = Column(Integer, primary_key=True)
    code = Column(String, unique=True)
    name = Column(String)
class City(Base):
    __tablename__ = "city"
    id = Column(Integer, primary_key=True)
    code = Column(String)
    name = Column(String)
    pop = Column(Integer, default=0)
    capital = Column(sa.Boolean, default=False)
    country = relationship("Country", primaryjoin="foreign(City.code) == Country.code", backref="cities", uselist=False)
Country.capital = relationship(City, primaryjoin=lambda: sa.and_(Country.code == foreign(City.code), City.capital == True), uselist=False, viewonly=True)
Country.population = column_property(select(func.sum(City.pop)).where(City.code == Country.code).correlate_except(City).scalar_subquery())
class Follow(Base):
    __tablename__ = "follow"
    a = Column(ForeignKey("person.id"), primary_key=True)
    b = Column(ForeignKey("person.id"), primary_key=True)
class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    follows = relationship("Person", secondary="follow", primaryjoin="Person.id == Follow.a", secondaryjoin="Person.id == Follow.b", backref="followers", order_by="Person.id")
class Point:
    def __init__(self, x, y): self.x, self.y = x, y
    def __composite_values__(self): return self.x, self.y
    def __eq__(self, o): return isinstance(o, Point) and (o.x, o.y) == (self.x, self.y)
    def __repr__(self): return f"P({self.x},{self.y})"
class Vertex(Base):
    __tablename__ = "vertex"
    id = Column(Integer, primary_key=True)
    x1 = Column(Integer); y1 = Column(Integer)
    start = composite(Point, x1, y1)
configure_mappers()
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
s = Session(engine)
fr = Country(code="fr", name="France"); de = Country(code="de", name="Germany")
s.add_all([fr, de]); s.flush()
s.add_all([City(country=fr, name="Paris", pop=5, capital=True), City(code="fr", name="Lyon", pop=2), City(code="de", name="Berlin", pop=4, capital=True)])
s.commit()
print(fr.capital.name, fr.population, de.population, sorted(c.name for c in fr.cities), s.query(City).filter_by(name="Paris").one().code)
print(s.query(Country.name, Country.population).order_by(Country.population).all())
print(s.query(Country.name).join(Country.capital).filter(City.name == "Berlin").all(), s.scalars(select(City.name).join(City.country).where(Country.name == "France").order_by(City.name)).all())
a, b, c = Person(name="a"), Person(name="b"), Person(name="c")
a.follows = [b, c]; c.follows.append(a); b.followers.append(c)
s.add_all([a, b, c]); s.commit()
print([p.name for p in a.follows], [p.name for p in a.followers], sorted(p.name for p in b.followers), s.query(Follow).count() if False else s.execute(sa.text("select a,b from follow order by a,b")).all())
f = aliased(Person)
print(s.query(Person.name, f.name).join(f, Person.follows).order_by(Person.id, f.id).all(), s.query(Person.name).filter(Person.follows.any(Person.name == "a")).all())
print(s.query(Person).filter(with_parent(a, Person.follows)).count())
v = Vertex(start=Point(3, 4)); s.add(v); s.commit()
print(v.start, v.x1, s.query(Vertex).filter(Vertex.start == Point(3, 4)).count())
v.start = Point(5, 6); s.commit()
print(s.execute(sa.text("select x1,y1 from vertex")).all())
s.expunge_all()
p = s.query(Person).options(raiseload(Person.follows)).first()
try: p.follows
except Exception as e: print(type(e).__name__, e)
s.expunge_all()
p = s.query(Person).options(selectinload(Person.follows)).order_by(Person.id).first()
s.close()
print([x.name for x in p.follows])
try: p.followers
except Exception as e: print(type(e).__name__, str(e)[:15])
s = Session(engine)
print(s.execute(select(Person).options(joinedload(Person.follows)).order_by(Person.id)).unique().scalars().all()[0].follows[0].name)
print(s.execute(select(Person.name, func.count(f.id)).join(Person.follows.of_type(f)).group_by(Person.name).order_by(Person.name)).all())
print(s.execute(select(Person).filter_by(name="b")).scalar_one().name, s.execute(select(Country).join(Country.cities).filter_by(name="Lyon")).scalars().all()[0].name)
sub = select(City.code, func.max(City.pop).label("m")).group_by(City.code).subquery()
print(s.execute(select(City.name).join(sub, sa.and_(sub.c.code == City.code, sub.c.m == City.pop)).order_by(City.name)).all())
print(s.execute(select(sa.union_all(select(City.name), select(Country.name)).subquery().c.name).order_by("name")).scalars().all())
u = select(City).where(City.pop > 3).union_all(select(City).where(City.pop < 3)).subquery()
cu = aliased(City, u)
print(sorted(x.name for x in s.scalars(select(cu))))
print(s.scalars(select(City).from_statement(sa.text("select * from city where pop > 3 order by pop"))).all()[0].name)
print(s.execute(sa.insert(Country).values(code="it", name="Italy").returning(Country.id, Country.name)).all())
print(s.execute(sa.insert(Country).returning(Country), [{"code": "es", "name": "Spain"}]).scalars().all()[0].name)
print(s.execute(sa.update(Country).where(Country.code == "it").values({Country.name: "Italia"}).returning(Country)).scalars().one().name)
print(s.query(Country).filter(Country.cities == None).count(), s.query(Country).filter(~Country.cities.any()).count())
print(s.query(func.max(City.pop).over(partition_by=City.code), City.name).order_by(City.id).all())
print(s.scalar(select(sa.exists().where(City.name == "Paris"))), s.query(sa.exists(select(City.id).where(City.pop > 100))).scalar())
print(s.query(City).filter(City.country.has(Country.name == "France"), City.capital.is_(True)).one().name)
print(s.query(City.name, sa.cast(City.pop, sa.String)).filter((City.pop + 1) * 2 > 8, City.name.contains("r")).order_by(City.name).all())
print(class_mapper(City).columns.keys(), City.__table__.c.pop is City.pop.property.columns[0], City.country.property.mapper.class_.__name__, City.country.property.direction.name if hasattr(City.country.property.direction, "name") else City.country.property.direction)
print(sa.inspect(City).primary_key[0].name, sa.inspect(City).local_table.name, sa.inspect(f).mapper.class_.__name__, City.name.class_ is City, hasattr(City, "nope"))
