import asyncio
import contextlib
from typing import Optional

import sqlalchemy
from alembic import context
from sqlalchemy.ext.asyncio import AsyncEngine

from orchestrator.database.configurations import SQLITE_BEGIN_MODE
from orchestrator.database.interface import get_dialect, provide_interface

interface = provide_interface()
config = context.config
target_metadata = interface.Base.metadata
dialect = get_dialect(interface.database_config.connection_url)


def include_object(
    object: sqlalchemy.schema.SchemaItem,
    name: str,
    type_: str,
    reflected: bool,
    compare_to: Optional[sqlalchemy.schema.SchemaItem],
) -> bool:
    return not (type_ == "index" and name.endswith(("asc", "desc")))


def dry_run_migrations() -> None:
    url = interface.database_config.connection_url
    context.script.version_locations = [interface.orm.versions_dir]

    context.configure(
        url=url,
        target_metadata=target_metadata,
        literal_binds=True,
        include_schemas=True,
        include_object=include_object,
        dialect_opts={"paramstyle": "named"},
        render_as_batch=dialect.name == "sqlite",
        transaction_per_migration=True,
        template_args={"dialect": dialect.name},
    )
    with context.begin_transaction():
        context.run_migrations()


def do_run_migrations(connection: AsyncEngine) -> None:
    context.configure(
        connection=connection,
        target_metadata=target_metadata,
        include_schemas=True,
        include_object=include_object,
        render_as_batch=dialect.name == "sqlite",
        transaction_per_migration=True,
        template_args={"dialect": dialect.name},
    )

    # SQLite's transactions are this file's own.
    token = SQLITE_BEGIN_MODE.set("IMMEDIATE")
    try:
        with disable_sqlite_foreign_keys(context):
            with context.begin_transaction():
                context.run_migrations()
    finally:
        SQLITE_BEGIN_MODE.reset(token)


@contextlib.contextmanager
def disable_sqlite_foreign_keys(context):
    if dialect.name == "sqlite":
        context.execute("COMMIT")
        context.execute("PRAGMA foreign_keys=OFF")
        context.execute("BEGIN IMMEDIATE")

    yield

    if dialect.name == "sqlite":
        context.execute("END")
        context.execute("PRAGMA foreign_keys=ON")
        context.execute("BEGIN IMMEDIATE")


async def apply_migrations() -> None:
    engine = await interface.engine()
    context.script.version_locations = [interface.orm.versions_dir]

    async with engine.connect() as connection:
        await connection.run_sync(do_run_migrations)


if context.is_offline_mode():
    dry_run_migrations()
else:
    asyncio.run(apply_migrations())
