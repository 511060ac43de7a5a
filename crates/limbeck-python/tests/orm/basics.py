"""Classes, sessions, identity, change tracking."""
import datetime
import json

import sqlalchemy as sa
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Text, create_engine, event, inspect, select
from sqlalchemy.orm import Session, declarative_base, relationship, sessionmaker

Base = declarative_base()
calls = []


def counted():
    calls.append(1)
    return len(calls)


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)
    nick = Column("nickname", String(50), default="none")
    number = Column(Integer, default=counted)
    state = Column(String(10), server_default="fresh")
    data = Column(sa.JSON)
    made = Column(DateTime, default=lambda: datetime.datetime(2024, 1, 2, 3, 4, 5))
    touched = Column(Integer, default=0, onupdate=lambda: 7)

    def __repr__(self):
        return f"User({self.id!r}, {self.name!r}, {self.nick!r})"


class Address(Base):
    __tablename__ = "addresses"
    id = Column(Integer, primary_key=True)
    email = Column(String)
    user_id = Column(Integer, ForeignKey("users.id"))
    user = relationship("User", backref="addresses")


engine = create_engine("sqlite://")
with engine.connect() as connection:
    Base.metadata.create_all(connection)
    connection.commit()
    session = Session(bind=connection)
    print(User.__table__.name, list(User.__table__.c.keys()))
    try:
        User(foo=1)
    except TypeError as error:
        print(error)
    one = User(name="one")
    two = User(name="two", nick="second", data={"a": [1, 2]})
    session.add(one)
    session.add_all([two])
    print(one.id, one in session, len(session.new), len(session.dirty))
    session.flush()
    print(one.id, two.id, one.nick, one.number, one.state, one.made, two.data, one.touched)
    print(len(session.new))
    two.name = "zwei"
    print(len(session.dirty), session.is_modified(two), session.is_modified(one))
    session.commit()
    print(two.name, two.touched, two)
    print(session.query(User).all())
    print(session.query(User).filter(User.name == "zwei").one() is two)
    print(session.get(User, 1) is one, session.query(User).get(2) is two, session.get(User, 99))
    two.data["b"] = 3
    session.commit()
    print(two.data)
    from sqlalchemy.orm.attributes import flag_modified

    two.data["b"] = 3
    flag_modified(two, "data")
    session.commit()
    print(two.data)
    two.data = json.loads(json.dumps({"x": None}))
    session.commit()
    print(connection.execute(sa.text("select data, nickname from users order by id")).fetchall())
    connection.commit()
    address = Address(email="a@b", user=one)
    session.add(address)
    print(one.addresses == [address], address in session)
    session.flush()
    print(address.user_id)
    one.addresses.append(Address(email="c@d"))
    session.flush()
    print([a.email for a in session.query(Address).order_by(Address.id)])
    print([a.user.name for a in session.query(Address).order_by(Address.id)])
    print(sorted(a.email for a in one.addresses))
    session.commit()
    session.refresh(one)
    session.expire(one)
    print(one.name)
    session.expunge(one)
    print(one in session, inspect(one).detached)
    session.rollback()
    print([u.name for u in session.query(User).order_by(User.id.desc())])
    gone = session.query(User).filter_by(name="zwei").one()
    session.delete(gone)
    print(gone in session.deleted)
    session.flush()
    print(session.query(User).count())
    session.rollback()
    print(session.query(User).count())
    print(session.execute(select(User.name, User.nick).order_by(User.id)).all())
    print(session.scalars(select(User).order_by(User.id)).all())
    print(session.scalar(select(sa.func.count(User.id))))
    print(session.execute(select(User).where(User.name == "one")).scalar_one())
    row = session.execute(select(User, Address.email).join(Address, Address.user_id == User.id).order_by(Address.id)).first()
    print(row.User, row.email, row._fields)
    print(session.execute(sa.text("select count(*) from users")).scalar())
    state = inspect(one)
    print(state.persistent, state.transient, state.detached, state.identity)
    print([attr.key for attr in inspect(User).column_attrs], [r.key for r in inspect(User).relationships])
    print(User.name.key, str(User.name == "x"), User.__mapper__.primary_key[0].name)
    session.close()
    fresh = User(name="transient")
    print(inspect(fresh).transient, fresh.nick, fresh.addresses)

Maker = sessionmaker(bind=engine)
with Maker() as session:
    with session.begin():
        session.add(User(name="three"))
    print(session.query(User.name).filter(User.name == "three").all())
    try:
        with session.begin_nested():
            session.add(User(name="lost"))
            session.flush()
            raise ValueError("stop")
    except ValueError as error:
        print(error)
    print(session.query(User).filter(User.name == "lost").count())
with Maker.begin() as session:
    session.add(User(name="four"))
with Maker() as session:
    print([name for (name,) in session.query(User.name)])
    session.add(User(name=None))
    try:
        session.flush()
    except sa.exc.IntegrityError as error:
        print(type(error).__name__, str(error.orig))
        session.rollback()
    print(session.query(User).count())
