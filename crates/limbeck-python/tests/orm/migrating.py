"""What scripts of real projects do with models: paging through rows, collapsing tables, copying by SELECT."""
import json
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint, and_, create_engine, inspect, or_, select
from sqlalchemy.ext.declarative import declarative_base, declared_attr
from sqlalchemy.orm import Load, RelationshipProperty, Session, aliased, backref, load_only, relationship
from sqlalchemy.sql import functions as func

Base = declarative_base()
user_table = sa.Table("ab_user", Base.metadata, sa.Column("id", sa.Integer(), primary_key=True))
owners = Table(
    "owners", Base.metadata, Column("id", Integer, primary_key=True), Column("user_id", ForeignKey("ab_user.id")),
    Column("table_id", Integer, ForeignKey("tables.id")),
)


class UUIDMixin:
    uuid = sa.Column(sa.String(36), primary_key=False, unique=True, default=lambda: str(UUID(int=1)) if False else str(uuid4()))


class Columns(UUIDMixin):
    @declared_attr
    def created_by_fk(cls):
        return sa.Column(sa.Integer, sa.ForeignKey("ab_user.id"), nullable=True)


class Database(Base):
    __tablename__ = "dbs"
    __table_args__ = (UniqueConstraint("database_name"),)
    id = Column(Integer, primary_key=True)
    database_name = Column(String(250), unique=True, nullable=False)
    extra = Column(Text)


class SqlaTable(Columns, Base):
    __tablename__ = "tables"
    id = Column(Integer, primary_key=True)
    table_name = Column(String(250), nullable=False)
    sql = Column(Text)
    database_id = Column(Integer, ForeignKey("dbs.id"), nullable=False)
    database = relationship("Database", backref=backref("tables", cascade="all, delete-orphan"), foreign_keys=[database_id])


class Observer(Base):
    __tablename__ = "observers"
    id = Column(Integer, primary_key=True)

    @declared_attr
    def table_id(self) -> int:
        return Column(Integer, ForeignKey("tables.id"), nullable=False)

    @declared_attr
    def table(self) -> RelationshipProperty:
        return relationship("SqlaTable", foreign_keys=[self.table_id], backref=backref("observer", cascade="all, delete-orphan"))


class NewTable(Columns, Base):
    __tablename__ = "sl_tables"
    id = Column(Integer, primary_key=True)
    sqlatable_id = Column(Integer, unique=True)
    name = Column(Text)


def paginated(query, batch_size=3):
    total = query.count()
    processed = 0
    session = inspect(query).session
    result = session.execute(query)
    while True:
        rows = result.fetchmany(batch_size)
        if not rows:
            break
        for row in rows:
            yield row[0]
        session.commit()
        processed += len(rows)
    print("processed", processed, "of", total)


is_physical = or_(SqlaTable.sql.is_(None), SqlaTable.sql == "")
engine = create_engine("sqlite://")
with engine.begin() as bind:
    Base.metadata.create_all(bind)
    bind.execute(user_table.insert(), [{"id": 1}, {"id": 2}])
    session = Session(bind=bind)
    db = Database(database_name="main", extra=json.dumps({"a": 1}))
    session.add(db)
    for i in range(7):
        SqlaTable(table_name=f"t{i}", sql=None if i % 2 else "select 1", database=db, created_by_fk=1 + i % 2)
    session.add_all(db.tables)
    session.commit()
    for table in paginated(session.query(SqlaTable).order_by(SqlaTable.id)):
        table.table_name = table.table_name.upper()
    print(session.query(SqlaTable.table_name).order_by(SqlaTable.id).all())
    print(len({u for (u,) in session.query(SqlaTable.uuid)}), session.query(SqlaTable).filter(is_physical).count())
    query = NewTable.__table__.insert().from_select(
        ["uuid", "sqlatable_id", "name"],
        select(SqlaTable.uuid, SqlaTable.id.label("sqlatable_id"), SqlaTable.table_name.label("name"))
        .select_from(sa.join(SqlaTable, Database, SqlaTable.database_id == Database.id)).where(is_physical),
    )
    bind.execute(query)
    print(session.query(NewTable.sqlatable_id, NewTable.name).order_by(NewTable.id).all())
    new = aliased(NewTable)
    print(session.query(SqlaTable.table_name, new.id).join(new, new.sqlatable_id == SqlaTable.id).order_by(new.id).all())
    print(session.query(func.count()).select_from(sa.join(SqlaTable, Database)).scalar())
    for row in session.query(SqlaTable.created_by_fk, SqlaTable.id).filter(SqlaTable.created_by_fk.isnot(None), SqlaTable.id < 4).all():
        bind.execute(owners.insert().values(user_id=row.created_by_fk, table_id=row.id))
    print(session.query(owners).filter(owners.c.user_id == 2).all())
    print(session.execute(select(owners.c.table_id).where(owners.c.user_id == 1).order_by(owners.c.id)).scalars().all())
    first = session.query(SqlaTable).options(load_only(SqlaTable.id, SqlaTable.uuid)).order_by(SqlaTable.id).first()
    first.uuid = str(UUID(int=9))
    session.commit()
    print(session.query(SqlaTable).get(1).uuid, session.query(SqlaTable).filter_by(uuid=str(UUID(int=9))).count())
    session.add(Observer(table=first))
    session.commit()
    print(first.observer[0].table_id, session.query(Observer).join(SqlaTable).filter(SqlaTable.id == 1).count())
    for table in session.query(SqlaTable).filter(SqlaTable.id.in_([1, 2])):
        session.delete(table)
    session.commit()
    print(session.query(Observer).count(), session.query(SqlaTable).count(), [t.id for t in db.tables])
    ids = session.query(SqlaTable.id).filter(SqlaTable.id > 5).subquery()
    print(session.execute(sa.delete(SqlaTable).where(SqlaTable.id.in_(select(ids.c.id)))).rowcount)
    seen = []
    for table in session.query(SqlaTable).order_by(SqlaTable.id).yield_per(2):
        table.sql = f"-- {table.id}"
        seen.append(table)
        if len(seen) == 2:
            session.bulk_save_objects(seen)
            session.commit()
            seen = []
    session.bulk_save_objects(seen)
    session.commit()
    session.close()
    print(bind.execute(sa.text("select id, sql from tables order by id")).all())
    with Session(bind) as other:
        other.execute(sa.update(Database).values(extra=None))
        other.add(Database(database_name="second"))
        other.flush()
    print(bind.execute(select(Database.id, Database.database_name, Database.extra).order_by(Database.id)).all())
