from functools import lru_cache
from typing import Any, TypeAlias

import sqlalchemy as db
from alembic.command import downgrade, stamp, upgrade
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles

create_engine = db.create_engine

SqlAlchemyRow: TypeAlias = Any
AlembicVersion: TypeAlias = tuple[str | None, str | tuple[str, ...] | None]


@lru_cache(maxsize=3)
def get_alembic_config(path: str) -> Config:
    return Config(path)


def check_alembic_revision(alembic_config: Config, conn: Connection) -> AlembicVersion:
    db_revision = MigrationContext.configure(conn).get_current_revision()
    head_revision = ScriptDirectory.from_config(alembic_config).as_revision_number("head")
    return (db_revision, head_revision)


def run_migrations_offline(context: EnvironmentContext, config: Config, target_metadata: db.MetaData) -> None:
    from sqlite3 import DatabaseError

    connectable = config.attributes.get("connection", None)

    if connectable is None:
        raise Exception("No connection set in alembic config. Read the README.")

    try:
        context.configure(
            url=connectable.url,
            target_metadata=target_metadata,
            literal_binds=True,
            dialect_opts={"paramstyle": "named"},
        )

        with context.begin_transaction():
            context.run_migrations()
    except DatabaseError as exc:
        if "table alembic_version already exists" not in str(exc):
            raise


def run_migrations_online(context: EnvironmentContext, config: Config, target_metadata: db.MetaData) -> None:
    from sqlite3 import DatabaseError

    connection = config.attributes.get("connection", None)

    if connection is None:
        raise Exception("No connection set in alembic config. Read the README.")

    try:
        context.configure(connection=connection, target_metadata=target_metadata)

        with context.begin_transaction():
            context.run_migrations()

    except DatabaseError as exc:
        # Another process may have been faster.
        if "table alembic_version already exists" not in str(exc):
            raise


class get_sql_current_timestamp(db.sql.expression.ColumnElement):
    inherit_cache = True


@compiles(get_sql_current_timestamp, "mysql")
def compiles_get_sql_current_timestamp_mysql(_element, _compiler, **_kw) -> str:
    return "CURRENT_TIMESTAMP(6)"


@compiles(get_sql_current_timestamp)
def compiles_get_sql_current_timestamp_default(_element, _compiler, **_kw) -> str:
    return "CURRENT_TIMESTAMP"
