"""Transactions, bulk writes, merging, mutable values, validators, events."""
import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, create_engine, event
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import (
    Session, declarative_base, make_transient, object_session, reconstructor, relationship, scoped_session, sessionmaker, validates,
)

Base = declarative_base()


class Doc(Base):
    __tablename__ = "docs"
    id = Column(Integer, primary_key=True)
    title = Column(String, nullable=False)
    body = Column(MutableDict.as_mutable(sa.JSON))
    tags = Column(MutableList.as_mutable(sa.JSON), default=list)
    version = Column(Integer, nullable=False)
    lines = relationship("Line", order_by="Line.position", collection_class=ordering_list("position"), cascade="all, delete-orphan")
    texts = association_proxy("lines", "text", creator=lambda text: Line(text=text))
    __mapper_args__ = {"version_id_col": version}
    seen = False

    @validates("title")
    def check_title(self, key, value):
        if value == "bad":
            raise ValueError("bad title")
        return value.strip()

    @reconstructor
    def loaded(self):
        self.seen = True


class Line(Base):
    __tablename__ = "lines"
    id = Column(Integer, primary_key=True)
    text = Column(String)
    position = Column(Integer)
    doc_id = Column(ForeignKey("docs.id"))


class Pair(Base):
    __tablename__ = "pairs"
    a = Column(Integer, primary_key=True, autoincrement=False)
    b = Column(String, primary_key=True)
    v = Column(String, default="dflt")
    w = Column("ww", Integer, onupdate=9)


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
log = []
event.listen(Doc, "before_insert", lambda mapper, connection, target: log.append("before " + target.title))
event.listen(Doc, "after_update", lambda mapper, connection, target: log.append("updated " + target.title))


@event.listens_for(Session, "before_flush")
def flushing(session, context, instances):
    log.append(f"flush {len(session.new)}")


@event.listens_for(Doc.title, "set")
def retitled(target, value, old, initiator):
    log.append(f"set {value}")


s = Session(engine)
doc = Doc(title=" one ", body={"a": 1})
s.add(doc)
try:
    doc.title = "bad"
except ValueError as error:
    print(error)
doc.texts.append("first")
doc.texts.extend(["second", "third"])
s.commit()
print(doc.title, doc.body, doc.tags, doc.version, [(l.text, l.position) for l in doc.lines], list(doc.texts), log)
doc.body["b"] = [1, {"c": None}]
doc.tags.append("x")
s.commit()
print(s.execute(sa.text("select body, tags, version from docs")).all())
doc.lines.insert(0, Line(text="zero"))
doc.lines.pop()
s.commit()
print([(l.text, l.position) for l in doc.lines], s.query(Line).count(), doc.version)
s.expunge_all()
doc = s.query(Doc).one()
print(doc.seen, doc.body, type(doc.body).__name__, s.query(Doc).filter(Doc.texts.contains("zero")).count() if hasattr(Doc.texts, "contains") else 1)
s.bulk_save_objects([Pair(a=1, b="x"), Pair(a=2, b="y", v="given"), Doc(title="bulk", version=1)])
s.bulk_insert_mappings(Pair, [{"a": 3, "b": "z", "v": "m", "w": 1}, {"a": 4, "b": "z"}])
s.bulk_update_mappings(Pair, [{"a": 1, "b": "x", "v": "changed"}, {"a": 3, "b": "z", "w": 77}])
s.commit()
print(s.query(Pair.a, Pair.b, Pair.v, Pair.w).order_by(Pair.a).all(), s.query(Doc).count())
pair = s.get(Pair, (2, "y"))
pair.b = "yy"
s.commit()
print(s.get(Pair, {"a": 2, "b": "yy"}) is pair, pair.w, s.get(Pair, (2, "y")))
merged = s.merge(Pair(a=1, b="x", v="merged"))
fresh = s.merge(Pair(a=9, b="n"))
s.commit()
print(merged.v, fresh.v, s.query(Pair).count(), merged in s)
s.delete(fresh)
s.flush()
s.add(Pair(a=9, b="n", v="again"))
s.commit()
print(s.query(Pair).filter_by(a=9).one().v)
old = s.get(Pair, (9, "n"))
s.delete(old)
s.add(Pair(a=9, b="n", v="switched"))
s.commit()
print(s.query(Pair.v).filter_by(a=9).scalar())
outer = s.begin_nested()
s.add(Pair(a=20, b="q"))
s.flush()
outer.rollback()
print(s.query(Pair).filter_by(a=20).count())
with s.begin_nested():
    s.add(Pair(a=21, b="q"))
s.rollback()
print(s.query(Pair).filter_by(a=21).count())
try:
    s.add(Pair(a=1, b="x"))
    s.commit()
except sa.exc.IntegrityError as error:
    s.rollback()
    print("refused", s.query(Pair).count())
p = Pair(a=30, b="t")
s.add(p)
s.rollback()
print(p in s, sa.inspect(p).transient)
s.add(p)
s.commit()
print(p.b)
make_transient(p)
p.a = 31
s.add(p)
s.commit()
print(s.query(Pair).filter(Pair.a.in_([30, 31])).count(), object_session(p) is s)
p.v = Pair.b + "!"
s.commit()
print(p.v)
with s.no_autoflush:
    s.add(Pair(a=40, b="u"))
    print(s.query(Pair).filter_by(a=40).count())
print(s.query(Pair).filter_by(a=40).count())
s.expire_all()
s.close()
scope = scoped_session(sessionmaker(bind=engine))
scope.add(Pair(a=50, b="s"))
scope.commit()
print(scope.query(Pair).filter_by(a=50).one().b, scope() is scope())
scope.remove()
with Session(engine) as s, s.begin():
    print(s.execute(sa.update(Pair).where(Pair.a == 50).values(v="core")).rowcount)
with Session(engine, expire_on_commit=False) as s:
    p = s.query(Pair).filter_by(a=50).one()
    s.commit()
s2 = Session(engine)
print(p.v, sa.inspect(p).detached)
print(s2.connection().execute(sa.select(sa.func.count()).select_from(Pair)).scalar(), s2.get_bind() is engine)
h = sa.inspect(p).attrs.v.history
print(h.added, h.unchanged, h.deleted)
s2.add(p)
p.v = "new"
print(sa.inspect(p).attrs.v.history, s2.is_modified(p), s2.dirty)if False else print(list(sa.inspect(p).attrs.v.history.added), s2.is_modified(p))
s2.flush()
try:
    s2.add(Doc(title=None, version=1)) if False else s2.execute(sa.text("insert into docs (title) values (null)"))
except sa.exc.IntegrityError as error:
    print("no title")
s2.close()
print(log[-3:])
