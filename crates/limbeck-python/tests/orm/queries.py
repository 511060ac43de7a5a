"""The Query API."""
import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, and_, create_engine, func, or_
from sqlalchemy.orm import Bundle, Load, Session, aliased, contains_eager, declarative_base, defer, load_only, relationship, undefer, lazyload

Base = declarative_base()


class Dept(Base):
    __tablename__ = "dept"
    id = Column(Integer, primary_key=True)
    name = Column(String)


class Emp(Base):
    __tablename__ = "emp"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    pay = Column(Integer)
    dept_id = Column(Integer, ForeignKey("dept.id"))
    dept = relationship(Dept, backref="emps")

    def __repr__(self):
        return f"<{self.name}>"


plain = sa.Table("plain", Base.metadata, Column("a", Integer), Column("b", String))
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
s = Session(engine)
d1, d2, d3 = Dept(name="d1"), Dept(name="d2"), Dept(name="d3")
s.add_all([d1, d2, d3])
for i in range(10):
    s.add(Emp(name=f"e{i}", pay=i * 10, dept=[d1, d2][i % 2]))
s.add(Emp(name="lone", pay=None))
s.commit()
q = s.query(Emp).order_by(Emp.id)
print(q.count(), q.first(), q.limit(2).all(), q.offset(8).limit(5).all(), q[2:4], q[3], q.filter(Emp.pay > 70).all())
print(q.filter(Emp.pay > 30).filter(Emp.pay < 60, Emp.name != "e4").all())
print(q.filter(or_(Emp.name == "e1", and_(Emp.pay == 20, Emp.dept_id == 1))).all())
print(q.filter(Emp.name.in_(["e1", "e2"])).all(), q.filter(Emp.name.notin_(["lone"])).count(), q.filter(Emp.pay.is_(None)).all(), q.filter(Emp.pay.isnot(None)).count())
print(q.filter(Emp.name.like("e%")).count(), q.filter(Emp.name.ilike("LO%")).one(), q.filter(~Emp.name.startswith("e")).all())
print(s.query(Emp.dept_id, func.count(Emp.id), func.max(Emp.pay).label("top")).group_by(Emp.dept_id).order_by(Emp.dept_id).all())
row = s.query(Emp.dept_id.label("d"), func.sum(Emp.pay).label("total")).group_by(Emp.dept_id).having(func.count(Emp.id) > 1).order_by("total").first()
print(row.d, row.total, row._mapping["total"], tuple(row))
print(s.query(Emp, Dept).join(Dept).filter(Dept.name == "d1").order_by(Emp.id).first().Dept.name)
print(s.query(Emp, Dept.name).outerjoin(Dept, Emp.dept_id == Dept.id).order_by(Emp.id.desc()).first())
print(s.query(Dept.name, Emp.name).outerjoin(Dept.emps).filter(Emp.id == None).all())
print(s.query(Emp).join(Emp.dept).filter_by(name="d2").count(), s.query(Emp).filter_by(name="e1", pay=10).one())
print(s.query(Dept).join(Emp).all(), len(s.query(Dept).join(Emp).all()), s.query(Dept).join(Emp).count()) if False else print(len(s.query(Dept).join(Emp).all()), s.query(Dept).join(Emp).count())
print(s.query(func.count()).select_from(Emp).scalar(), s.query(func.count(Emp.id)).scalar(), s.query(Emp.id).filter(Emp.name == "none").scalar())
sub = s.query(Emp.dept_id, func.max(Emp.pay).label("top")).group_by(Emp.dept_id).subquery()
print(s.query(Emp).join(sub, and_(Emp.dept_id == sub.c.dept_id, Emp.pay == sub.c.top)).order_by(Emp.id).all())
print(s.query(Dept).filter(Dept.id.in_(s.query(Emp.dept_id).filter(Emp.pay > 80))).all()[0].name)
print(s.query(Dept.name).filter(s.query(Emp).filter(Emp.dept_id == Dept.id).exists()).order_by(Dept.id).all())
print(s.query(s.query(Emp).filter(Emp.name == "zz").exists()).scalar(), s.query(sa.exists().where(Emp.name == "e1")).scalar())
print(s.query(Dept.name, s.query(func.count(Emp.id)).filter(Emp.dept_id == Dept.id).correlate(Dept).scalar_subquery().label("n")).order_by(Dept.id).all())
print(s.query(Emp.name).distinct().count(), s.query(Emp.dept_id).distinct().order_by(Emp.dept_id).all())
print(s.query(Emp).filter(Emp.id < 3).union(s.query(Emp).filter(Emp.id == 9)).order_by(Emp.id).all())
print(s.query(Emp.name).filter(Emp.id < 3).union_all(s.query(Emp.name).filter(Emp.id < 2)).order_by(Emp.name).all())
print(s.query(Emp).filter(Emp.id < 5).except_(s.query(Emp).filter(Emp.id == 2)).count(), s.query(Emp).filter(Emp.id < 5).intersect(s.query(Emp).filter(Emp.id > 3)).all())
print([e.name for e in s.query(Emp).yield_per(3)][:4], [n for (n,) in s.query(Emp.name).order_by(Emp.id.desc())][:2])
print(s.query(Emp).with_entities(Emp.id, Emp.name).order_by(Emp.id).first(), s.query(Emp.id).add_columns(Emp.name).order_by(Emp.id).first())
e2 = aliased(Emp)
print(s.query(Emp.name, e2.name).filter(Emp.id == e2.id - 1).order_by(Emp.id).limit(2).all())
print(s.query(Bundle("b", Emp.id, Emp.name)).order_by(Emp.id).first().b.name)
s.expunge_all()
e = s.query(Emp).options(load_only(Emp.name)).order_by(Emp.id).first()
print(sorted(k for k in e.__dict__ if not k.startswith("_")), e.pay)
s.expunge_all()
e = s.query(Emp).options(defer(Emp.pay), lazyload(Emp.dept)).order_by(Emp.id).first()
print("pay" in e.__dict__, e.pay, e.dept.name)
s.expunge_all()
e = s.query(Emp).options(Load(Emp).load_only(Emp.id)).order_by(Emp.id).first()
print("name" in e.__dict__, e)
s.expunge_all()
ds = s.query(Dept).join(Dept.emps).filter(Emp.pay > 60).options(contains_eager(Dept.emps)).order_by(Dept.id, Emp.id).all()
print([(d.name, d.emps) for d in ds])
s.expunge_all()
print(s.query(Emp).filter(Emp.pay < 20).update({"pay": Emp.pay + 1}, synchronize_session=False), s.query(Emp.pay).order_by(Emp.id).limit(3).all())
e = s.query(Emp).filter_by(name="e5").one()
print(s.query(Emp).filter(Emp.name == "e5").update({Emp.pay: 555}), e.pay)
print(s.query(Emp).filter(Emp.name == "lone").delete(), s.query(Emp).count())
print(s.query(Emp).filter(Emp.name == "e5").delete(synchronize_session="fetch"), e in s)
s.rollback()
print(s.query(Emp).count())
s.execute(plain.insert(), [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}])
print(s.query(plain).order_by(plain.c.a).all(), s.query(plain).filter(plain.c.a == 1).all(), s.query(plain.c.b).filter(plain.c.a == 2).scalar())
print(s.query(plain).filter(plain.c.a == 1).delete(synchronize_session=False), s.query(plain).count())
print(s.query(plain).filter_by(b="y").one())
joined = sa.join(Emp, Dept, Emp.dept_id == Dept.id)
print(s.query(func.count()).select_from(joined).scalar(), s.query(Emp).select_from(joined).count())
print(sa.select(Emp.id, Dept.name).select_from(sa.join(Emp, Dept)).where(Emp.id == 1).compile().string)
for f in (lambda: s.query(Emp).filter(Emp.id < 3).one(), lambda: s.query(Emp).filter(Emp.id > 300).one(), lambda: s.query(Emp).filter(Emp.id < 3).one_or_none(), lambda: s.query(Emp.id).filter(Emp.id < 3).scalar(), lambda: s.query(Emp).foo, lambda: Emp.foo):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, str(error)[:70])
print(s.query(Emp).from_statement(sa.text("select * from emp where id = :x").bindparams(x=3)).all())
print(s.query(Emp).filter(sa.text("pay = :p")).params(p=20).all(), s.query(Emp).order_by(sa.desc("pay")).first(), s.query(Emp).order_by(sa.text("pay desc")).first())
print(s.query(Emp).with_for_update().filter(Emp.id == 1).one(), s.query(Emp).populate_existing().filter(Emp.id == 1).one())
print(s.query(sa.literal(1), sa.literal("x").label("y")).one().y, s.query(sa.case((Emp.pay > 50, "hi"), else_="lo").label("k"), func.count()).group_by("k").order_by("k").all())
print(s.query(Emp).with_parent(s.get(Dept, 1), Dept.emps).count() if hasattr(s.query(Emp), "with_parent") else 5)
print([d["name"] for d in s.query(Emp, Dept.name.label("dn")).column_descriptions])
cte = s.query(Emp.id.label("i")).filter(Emp.pay > 60).cte("rich")
print(s.query(Emp).join(cte, cte.c.i == Emp.id).order_by(Emp.id).all())
print(s.query(Emp).filter(Emp.dept == s.get(Dept, 2)).count(), s.query(Emp).group_by(Emp.dept_id).count())
print(s.query(Emp).filter(Emp.id.between(2, 4)).order_by(Emp.pay.desc().nulls_last(), Emp.name.asc()).all())
